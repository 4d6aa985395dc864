import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AccessList } from '@clearchart/api';
import { toHex } from '@clearchart/crypto';
import { type AccessDetail, commitDetail } from '@clearchart/exchange';
import { accessLogKey, completeKey, headerHash, proveState, transactionId } from '@clearchart/ledger';
import { createTestChain, seeded } from './test-chain.fixture.ts';
import { browserVerifier } from './browser-verifier.ts';
import { storedMemory } from './chain-memory.ts';
import { accessLines, checkAccesses } from './check-accesses.ts';
import { checkBlock } from './check-block.ts';
import { followChain } from './follow-chain.ts';

const detail: AccessDetail = {
  name: 'Dr Sunita Joshi',
  role: 'practitioner',
  reader: 'Practitioner/1',
};
const salt = seeded('salt-of-detail');

/** A chain on which one patient's record was opened and closed, and reported complete. */
function scene() {
  const chain = createTestChain();
  const patient = chain.enrol();
  const access = chain.access();
  const opened = {
    kind: 'opened',
    access,
    patient,
    purpose: 'TREAT',
    at: chain.time,
    detail: commitDetail(detail, salt),
  } as const;
  const closed = { kind: 'closed', access, patient, count: 3, root: toHex(seeded('root')) } as const;
  const { organization } = chain;
  const log = (entries: readonly object[], completeUpTo: number | null) =>
    chain.mine([chain.sign('log-accesses', { organization, entries, completeUpTo } as never)]);
  log([opened], null);
  log([closed], chain.time);
  const prove = (key: string) => proveState(chain.state, chain.state.root, key, chain.valueOf(key));
  const header = chain.blocks.at(-1)?.header;
  const stated = chain.valueOf(accessLogKey(patient)) as { count: number; runningHash: string };
  const complete = chain.valueOf(completeKey(organization)) as { time: number };
  const list = {
    pseudonym: patient,
    entries: [opened, closed].map((entry, index) => ({
      index,
      entry,
      organization,
      organizationName: 'City General',
      ...(entry.kind === 'opened' ? { opening: { detail, salt: toHex(salt) } } : {}),
      height: 2 + index,
      transactionId: '',
    })),
    ...stated,
    stateProof: prove(accessLogKey(patient)),
    header,
    completeness: [
      { organization, name: 'City General', time: complete.time, stateProof: prove(completeKey(organization)) },
    ],
    memberChanges: [],
    genesis: chain.genesis,
  } as unknown as AccessList;
  const source = {
    founding: async () => ({ genesis: chain.genesis, memberChanges: [] }),
    headers: async (from: number, limit: number) => ({
      headers: chain.blocks.slice(from - 1, from - 1 + limit).map((block) => block.header),
      height: chain.blocks.length,
      votes: [],
    }),
  };
  const follow = () => {
    const none = { getItem: () => null, setItem: () => undefined };
    return followChain({ source, memory: storedMemory(() => none), verifier: browserVerifier });
  };
  return { chain, list, follow };
}

test('a whole list is proved, with the time up to which its hospital is complete', async () => {
  const { list, follow } = scene();
  const outcome = await checkAccesses(list, follow);
  assert.ok(outcome.ok);
  assert.equal(outcome.count, 2);
  assert.equal(outcome.completeness[0]?.time, list.completeness[0]?.time);
});

test('a list with a line left out, changed, doubled or in another order is refused', async () => {
  const { list, follow } = scene();
  const [first, second] = list.entries;
  assert.ok(first && second);
  const changed = { ...first, entry: { ...first.entry, at: 1 } };
  for (const entries of [[first], [], [changed, second], [first, second, second], [second, first]]) {
    assert.deepEqual(await checkAccesses({ ...list, entries }, follow), { ok: false, reason: 'wrong-list' });
  }
});

test('a count or time that the state does not show, and a hospital left out, are refused', async () => {
  const { list, follow } = scene();
  const value = list.stateProof.value as object;
  const less = {
    ...list,
    entries: list.entries.slice(0, 1),
    stateProof: { ...list.stateProof, value: { ...value, count: 1 } },
  };
  assert.deepEqual(await checkAccesses(less, follow), { ok: false, reason: 'wrong-state' });
  const later = list.completeness.map((reported) => ({ ...reported, time: (reported.time ?? 0) + 1 }));
  assert.deepEqual(await checkAccesses({ ...list, completeness: later }, follow), { ok: false, reason: 'wrong-state' });
  assert.deepEqual(await checkAccesses({ ...list, completeness: [] }, follow), { ok: false, reason: 'wrong-members' });
});

test('a name that does not open its commitment is shown as not proven', () => {
  const { list } = scene();
  assert.equal(accessLines(list)[0]?.nameProven, true);
  assert.equal(accessLines(list)[0]?.reads, 3);
  const forged = list.entries.map((line) => ({
    ...line,
    opening: { detail: { ...detail, name: 'Somebody Else' }, salt: toHex(salt) },
  }));
  assert.equal(accessLines({ ...list, entries: forged })[0]?.nameProven, false);
});

test('every step of a good block is done; a bent entry stops at the entries, a wrong fingerprint at once', async () => {
  const { chain, follow } = scene();
  const block = chain.blocks[1];
  assert.ok(block);
  const served = { hash: headerHash(block.header) as string, ids: block.transactions.map(transactionId), block };
  const ports = {
    verifier: browserVerifier,
    follow,
    headers: async () => [],
    finality: async () => ({ votes: [] }),
    onStep: () => undefined,
  };
  assert.deepEqual(
    (await checkBlock(served, ports)).steps.map((step) => step.state),
    ['done', 'done', 'done', 'done'],
  );
  const bent = { ...served, block: { ...block, transactions: [] } };
  assert.deepEqual(
    (await checkBlock(bent, ports)).steps.map((step) => step.reason),
    [undefined, 'wrong-entries', undefined, undefined],
  );
  const renamed = { ...served, hash: '0'.repeat(64) };
  assert.equal((await checkBlock(renamed, ports)).steps[0]?.reason, 'wrong-fingerprint');
});

test('a block of another history is not in the chain this browser follows', async () => {
  const { follow } = scene();
  const other = createTestChain();
  other.pseudonym();
  other.enrol();
  const block = other.blocks[0];
  assert.ok(block);
  const served = { hash: headerHash(block.header) as string, ids: block.transactions.map(transactionId), block };
  const { steps } = await checkBlock(served, {
    verifier: browserVerifier,
    follow,
    headers: async () => [],
    finality: async () => ({ votes: [] }),
    onStep: () => undefined,
  });
  assert.equal(steps.at(-1)?.reason, 'does-not-extend');
});
