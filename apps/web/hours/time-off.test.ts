import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  EMPTY_TIME_OFF,
  type TimeOffForm,
  timeOffFault,
  timeOffOf,
  timeOffSpan,
  wallNow,
  withFirst,
} from './time-off.ts';

const NOW = '2026-11-27T10:00';
const DAYS: TimeOffForm = { ...EMPTY_TIME_OFF, first: '2026-11-28', last: '2026-11-30', reason: ' Course ' };
const PART: TimeOffForm = { ...EMPTY_TIME_OFF, kind: 'part', first: '2026-11-28', reason: 'Course' };

test('days and hours of a day become a time off by the hospital’s clock', () => {
  assert.equal(timeOffFault(DAYS, NOW), undefined);
  assert.equal(timeOffFault(PART, NOW), undefined);
  assert.deepEqual(timeOffOf(DAYS), { from: '2026-11-28', until: '2026-11-30', reason: 'Course' });
  assert.deepEqual(timeOffOf(PART), { from: '2026-11-28T09:00', until: '2026-11-28T13:00', reason: 'Course' });
});

test('what is missing, ends before it begins or is over is a fault of its field', () => {
  const faultOf = (form: TimeOffForm) => {
    const found = timeOffFault(form, NOW);
    return found === undefined ? undefined : `${found.field} ${found.fault}`;
  };
  assert.equal(faultOf(EMPTY_TIME_OFF), 'first missing');
  assert.equal(faultOf({ ...DAYS, last: '' }), 'last missing');
  assert.equal(faultOf({ ...DAYS, last: '2026-11-27' }), 'last backwards');
  assert.equal(faultOf({ ...DAYS, first: '2026-11-20', last: '2026-11-26' }), 'last over');
  assert.equal(faultOf({ ...DAYS, first: '2026-11-20', last: '2026-11-27' }), undefined, 'the last day is included');
  assert.equal(faultOf({ ...PART, from: '' }), 'from no-time');
  assert.equal(faultOf({ ...PART, until: '' }), 'until no-time');
  assert.equal(faultOf({ ...PART, until: '09:00' }), 'until backwards');
  assert.equal(faultOf({ ...PART, first: '2026-11-27', from: '08:00', until: '10:00' }), 'until over');
  assert.equal(faultOf({ ...PART, first: '2026-11-27', from: '08:00', until: '10:01' }), undefined);
  assert.equal(faultOf({ ...DAYS, reason: '  ' }), 'reason missing');
});

test('a first day after the last one takes it along; one before it leaves it', () => {
  assert.equal(withFirst(EMPTY_TIME_OFF, '2026-11-28').last, '2026-11-28');
  assert.equal(withFirst(DAYS, '2026-12-02').last, '2026-12-02');
  assert.equal(withFirst(DAYS, '2026-11-29').last, '2026-11-30');
});

test('a time off is told as one day, as part of one, from edge to edge, or with an open end', () => {
  const [day, next] = ['2026-11-28', '2026-11-29'];
  assert.deepEqual(timeOffSpan({ from: day, until: day }), { kind: 'day', day });
  assert.deepEqual(timeOffSpan({ from: `${day}T09:00`, until: `${day}T12:30` }), {
    kind: 'day',
    day,
    from: '09:00',
    until: '12:30',
  });
  assert.deepEqual(timeOffSpan({ from: day, until: next }), { kind: 'span', from: { day }, until: { day: next } });
  assert.deepEqual(timeOffSpan({ from: `${day}T18:00`, until: day }), {
    kind: 'span',
    from: { day, time: '18:00' },
    until: { day },
  });
  assert.deepEqual(timeOffSpan({ from: day }), { kind: 'open-end', from: { day } });
  assert.deepEqual(timeOffSpan({ until: day }), { kind: 'open-start', until: { day } });
  assert.deepEqual(timeOffSpan({}), { kind: 'always' });
});

test('the clock of a zone shows its own day and minute', () => {
  const moment = Date.parse('2026-11-27T18:45:30Z');
  assert.equal(wallNow(moment, 'Asia/Kolkata'), '2026-11-28T00:15');
  assert.equal(wallNow(moment, 'UTC'), '2026-11-27T18:45');
  assert.equal(wallNow(moment, 'America/New_York'), '2026-11-27T13:45');
});
