import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeBlock } from '@clearchart/ledger';
import { nodeVerifier } from '@clearchart/node-crypto';
import { CatchUp } from './catch-up.ts';
import { MadeChain } from './made-chain.fixture.ts';
import { ASK_AGAIN_MS } from './peer-limits.ts';
import { encodeChainAnswer } from './peer-messages.ts';
import { PeerRecord } from './peer-record.ts';

/** Member 0 fetches from member 3, whose answers the test gives; undefined for none. */
function fetching(answer: () => Uint8Array | undefined) {
  const made = new MadeChain();
  const { blocks, state, consensus } = made.network.member(0);
  const clock = { now: () => made.now, after: () => () => undefined };
  let asked = 0;
  const ask = async () => {
    asked += 1;
    const bytes = answer();
    if (bytes === undefined) throw new Error('too many requests');
    return bytes;
  };
  const catchUp = new CatchUp({
    genesis: made.network.genesis,
    chain: made.chain,
    blocks,
    state,
    consensus,
    network: { peers: () => [], send: () => undefined, ask },
    record: new PeerRecord(clock),
    clock,
    verifier: nodeVerifier,
    takeBlocks: async (taken) => taken.map(() => 'added' as const),
    takeVotes: async () => undefined,
  });
  const { organization: peer } = made.network.member(3);
  return { made, catchUp, peer, askedNow: () => asked };
}

test('a peer that gives something and then asks for a pause is asked again soon, one that gives nothing ever later', async () => {
  let left = 1;
  const { made, catchUp, peer, askedNow } = fetching(() => {
    if (left <= 0) return undefined;
    left -= 1;
    const block = encodeBlock(made.block(made.genesisPlace, 3));
    return encodeChainAnswer({ blocks: [block], links: [], votes: [], tip: { height: 1, hash: 'ab'.repeat(32) } });
  });
  for (let round = 1; round <= 5; round += 1) {
    await catchUp.from(peer);
    assert.equal(askedNow(), 2 * round);
    made.now += ASK_AGAIN_MS;
    left = 1;
  }
  left = 0;
  await catchUp.from(peer);
  made.now += ASK_AGAIN_MS;
  await catchUp.from(peer);
  assert.equal(askedNow(), 11, 'twice as long after an answer that did not come');
});
