import assert from 'node:assert/strict';
import { test } from 'node:test';
import { networkSchema } from '@clearchart/api';
import { admissionBallotKey, BALLOT_LASTS_MS, encodeCanonical, type Transaction } from '@clearchart/ledger';
import type { OlderBlocks } from '../ledger/older-blocks.ts';
import type { MemberDirectory } from './member-directory.ts';
import { networkView, type NetworkViewPorts } from './network-view.ts';

const OWN = '1'.repeat(32);
const OTHER = '2'.repeat(32);
const THIRD = '3'.repeat(32);
const CANDIDATE = '4'.repeat(32);
const APPLICATION = { organization: CANDIDATE, name: 'New', address: 'http://new.example', publicKey: 'a'.repeat(64) };
const NOW = 2 * BALLOT_LASTS_MS;

function viewWith(ports: Partial<NetworkViewPorts>) {
  const members = [OWN, OTHER, THIRD].map((organization) => ({ organization, publicKey: 'b'.repeat(64) }));
  return networkSchema.parse(
    networkView({
      organization: OWN as never,
      directory: {
        set: { members },
        nameOf: (one: string) => `Hospital ${one[0]}`,
        addressOf: () => undefined,
        organization: () => undefined,
      } as unknown as MemberDirectory,
      applications: { list: () => [] } as never,
      heads: () => [],
      lastVotes: () => [],
      peerStates: () => [],
      bansOf: () => 0,
      reasonsOf: () => [],
      isBanned: () => false,
      evidence: () => [],
      repairs: () => [],
      entriesOf: () => [],
      headState: () => ({ get: () => undefined }),
      pending: () => [],
      older: () => undefined,
      timeOf: () => undefined,
      blockTime: () => NOW,
      ...ports,
    }),
  );
}

test('J9 the node page says how many older blocks are here, until all are', () => {
  const nodesOf = () => ({ node: () => undefined });
  const at = (have: number): OlderBlocks => ({ have, base: 101, memberChanges: [], nodesOf });
  assert.deepEqual(viewWith({ older: () => at(20) }).history, { have: 20, of: 100 });
  for (const have of [100, 130]) assert.equal(viewWith({ older: () => at(have) }).history, undefined);
  assert.equal(viewWith({}).history, undefined);
});

test('each member shows which blocks its newest vote names, and when; one that never voted shows none', () => {
  const place = (height: number) => ({ height, hash: 'c'.repeat(64) });
  const { members } = viewWith({
    lastVotes: () => [
      { organization: OWN as never, source: place(6), target: place(7), heardAt: 70 },
      { organization: OTHER as never, source: place(2), target: place(3) },
    ],
    timeOf: (height) => (height <= 2 ? height * 10 : undefined),
  });
  // Heard before this start: then the newest of its blocks that is final tells the time.
  assert.deepEqual(
    members.map(({ lastVote }) => lastVote),
    [{ source: 6, target: 7, at: 70 }, { source: 2, target: 3, at: 20 }, undefined],
  );
});

test('a vote on a member is final, in a block, or waiting, and is told once, as far as it has come', () => {
  const vote = (organization: string, time = NOW) => ({ organization, time });
  const ballot = (...votes: object[]) => encodeCanonical({ application: APPLICATION, votes } as never);
  const cast = (organization: string) =>
    ({ type: 'admit-organization', body: { organization, application: APPLICATION } }) as unknown as Transaction;
  const [open, ...rest] = viewWith({
    entriesOf: (prefix) => (prefix === 'ballot/admit/' ? [{ key: '', value: ballot(vote(OWN)) }] : []),
    headState: () => ({
      get: (key) => (key === admissionBallotKey(CANDIDATE as never) ? ballot(vote(OWN), vote(OTHER)) : undefined),
    }),
    pending: () => [cast(OWN), cast(OTHER), cast(THIRD), cast(CANDIDATE)],
  }).ballots;
  assert.deepEqual(rest, []);
  assert.equal(open?.needed, 3);
  assert.deepEqual(
    open.votes.map(({ organization, finality }) => [organization, finality]),
    [
      [OWN, 'final'],
      [OTHER, 'included'],
      [THIRD, 'pending'],
    ],
  );
});

test('a vote that has lapsed is not shown, and no ballot without a vote', () => {
  const value = encodeCanonical({
    application: APPLICATION,
    votes: [{ organization: OWN, time: NOW - BALLOT_LASTS_MS - 1 }],
  } as never);
  const entriesOf = (prefix: string) => (prefix === 'ballot/admit/' ? [{ key: '', value }] : []);
  assert.deepEqual(viewWith({ entriesOf }).ballots, []);
});

test('a vote to retire a member is shown before it is in a block', () => {
  const leave = { type: 'retire-organization', body: { organization: OWN, member: OTHER } } as unknown as Transaction;
  const [open] = viewWith({ pending: () => [leave] }).ballots;
  assert.deepEqual([open?.kind, open?.name, open?.votes[0]?.finality], ['retire', 'Hospital 2', 'pending']);
});
