import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasFault, isWholeDay, minutesAWeek, nextSpan, sameWeek, spanFault, spansOf, weekForm } from './week.ts';

const MONDAY = { day: 'mon', from: '09:00', until: '13:00' } as const;
const MONDAY_LATER = { day: 'mon', from: '14:00', until: '17:00' } as const;
const SUNDAY = { day: 'sun', from: '00:00', until: '24:00' } as const;

test('what comes from the form is what went into it, by day and time, however it was typed', () => {
  const week = [MONDAY, MONDAY_LATER, SUNDAY];
  assert.deepEqual(spansOf(weekForm(week)), week);
  assert.deepEqual(spansOf(weekForm([SUNDAY, MONDAY_LATER, MONDAY])), week);
  assert.ok(sameWeek(spansOf(weekForm([MONDAY_LATER, MONDAY])), [MONDAY, MONDAY_LATER]));
  assert.ok(!sameWeek([MONDAY], [{ ...MONDAY, until: '13:20' }]));
  assert.ok(!sameWeek([MONDAY], [{ ...MONDAY, day: 'tue' }]));
});

test('a span without a time, one that ends before it begins and one over another are faults; one after another is none', () => {
  const morning = { from: '09:00', until: '13:00' };
  assert.equal(spanFault([{ from: '', until: '13:00' }], 0), 'missing');
  assert.equal(spanFault([{ from: '09:00', until: '' }], 0), 'missing');
  assert.equal(spanFault([{ from: '13:00', until: '09:00' }], 0), 'backwards');
  assert.equal(spanFault([{ from: '09:00', until: '09:00' }], 0), 'backwards');
  assert.equal(spanFault([morning, { from: '12:59', until: '14:00' }], 1), 'overlap');
  assert.equal(spanFault([morning, { from: '08:00', until: '18:00' }], 1), 'overlap');
  assert.equal(spanFault([morning, { from: '13:00', until: '14:00' }], 1), undefined);
  assert.ok(hasFault({ ...weekForm([]), wed: [{ from: '', until: '' }] }));
  assert.ok(!hasFault(weekForm([MONDAY, MONDAY_LATER, SUNDAY])));
});

test('what is put there is the morning, then the time after a break, and nothing where the day has no room', () => {
  const morning = nextSpan([]);
  const afternoon = nextSpan([morning]);
  assert.deepEqual(
    [morning, afternoon],
    [MONDAY, MONDAY_LATER].map(({ from, until }) => ({ from, until })),
  );
  assert.equal(spanFault([morning, afternoon], 1), undefined);
  assert.deepEqual(nextSpan([{ from: '20:00', until: '22:30' }]), { from: '23:30', until: '23:59' });
  for (const until of ['23:00', '23:59', '24:00', ''])
    assert.deepEqual(nextSpan([{ from: '00:00', until }]), { from: '', until: '' }, until);
});

test('the hours of a week are added up, a whole day with 24', () => {
  assert.equal(minutesAWeek([MONDAY, MONDAY_LATER, SUNDAY]), (4 + 3 + 24) * 60);
  assert.ok(isWholeDay(SUNDAY) && !isWholeDay(MONDAY));
});
