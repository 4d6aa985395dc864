import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MOST_WAITING, MOST_WAITING_BYTES, REPEAT_WITHIN_MS } from './limits.ts';
import { type Attempt, MessageQueue } from './message-queue.ts';
import type { SignedRequest } from './signed-request.ts';

/** A peer whose answers, like the time, come when the test says so. */
function staged() {
  let now = 0;
  const pauses: number[] = [];
  const timers: { at: number; act: () => void }[] = [];
  const attempts: { message: Uint8Array; request: SignedRequest; settle: (outcome: Attempt) => void }[] = [];
  const queue = new MessageQueue({
    clock: { now: () => now },
    timers: {
      after(delayMs, act) {
        const timer = { at: now + delayMs, act };
        pauses.push(delayMs);
        timers.push(timer);
        return () => void timers.splice(timers.indexOf(timer), 1);
      },
    },
    sign: () => ({ time: now, message: new Uint8Array(32), headers: {} }),
    attempt: (message, request) => new Promise((settle) => void attempts.push({ message, request, settle })),
  });
  return {
    queue,
    pauses,
    attempts,
    async answer(outcome: Attempt) {
      attempts.at(-1)?.settle(outcome);
      await new Promise((done) => setImmediate(done));
    },
    pass(milliseconds: number) {
      now += milliseconds;
      for (const timer of timers.filter(({ at }) => at <= now)) {
        timers.splice(timers.indexOf(timer), 1);
        timer.act();
      }
    },
  };
}

const message = (first: number, length = 1): Uint8Array => new Uint8Array(length).fill(first);

test('N10 one message is on its way at a time, and the next follows at once', async () => {
  const { queue, attempts, answer, pauses } = staged();
  for (const one of [1, 2, 3]) queue.add(message(one));
  assert.equal(attempts.length, 1);
  await answer('taken');
  await answer('refused');
  await answer('taken');
  assert.deepEqual(
    attempts.map((one) => one.message[0]),
    [1, 2, 3],
  );
  assert.deepEqual([pauses, queue.length], [[], 0]);
});

test('N10 pauses double from 100 ms to 5 s, and begin anew after a success', async () => {
  const { queue, pauses, answer, pass } = staged();
  queue.add(message(1));
  for (let failure = 0; failure < 8; failure += 1) {
    await answer('not-now');
    pass(5_000);
  }
  await answer('taken');
  queue.add(message(2));
  await answer('not-now');
  assert.deepEqual(pauses, [100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000, 100]);
});

test('N10 the oldest are dropped when too many wait, or too many bytes', async () => {
  const { queue, attempts, answer, pass } = staged();
  for (let count = 0; count < MOST_WAITING + 5; count += 1) queue.add(message(count % 256));
  assert.equal(queue.length, MOST_WAITING);
  await answer('not-now');
  assert.equal(queue.length, MOST_WAITING);
  pass(100);
  assert.equal(attempts.at(-1)?.message[0], 5, 'the one that failed was the oldest');
  const large = staged();
  for (const one of [1, 2, 3, 4, 5, 6]) large.queue.add(message(one, MOST_WAITING_BYTES / 4));
  assert.equal(large.queue.length, 4);
  await large.answer('taken');
  assert.equal(large.attempts.at(-1)?.message[0], 3);
});

test('N10 what may have been taken goes again as the same request, and is given up when that can no longer be', async () => {
  const { queue, attempts, answer, pass } = staged();
  queue.add(message(1));
  queue.add(message(2));
  await answer('unknown');
  pass(100);
  assert.equal(attempts[1]?.request, attempts[0]?.request);
  await answer('not-now');
  pass(200);
  assert.notEqual(attempts[2]?.request, attempts[0]?.request, 'it was not taken: a new request says so');
  await answer('unknown');
  pass(REPEAT_WITHIN_MS + 1);
  assert.equal(attempts.at(-1)?.message[0], 2);
});

test('N10 a queue that is closed sends nothing more', async () => {
  const { queue, attempts, answer, pass } = staged();
  queue.add(message(1));
  queue.add(message(2));
  queue.close();
  await answer('not-now');
  queue.add(message(3));
  pass(10_000);
  assert.deepEqual([attempts.length, queue.length], [1, 0]);
});
