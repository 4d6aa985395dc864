import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type ChainId,
  type Engine,
  type Evidence,
  type MemberSet,
  misbehaviourKey,
  type OrganizationId,
  reject,
  signVote,
  type Transaction,
  type TransactionBody,
  TransactionDropped,
  type TransactionId,
  type Vote,
} from '@clearchart/ledger';
import { createSigner } from '@clearchart/node-crypto';
import { organizationTransactions } from '../ledger/organization-transactions.ts';
import { membersDesk, type MembersDeskPorts } from './members-desk.ts';

const chainId = 'ab'.repeat(32) as ChainId;
const [own, liar, other] = ['11', '22', '33'].map((byte) => byte.repeat(16)) as [
  OrganizationId,
  OrganizationId,
  OrganizationId,
];
const key = createSigner(new Uint8Array(32).fill(7));

const vote = (organization: OrganizationId, height: number, hash: string): Vote =>
  signVote(
    chainId,
    organization,
    { source: { height: 0, hash: chainId }, target: { height, hash: hash.repeat(32) } },
    key,
  );
const evidenceOf = (organization: OrganizationId, height: number): Evidence => ({
  kind: 'double-vote',
  first: vote(organization, height, 'cd'),
  second: vote(organization, height, 'ef'),
});

type Reported = TransactionBody<'report-misbehaviour'>;

/** A desk whose engine and time are the test's; `pass` lets so many milliseconds go by. */
function deskWith(engine: Partial<Engine>, ports: Partial<MembersDeskPorts> = {}) {
  let now = 1_000_000;
  let due: (() => void) | undefined;
  const organization = own;
  const clock = { now: () => now };
  const members = [own, liar, other].map((id) => ({ organization: id, publicKey: 'aa'.repeat(32) }));
  const desk = membersDesk({
    organization,
    own: organizationTransactions({
      chainId,
      organization,
      signer: key,
      random: { bytes: (n) => new Uint8Array(n) },
      clock,
    }),
    engine: { onFinal: () => () => undefined, ...engine } as Engine,
    state: { get: () => undefined },
    directory: { set: { members } as unknown as MemberSet },
    clock,
    timers: {
      after(_delay: number, action: () => void) {
        due = action;
        return () => undefined;
      },
    },
    evidence: () => [],
    onFault: (_words: string, fault: unknown) => assert.fail(String(fault)),
    ...ports,
  } as MembersDeskPorts);
  const pass = async (milliseconds: number): Promise<void> => {
    now += milliseconds;
    due?.();
    await new Promise((resume) => setImmediate(resume));
  };
  return { desk, pass };
}

test('a pair of votes that the ledger refuses for good keeps no other from being reported', async () => {
  const reported: string[] = [];
  const onLedger = new Set<string>();
  const engine = {
    async submit({ body }: Transaction) {
      const { organization, target } = (body as Reported).first;
      reported.push(organization);
      if (organization === liar) return reject('signature-invalid');
      onLedger.add(misbehaviourKey(organization, 'double-vote', target.height));
      return { transactionId: '00'.repeat(32) as TransactionId, block: 1 };
    },
    whenFinal: async () => 'final' as const,
  };
  const evidence = [evidenceOf(liar, 4), evidenceOf(other, 5)];
  const get = (entry: string) => (onLedger.has(entry) ? new Uint8Array(1) : undefined);
  const { pass } = deskWith(engine as Partial<Engine>, { evidence: () => evidence, state: { get } as never });
  for (let time = 0; time < 3; time += 1) await pass(30_000);
  assert.deepEqual(reported, [liar, other, liar]);
  evidence.push(evidenceOf(other, 9));
  await pass(30_000);
  assert.deepEqual(reported.at(-1), other, 'a new one goes before what was tried');
});

test('a vote that no longer fits once others are in its place is refused in words, and is no fault', async () => {
  const transactionId = '00'.repeat(32) as TransactionId;
  const { desk } = deskWith({
    submit: async () => ({ transactionId, block: 1 }) as never,
    whenFinal: () => Promise.reject(new TransactionDropped(reject('members-changing'))),
  });
  assert.deepEqual(await desk.retire(other), reject('members-changing'));
});
