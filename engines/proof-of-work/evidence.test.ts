import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MadeChain } from './made-chain.fixture.ts';

const unseen = (height: number, digit: string) => ({ height, hash: digit.repeat(64) });

/** Two blocks, the first final, with a vote of member 3 for each. */
async function withFinalBlock() {
  const made = new MadeChain();
  const first = await made.grow(made.genesisPlace);
  const second = await made.grow(first);
  made.link([0, 1, 2, 3], made.genesisPlace, first);
  made.link([0, 1, 2, 3], first, second);
  await made.chain.settle();
  return { made, first, second };
}

test('L75 a second vote for a height that is final is evidence, though it counts no more', async () => {
  const { made } = await withFinalBlock();
  const double = made.vote(3, { source: made.genesisPlace, target: unseen(1, 'a') });
  assert.equal(made.chain.addVote(double), 'too-old');
  assert.deepEqual(
    made.consensus.evidence().map(({ kind, second }) => [kind, second]),
    [['double-vote', double]],
  );
});

test('L75 a second vote for a block that was never seen here is evidence', async () => {
  const { made, first } = await withFinalBlock();
  const double = made.vote(3, { source: first, target: unseen(2, 'a') });
  assert.equal(made.chain.addVote(double), 'target-unknown');
  assert.equal(made.consensus.evidence()[0]?.second, double);
});

test('what its member did not sign is no evidence, and is doubted', async () => {
  const { made, first } = await withFinalBlock();
  const { signature } = made.vote(3, { source: first, target: unseen(3, 'b') });
  for (const [source, target] of [
    [made.genesisPlace, unseen(1, 'a')],
    [first, unseen(2, 'a')],
  ] as const)
    assert.equal(made.chain.addVote({ ...made.vote(3, { source, target }), signature }), 'doubtful');
  assert.deepEqual(made.consensus.evidence(), []);
});

test('however many votes one contradicts, and however often it comes, one piece of evidence is kept', async () => {
  const made = new MadeChain();
  let head = await made.grow(made.genesisPlace);
  const lowest = head;
  for (let height = 2; height <= 40; height += 1) {
    const next = await made.grow(head);
    made.link([3], head, next);
    head = next;
  }
  const around = await made.grow(head);
  made.link([3], lowest, around);
  assert.equal(made.consensus.evidence().length, 1);
  const more = made.vote(3, { source: lowest, target: unseen(42, 'a') });
  for (let count = 0; count < 5; count += 1) made.chain.addVote(more);
  assert.equal(made.consensus.evidence().length, 1, 'a second one of the same kind and height says nothing new');
});
