import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Vote } from '@clearchart/ledger';
import { HonestVotes } from './honest-votes.ts';

const vote = (organization: string, source: number, target: number, branch = '') =>
  ({
    organization,
    source: { height: source, hash: `${source}` },
    target: { height: target, hash: `${target}${branch}` },
  }) as unknown as Vote;

function learnAll(...votes: readonly Vote[]): boolean[] {
  const honest = new HonestVotes();
  return votes.map((one) => honest.learn(one));
}

test('two votes of one member for one height, or one around another, are found, whichever came first', () => {
  assert.throws(() => learnAll(vote('1', 1, 3), vote('1', 2, 3, 'b')), /signed a double-vote at block 3/);
  assert.throws(() => learnAll(vote('1', 2, 3), vote('1', 1, 4)), /signed a surround-vote at block 4/);
  assert.throws(() => learnAll(vote('1', 1, 4), vote('1', 2, 3)), /signed a surround-vote at block 3/);
});

test('the same vote again, and votes of others, contradict nothing', () => {
  assert.deepEqual(learnAll(vote('1', 1, 3), vote('1', 1, 3), vote('2', 1, 3, 'b'), vote('1', 1, 4)), [
    true,
    false,
    true,
    true,
  ]);
});
