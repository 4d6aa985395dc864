import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromHex, toHex } from '@clearchart/crypto';
import {
  admissionBallotKey,
  candidateKey,
  encodeCanonical,
  isRejection,
  MEMBERS_KEY,
  type MembershipApplication,
  type MemberSet,
  organizationIdOf,
  organizationKey,
  parseTransaction,
  type PublicKey,
  signApplication,
  signVote,
  type Vote,
} from '../index.ts';
import { createTestChain, keyNamed, publicKeyOf, seeded, type TestHospital } from '../test-chain.fixture.ts';
import { activation, admission, applicationTo, candidate, retirement } from './member-change.fixture.ts';

const DAY = 24 * 60 * 60 * 1000;
const four = () => {
  const chain = createTestChain(4);
  return { chain, hospitals: chain.hospitals as [TestHospital, TestHospital, TestHospital, TestHospital] };
};
const membersOf = ({ members }: MemberSet) => members.map(({ organization }) => organization);

test('L65 L66 the third of four votes decides, and the set to come stands beside the one in force', () => {
  const { chain, hospitals } = four();
  const before = chain.valueOf(MEMBERS_KEY) as MemberSet;
  const application = applicationTo(chain);
  chain.mine([admission(chain, hospitals[0]), admission(chain, hospitals[1])]);
  assert.deepEqual(chain.valueOf(MEMBERS_KEY), before);
  const votes = hospitals.slice(0, 2).map(({ organization }) => ({ organization, time: chain.time }));
  assert.deepEqual(chain.valueOf(admissionBallotKey(candidate.organization)), { application, votes });
  const { header } = chain.mine([admission(chain, hospitals[2])]);
  const after = chain.valueOf(MEMBERS_KEY) as MemberSet;
  assert.deepEqual(after.members, before.members);
  assert.equal(after.next?.decidedAt, header.height, 'L63');
  assert.deepEqual(membersOf(after.next ?? { members: [] }), [...membersOf(before), candidate.organization].sort());
  assert.equal(chain.valueOf(admissionBallotKey(candidate.organization)), null);
  const { name, publicKey, address } = application;
  assert.deepEqual(chain.valueOf(candidateKey(candidate.organization)), { name, publicKey, address });
});

test('L66 a candidate that is decided on signs nothing before it is a member', () => {
  const { chain, hospitals } = four();
  chain.mine(hospitals.slice(0, 3).map((one) => admission(chain, one)));
  assert.equal(chain.valueOf(organizationKey(candidate.organization)), null);
  assert.equal(chain.offer(activation(chain, candidate))?.code, 'organization-unknown');
});

test('L65 with one member its own vote decides', () => {
  const chain = createTestChain();
  chain.mine([admission(chain, { organization: chain.organization, signer: chain.signer })]);
  assert.equal((chain.valueOf(MEMBERS_KEY) as MemberSet).next?.members.length, 2);
});

test('L65 a member votes once, and only while it is one', () => {
  const { chain, hospitals } = four();
  chain.mine([admission(chain, hospitals[0])]);
  assert.equal(chain.offer(admission(chain, hospitals[0]))?.code, 'ballot-already-cast');
  chain.mine(hospitals.slice(0, 3).map((one) => retirement(chain, one, hospitals[3])));
  chain.mine([activation(chain, hospitals[0])]);
  assert.equal(chain.offer(admission(chain, hospitals[3]))?.code, 'organization-retired');
});

test('L65 the vote of who has left no longer counts', () => {
  const { chain, hospitals } = four();
  chain.mine([admission(chain, hospitals[3]), admission(chain, hospitals[1])]);
  chain.mine(hospitals.slice(0, 3).map((one) => retirement(chain, one, hospitals[3])));
  chain.mine([activation(chain, hospitals[0])]);
  chain.mine([admission(chain, hospitals[0])]);
  const ballot = chain.valueOf(admissionBallotKey(candidate.organization)) as { votes: { organization: string }[] };
  assert.deepEqual(
    ballot.votes.map(({ organization }) => organization),
    [hospitals[1], hospitals[0]].map(({ organization }) => organization),
  );
  assert.equal((chain.valueOf(MEMBERS_KEY) as MemberSet).next, undefined, 'two of three are not more than two thirds');
  chain.mine([admission(chain, hospitals[2])]);
  assert.equal((chain.valueOf(MEMBERS_KEY) as MemberSet).next?.members.length, 4);
});

test('L65 a vote counts for seven days of block time, to the millisecond, and can be cast again then', () => {
  const decidedAfter = (waitMs: number) => {
    const { chain, hospitals } = four();
    chain.mine([admission(chain, hospitals[0]), admission(chain, hospitals[1])]);
    chain.mine([], chain.time + waitMs - 1);
    chain.mine([admission(chain, hospitals[2])], chain.time + 1);
    const again = chain.offer(admission(chain, hospitals[0]))?.code;
    return { isDecided: (chain.valueOf(MEMBERS_KEY) as MemberSet).next !== undefined, again };
  };
  assert.equal(decidedAfter(7 * DAY).isDecided, true);
  assert.deepEqual(decidedAfter(7 * DAY + 1), { isDecided: false, again: undefined });
});

test('L65 another application of the candidate begins its ballot anew', () => {
  const { chain, hospitals } = four();
  const other = applicationTo(chain, 'Hill Hospital');
  chain.mine([admission(chain, hospitals[0]), admission(chain, hospitals[1])]);
  chain.mine([admission(chain, hospitals[2], other)]);
  assert.deepEqual(chain.valueOf(admissionBallotKey(candidate.organization)), {
    application: other,
    votes: [{ organization: hospitals[2].organization, time: chain.time }],
  });
});

test('L67 an application is its organization’s own word for this chain, under the name that its key gives', () => {
  const { chain, hospitals } = four();
  const [first] = hospitals;
  const good = applicationTo(chain);
  const codeOf = (application: MembershipApplication) => chain.offer(admission(chain, first, application))?.code;
  assert.equal(codeOf(good), undefined);
  assert.equal(codeOf({ ...good, name: 'Hill Hospital' }), 'signature-invalid');
  assert.equal(codeOf({ ...good, address: 'https://thief.example' }), 'signature-invalid');
  assert.equal(codeOf(signApplication('ab'.repeat(32) as never, good, candidate.signer)), 'signature-invalid');
  const publicKey = publicKeyOf(keyNamed('thief'));
  assert.equal(codeOf({ ...good, publicKey }), 'organization-not-of-key');
  assert.equal(codeOf({ ...good, organization: first.organization }), 'organization-not-of-key');
  const low = `01${'0'.repeat(62)}`;
  const organization = organizationIdOf(fromHex(low));
  assert.equal(codeOf({ ...good, publicKey: low as never, organization }), 'key-invalid', 'L15');
});

test('L66 an organization is admitted once, and not with the key of a member', () => {
  const { chain, hospitals } = four();
  const [first, second, third] = hospitals;
  chain.mine([first, second, third].map((one) => admission(chain, one)));
  chain.mine([activation(chain, first)]);
  assert.equal(chain.offer(admission(chain, first))?.code, 'organization-already-admitted');
  chain.mine([first, second, third, candidate].map((one) => retirement(chain, one, candidate)));
  chain.mine([activation(chain, first)]);
  assert.equal(chain.offer(admission(chain, first))?.code, 'organization-already-admitted', 'after it left');
  const taken = signApplication(chain.chainId, { name: 'x', address: 'https://x.example' }, first.signer);
  assert.equal(chain.offer(admission(chain, second, taken))?.code, 'key-in-use', 'L15');
});

test('L29 L66 there are 128 members at most', () => {
  const { chain, hospitals } = four();
  const [first] = hospitals;
  const more = (count: number) => {
    const { members } = chain.valueOf(MEMBERS_KEY) as MemberSet;
    const made = Array.from({ length: count - members.length }, (_, index) => {
      const publicKey = toHex(seeded('member', index)) as PublicKey;
      return { organization: organizationIdOf(fromHex(publicKey)), publicKey };
    });
    chain.state.entries.set(MEMBERS_KEY, encodeCanonical({ members: [...members, ...made] }));
    return chain.offer(admission(chain, first))?.code;
  };
  assert.equal(more(127), undefined);
  assert.equal(more(128), 'members-full');
});

test('L64 L65 L70 who is known and no member neither votes nor activates nor reports', () => {
  const { chain, hospitals } = four();
  chain.state.entries.set(
    organizationKey(candidate.organization),
    encodeCanonical({ name: 'x', publicKey: publicKeyOf(candidate.signer) }),
  );
  const [first, second] = [0, 1].map((digit) =>
    signVote(
      chain.chainId,
      hospitals[1].organization,
      { source: { height: 0, hash: chain.chainId }, target: { height: 1, hash: `${digit}`.repeat(64) } },
      hospitals[1].signer,
    ),
  ) as [Vote, Vote];
  const { organization } = candidate;
  for (const transaction of [
    admission(chain, candidate),
    retirement(chain, candidate, hospitals[0]),
    activation(chain, candidate),
    chain.signAs(candidate, 'report-misbehaviour', { organization, first, second }),
  ]) {
    assert.equal(chain.offer(transaction)?.code, 'organization-not-member');
  }
});

test('L66 an application of another shape is not read', () => {
  const { chain, hospitals } = four();
  const good = admission(chain, hospitals[0]);
  const { application } = good.body;
  for (const bent of [
    { ...application, name: '' },
    { ...application, name: 'x'.repeat(201) },
    { ...application, address: 'hill.example' },
    { ...application, note: 'x' },
    null,
  ]) {
    const bytes = encodeCanonical({ ...good, body: { ...good.body, application: bent } });
    assert.ok(isRejection(parseTransaction(bytes)));
  }
  assert.ok(!isRejection(parseTransaction(encodeCanonical(good))));
});
