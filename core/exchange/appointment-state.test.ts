import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AppointmentAct, nextStatus } from './appointment-state.ts';

const START = 1_000_000_000_000;
const HOUR = 3_600_000;
const try_ = (act: AppointmentAct, status: string, after: number, by: 'patient' | 'desk' = 'desk') => {
  const answer = nextStatus(act, { status, start: START, now: START + after, by });
  return 'status' in answer ? answer.status : answer.refused;
};

test('S6 the desk checks in, marks who did not come, and takes either back', () => {
  assert.equal(try_('check-in', 'booked', -HOUR), 'arrived');
  assert.equal(try_('no-show', 'booked', HOUR), 'noshow');
  assert.equal(try_('take-back', 'arrived', 0), 'booked');
  assert.equal(try_('take-back', 'noshow', 0), 'booked');
});

test('S6 nobody is checked in days before, or missed before the time has come', () => {
  assert.equal(try_('check-in', 'booked', -13 * HOUR), 'too-early');
  assert.equal(try_('no-show', 'booked', -1), 'too-early');
});

test('S7 a patient cancels until the time has come and does nothing else; the desk cancels later too', () => {
  assert.equal(try_('cancel', 'booked', -1, 'patient'), 'cancelled');
  assert.equal(try_('cancel', 'booked', 0, 'patient'), 'too-late');
  assert.equal(try_('cancel', 'arrived', -HOUR, 'patient'), 'too-late');
  assert.equal(try_('cancel', 'arrived', HOUR), 'cancelled');
  for (const act of ['check-in', 'no-show', 'take-back'] as const) {
    assert.equal(try_(act, 'booked', 0, 'patient'), 'not-yours-to-do');
  }
});

test('S6 what is over stays as it is', () => {
  for (const status of ['fulfilled', 'cancelled', 'entered-in-error', 'proposed']) {
    for (const act of ['check-in', 'no-show', 'cancel', 'take-back'] as const) {
      assert.equal(try_(act, status, HOUR), 'state-does-not-allow', `${act} ${status}`);
    }
  }
});
