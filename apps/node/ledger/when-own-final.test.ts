import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Finality, reject, TransactionDropped, type TransactionId } from '@clearchart/ledger';
import { whenOwnFinal } from './when-own-final.ts';

const id = 'ab'.repeat(32) as TransactionId;

/** Time passes only as it is waited for. */
function moments() {
  let now = 0;
  return {
    clock: { now: () => now },
    timers: {
      after(delayMs: number, action: () => void) {
        now += delayMs;
        queueMicrotask(action);
        return () => {};
      },
    },
  };
}

test('a write is waited for also while the engine does not know its transaction yet', async () => {
  const answers: (Finality | undefined)[] = [undefined, undefined, 'final'];
  const asked: number[] = [];
  const engine = {
    whenFinal: async (_id: TransactionId, withinMs: number) => {
      asked.push(withinMs);
      return answers[asked.length - 1];
    },
  };
  await whenOwnFinal(engine, moments(), id, 1_000);
  assert.deepEqual(asked, [1_000, 980, 960]);
});

test('one that never comes to the engine is waited for no longer than asked', async () => {
  let asked = 0;
  const engine = { whenFinal: async () => ((asked += 1), undefined) };
  await whenOwnFinal(engine, moments(), id, 100);
  assert.equal(asked, 5);
});

test('one that the engine let go is waited for on: it is offered again, and others may hold it', async () => {
  const answers = [
    () => Promise.reject(new TransactionDropped(reject('person-unknown'))),
    async () => 'final' as const,
  ];
  let asked = 0;
  await whenOwnFinal({ whenFinal: () => answers[asked++]?.() ?? Promise.resolve(undefined) }, moments(), id, 1_000);
  assert.equal(asked, 2);
  const stopped = new Error('the engine is closed');
  const closed = { whenFinal: () => Promise.reject(stopped) };
  await assert.rejects(whenOwnFinal(closed, moments(), id, 1_000), stopped);
});
