import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chainIdOf, NOBODY_ASKED, reject, signHead, type Vote } from '@clearchart/ledger';
import { nodeVerifier } from '@clearchart/node-crypto';
import { Gossip } from './gossip.ts';
import { MadeChain } from './made-chain.fixture.ts';
import { BAN_POINTS, EARLY_LOOKS, EARLY_LOOKS_PER_SECOND } from './peer-limits.ts';
import { encodeMessage } from './peer-messages.ts';
import { PeerRecord } from './peer-record.ts';

/** Member 0 hears; `seen` counts signatures that were checked, and blocks that were looked at. */
function listening() {
  const made = new MadeChain();
  const { genesis } = made.network;
  const seen = { verified: 0, blocks: 0 };
  const clock = { now: () => made.now, after: () => () => undefined };
  const record = new PeerRecord(clock);
  const gossip = new Gossip({
    chainId: chainIdOf(genesis),
    organization: made.network.member(0).organization,
    chain: made.chain,
    network: { peers: () => [], send: () => undefined, ask: () => Promise.reject(new Error('nobody')) },
    record,
    clock,
    verifier: { verify: (...check) => ((seen.verified += 1), nodeVerifier.verify(...check)) },
    takeBlock: async () => ((seen.blocks += 1), reject('block-state-root-wrong')),
    takeVotes: async (votes) => votes.map((vote) => made.chain.addVote(vote)),
    takeTransaction: async () => undefined,
    signHead: () => undefined,
    onBehind: () => undefined,
  });
  const { organization: peer } = made.network.member(3);
  return { made, seen, record, gossip, peer };
}

const farAway = (made: MadeChain, member: number, count: number): Vote[] =>
  Array.from({ length: count }, (_, height) =>
    made.vote(member, {
      source: made.genesisPlace,
      target: { height: height + 1, hash: (height + 1).toString(16).padStart(64, '0') },
    }),
  );

test('a vote for a block that has not come is checked once, however often it is told', async () => {
  const { made, seen, gossip, peer, record } = listening();
  const [vote] = farAway(made, 3, 1);
  for (let count = 0; count < 3; count += 1)
    await gossip.receive(peer, encodeMessage({ votes: Array.from({ length: 500 }, () => vote as Vote) }));
  assert.equal(seen.verified, 1);
  assert.equal(record.isBanned(peer), false);
});

test('of votes for blocks that have not come as many are checked for one peer as its time allows, by whoever they are', async () => {
  const { made, seen, gossip, peer } = listening();
  const votes = [...farAway(made, 3, 2 * EARLY_LOOKS), ...farAway(made, 2, 2 * EARLY_LOOKS)];
  for (let part = 0; part < votes.length; part += 100)
    await gossip.receive(peer, encodeMessage({ votes: votes.slice(part, part + 100) }));
  assert.equal(seen.verified, EARLY_LOOKS);
  made.now += 2_000;
  await gossip.receive(peer, encodeMessage({ votes: farAway(made, 1, EARLY_LOOKS) }));
  assert.equal(seen.verified, EARLY_LOOKS + 2 * EARLY_LOOKS_PER_SECOND);
  await gossip.receive(made.network.member(2).organization, encodeMessage({ votes: farAway(made, 2, 1) }));
  assert.equal(seen.verified, EARLY_LOOKS + 2 * EARLY_LOOKS_PER_SECOND + 1, 'another peer has its own');
});

test('L75 a second vote is evidence also when the first was for a block that has not come', async () => {
  const { made, gossip, peer } = listening();
  const [early] = farAway(made, 3, 1);
  const block = await made.grow(made.genesisPlace, 1);
  await gossip.receive(peer, encodeMessage({ votes: [early as Vote] }));
  assert.deepEqual(made.consensus.evidence(), []);
  const counted = made.vote(3, { source: made.genesisPlace, target: block });
  await gossip.receive(peer, encodeMessage({ votes: [counted] }));
  const [evidence] = made.consensus.evidence();
  assert.deepEqual([evidence?.first, evidence?.second], [counted, early]);
});

test('what seems to contradict a vote and is signed by nobody costs its sender, each one', async () => {
  const { made, gossip, peer, record } = listening();
  const block = await made.grow(made.genesisPlace, 1);
  made.link([1], made.genesisPlace, block);
  const { signature } = made.vote(2, { source: made.genesisPlace, target: block });
  const forged = farAway(made, 1, BAN_POINTS).map((vote) => ({
    ...vote,
    target: { height: 1, hash: vote.target.hash },
    signature,
  }));
  await gossip.receive(peer, encodeMessage({ votes: forged }));
  assert.equal(record.isBanned(peer), true);
});

test('what is left of a burst when its sender is banned is not worked off', async () => {
  const { made, seen, gossip, peer } = listening();
  const block = made.block(made.genesisPlace, 3);
  await Promise.all(Array.from({ length: 5 }, () => gossip.receive(peer, encodeMessage({ blocks: [block, block] }))));
  assert.ok(seen.blocks <= 5, `${seen.blocks} of 10 were looked at`);
});

test('a head of more than ten seconds ahead is not heard: its member would count as there, and be heard no more', async () => {
  const { made, gossip, peer } = listening();
  const { organization, signer } = made.network.member(3);
  const { genesisPlace } = made;
  const headAt = (time: number) =>
    signHead(
      { chainId: chainIdOf(made.network.genesis), organization, final: genesisPlace, time, nonce: NOBODY_ASKED },
      signer,
    );
  await gossip.receive(peer, encodeMessage({ heads: [headAt(made.now + 10_001)] }));
  assert.equal(gossip.heads().length, 0);
  await gossip.receive(peer, encodeMessage({ heads: [headAt(made.now + 1_000)] }));
  assert.equal(gossip.heads()[0]?.time, made.now + 1_000);
});
