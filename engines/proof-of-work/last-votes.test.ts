import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MadeChain } from './made-chain.fixture.ts';

const placesOf = (made: { lastVotes: MadeChain['chain']['lastVotes'] }, organization: string) => {
  const vote = made.lastVotes.list().find((one) => one.organization === organization);
  return vote === undefined ? undefined : [vote.source.height, vote.target.height, vote.heardAt];
};

test('the newest vote of each member is told, with the time at which it came', async () => {
  const made = new MadeChain();
  const [, one, two, silent] = made.network.members.map(({ organization }) => organization);
  const first = await made.grow(made.genesisPlace);
  made.link([0, 1, 2], made.genesisPlace, first);
  const before = made.now;
  made.now += 60_000;
  const second = await made.grow(first);
  made.link([0, 1], first, second);
  assert.deepEqual(placesOf(made.chain, one as string), [1, 2, made.now]);
  assert.deepEqual(placesOf(made.chain, two as string), [0, 1, before]);
  assert.equal(placesOf(made.chain, silent as string), undefined);
});

test('after a start the votes in the kept links are told, without a time', async () => {
  const made = new MadeChain();
  const [, one, , silent] = made.network.members.map(({ organization }) => organization);
  const first = await made.grow(made.genesisPlace);
  made.link([0, 1, 2], made.genesisPlace, first);
  const second = await made.grow(first);
  made.link([0, 1, 2], first, second);
  await made.chain.settle();
  const again = made.restart({ height: 1, hash: first.hash, time: first.time });
  await again.restore();
  assert.deepEqual(placesOf(again, one as string), [1, 2, undefined]);
  assert.equal(placesOf(again, silent as string), undefined);
});
