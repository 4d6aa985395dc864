import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { toHex } from '@clearchart/crypto';
import { type OrganizationId, transactionId } from '@clearchart/ledger';
import { nodeVerifier } from '@clearchart/node-crypto';
import { type EngineClock, openProofOfWork, type PeerNetwork, type ProofOfWork } from './index.ts';
import { type LocalMember, LocalNetwork, until } from './local-network.fixture.ts';
import { MemoryConsensus } from './memory-consensus.fixture.ts';
import { encodeQuestion, parseVotesAnswer } from './peer-messages.ts';
import { inlineMiner } from './test-ledger.fixture.ts';

/** Simulated milliseconds that pass in a real one. */
const HASTE = 40;
const began = Date.now();
const hasty: EngineClock = {
  now: () => began + (Date.now() - began) * HASTE,
  after(delayMs, act) {
    const timer = setTimeout(act, delayMs / HASTE);
    return () => clearTimeout(timer);
  },
};
/** Past the patience with which it waits for all, in real milliseconds. */
const LONG_MS = 90_000 / HASTE;

test('a member that has lost its votes does not vote on the word of a few of those it knows, whatever chain they show', async () => {
  const net = new LocalNetwork(2);
  const [liar, wiped] = [net.member(0), net.member(1)];
  const unreached = ['aa', 'bb'].map((byte) => byte.repeat(16) as OrganizationId);
  const engines = new Map<OrganizationId, ProofOfWork>();
  /** Of one that reaches the other alone, and knows more. */
  const towards = (from: LocalMember, to: LocalMember, known: readonly OrganizationId[]): PeerNetwork => ({
    peers: () => [to.organization, ...known],
    send(peer, message) {
      if (peer === to.organization) setTimeout(() => engines.get(peer)?.peers.receive(from.organization, message), 1);
    },
    async ask(peer, question) {
      const engine = peer === to.organization ? engines.get(peer) : undefined;
      if (engine === undefined) throw new Error('not reached');
      return await engine.peers.answer(from.organization, question);
    },
  });
  const open = async (member: LocalMember, network: PeerNetwork, consensus: MemoryConsensus) =>
    engines.set(
      member.organization,
      await openProofOfWork({
        genesis: net.genesis,
        proposer: {
          organization: member.organization,
          signerFor: (key) => (toHex(key) === toHex(member.signer.publicKey) ? member.signer : undefined),
        },
        blocks: member.blocks,
        state: member.state,
        consensus,
        network,
        miner: inlineMiner(),
        verifier: nodeVerifier,
        clock: hasty,
        onFault: (error) => member.faults.push(error),
      }),
    );

  // The chain that it is shown was cut off where these two were all members.
  await open(liar, towards(liar, wiped, []), new MemoryConsensus());
  const lost = new MemoryConsensus(false);
  await open(wiped, towards(wiped, liar, unreached), lost);
  await pause(LONG_MS);
  assert.deepEqual([lost.knowsOwnVotes, lost.ownVotes()], [false, []]);
  await engines.get(wiped.organization)?.close();

  // Nobody else is known: these two are all there are, and it goes on.
  const again = new MemoryConsensus(false);
  await open(wiped, towards(wiped, liar, []), again);
  await until(() => again.knowsOwnVotes);
  for (const engine of engines.values()) await engine.close();
  assert.deepEqual([liar.faults, wiped.faults], [[], []]);
});

test('members that have all started anew still tell one that lost its votes those that made blocks final', async () => {
  const net = new LocalNetwork(3);
  await net.startAll();
  const transaction = net.enrolment(0);
  await net.member(0).engine?.submit(transaction);
  const id = transactionId(transaction);
  await until(() => net.members.every(({ engine }) => engine?.finality(id) === 'final'));
  const newest = net.member(2).consensus.ownVotes().at(-1);
  assert.ok(newest);
  await net.stopAll();
  const { peers } = await net.start(0);
  const question = encodeQuestion({ kind: 'votes', organization: net.member(2).organization });
  const told = parseVotesAnswer(await peers.answer(net.member(1).organization, question));
  await net.stopAll();
  assert.deepEqual(told?.at(0), newest);
});
