import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calendarFile } from './calendar-file.ts';

const visit = {
  id: 'a1',
  start: '2026-11-30T05:00:00.000Z',
  end: '2026-11-30T05:20:00.000Z',
  title: 'Visit, City Hospital; ward 3',
  place: 'Ground floor, room 4',
  madeAt: '2026-11-26T08:00:00.000Z',
};

test('a calendar file has its times in UTC and its signs escaped', () => {
  const file = calendarFile([visit]);
  assert.match(file, /\r\nDTSTART:20261130T050000Z\r\nDTEND:20261130T052000Z\r\n/);
  assert.match(file, /SUMMARY:Visit\\, City Hospital\\; ward 3/);
  assert.ok(file.startsWith('BEGIN:VCALENDAR\r\n') && file.endsWith('END:VCALENDAR\r\n'));
});

test('long lines are folded at 75 octets and never within a letter', () => {
  const place = 'पहली मंज़िल, कमरा बारह, माँ और बच्चे का क्लिनिक, सिटी जनरल अस्पताल, पुणे';
  const file = calendarFile([{ ...visit, place }]);
  for (const line of file.split('\r\n')) assert.ok(new TextEncoder().encode(line).length <= 75, line);
  assert.ok(file.replaceAll('\r\n ', '').includes(`LOCATION:${place.replaceAll(',', '\\,')}`));
});

test('a calendar holds every visit, and says of a cancelled one that it is', () => {
  const file = calendarFile([visit, { ...visit, id: 'a2', cancelled: true }]);
  assert.equal(file.match(/BEGIN:VEVENT/g)?.length, 2);
  assert.match(file, /UID:a2@clearchart[^]*STATUS:CANCELLED\r\nEND:VEVENT/);
});
