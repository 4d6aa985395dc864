import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Draft } from './draft.ts';
import { enrolments, queueOn } from './draft-queue.fixture.ts';
import { PLACED_AT_ONCE } from './limits.ts';
import { MadeChain } from './made-chain.fixture.ts';
import type { Waiting } from './mempool.ts';

test('whatever waits, no more than so much is applied before the loop of events goes on', () => {
  const made = new MadeChain(2_000);
  const waiting = enrolments(made, 1, 5 * PLACED_AT_ONCE);
  const { drafts, rebuild, seen } = queueOn(made);
  rebuild(waiting);
  assert.ok(seen.checked <= PLACED_AT_ONCE, `${seen.checked} at the new head`);
  let answered = false;
  const [candidate] = enrolments(made, 1, 1);
  drafts.admit({ waiting: candidate as Waiting, checkRoom: () => undefined, answer: () => (answered = true) });
  for (let slices = 0; !answered; slices += 1) {
    assert.ok(slices <= 5, 'it comes to its turn');
    const before = seen.checked;
    drafts.place();
    assert.ok(seen.checked - before <= PLACED_AT_ONCE, `${seen.checked - before} at once`);
  }
  assert.equal(seen.checked, waiting.length + 1);
});

test('whoever has nothing waiting is answered in the first turn, however much of others waits and however often the head changes', () => {
  const made = new MadeChain(2_000);
  const flood = enrolments(made, 1, 5 * PLACED_AT_ONCE);
  const { drafts, rebuild } = queueOn(made);
  rebuild(flood);
  const [single, own] = [enrolments(made, 2, 1)[0] as Waiting, enrolments(made, 1, 1)[0] as Waiting];
  const answered: string[] = [];
  for (const waiting of [own, single])
    drafts.admit({ waiting, checkRoom: () => undefined, answer: () => answered.push(waiting.sender) });
  rebuild(flood);
  assert.deepEqual(answered, [single.sender]);
  while (drafts.isBehind) drafts.place();
  assert.deepEqual(answered, [single.sender, own.sender]);
});

test('what a new head brings back while it waits to be admitted is in one draft, and answered', () => {
  const made = new MadeChain();
  const flood = enrolments(made, 1, 220);
  const { drafts, rebuild, seen } = queueOn(made);
  rebuild(flood);
  const [twice] = enrolments(made, 1, 1);
  let answer: unknown;
  drafts.admit({ waiting: twice as Waiting, checkRoom: () => undefined, answer: (given) => (answer = given) });
  rebuild([...flood, { ...(twice as Waiting) }]);
  while (drafts.isBehind) drafts.place();
  assert.ok(answer instanceof Draft);
  assert.deepEqual(seen.dropped, []);
});
