import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type AccessEntry,
  accessKey,
  accessLogKey,
  type AccessLogState,
  completeKey,
  encodeCanonical,
  isRejection,
  nextRunningHash,
  parseTransaction,
  type Pseudonym,
  PURPOSES,
  runningHashOf,
  signTransaction,
} from '../index.ts';
import { createTestChain } from '../test-chain.fixture.ts';

const chain = createTestChain();
const { organization } = chain;
const HASH = 'ab'.repeat(32);

const opened = (patient: Pseudonym, access = chain.access()) =>
  ({ kind: 'opened', access, patient, purpose: 'TREAT', at: 1, detail: HASH }) as AccessEntry;
const closed = (of: AccessEntry, patient = of.patient) =>
  ({ kind: 'closed', access: of.access, patient, count: 3, root: HASH }) as AccessEntry;
const log = (entries: readonly AccessEntry[], completeUpTo: number | null = null) =>
  chain.sign('log-accesses', { organization, entries, completeUpTo });
const codeOf = (entries: readonly AccessEntry[], completeUpTo: number | null = null) =>
  chain.offer(log(entries, completeUpTo))?.code;

function readsBack(entries: readonly unknown[]): boolean {
  const transaction = { ...log([]), body: { organization, entries, completeUpTo: null } };
  return !isRejection(parseTransaction(encodeCanonical(transaction)));
}

test('L24 a batch holds up to a thousand entries; an empty one needs a declaration', () => {
  const entry = opened(chain.pseudonym());
  assert.ok(readsBack(Array(1_000).fill(entry)));
  assert.ok(!readsBack(Array(1_001).fill(entry)));
  assert.equal(codeOf([]), 'batch-empty');
  assert.equal(codeOf([], chain.time), undefined);
});

test('L25 every purpose of the list is read, another one is not', () => {
  const entry = opened(chain.pseudonym());
  for (const purpose of PURPOSES) assert.ok(readsBack([{ ...entry, purpose }]));
  for (const purpose of ['treat', 'MARKETING', '', null]) assert.ok(!readsBack([{ ...entry, purpose }]));
  assert.ok(!readsBack([{ ...entry, reason: 'x' }]));
});

test('L25 an access is opened once, about an enrolled patient, retired or not', () => {
  const patient = chain.enrol();
  const entry = opened(patient);
  assert.equal(codeOf([opened(chain.pseudonym())]), 'person-unknown');
  assert.equal(codeOf([entry, entry]), 'access-already-opened');
  chain.mine([log([entry])]);
  assert.deepEqual(chain.valueOf(accessKey(entry.access)), { organization, patient, state: 'opened' });
  assert.equal(codeOf([entry]), 'access-already-opened');
  chain.mine([chain.sign('retire-person', { organization, pseudonym: patient })]);
  assert.equal(codeOf([opened(patient)]), undefined);
});

test('L26 an access is closed once, after its opening, for the same patient', () => {
  const [patient, another] = [chain.enrol(), chain.enrol()];
  const entry = opened(patient);
  assert.equal(codeOf([closed(entry)]), 'access-not-opened');
  assert.equal(codeOf([closed(entry), entry]), 'access-not-opened');
  assert.equal(codeOf([entry, closed(entry)]), undefined);
  assert.equal(codeOf([entry, closed(entry, another)]), 'access-other-patient');
  assert.equal(codeOf([entry, closed(entry), closed(entry)]), 'access-already-closed');
  chain.mine([log([entry])]);
  chain.mine([log([closed(entry)])]);
  assert.equal(codeOf([closed(entry)]), 'access-already-closed');
  assert.equal(codeOf([entry]), 'access-already-opened');
});

test('L26 another hospital does not close it', () => {
  const two = createTestChain(2);
  const entry = opened(two.enrol(), two.access());
  two.mine([two.sign('log-accesses', { organization: two.organization, entries: [entry], completeUpTo: null })]);
  const body = { organization: two.otherOrganization, entries: [closed(entry)], completeUpTo: null };
  const foreign = signTransaction(two.draft('log-accesses', body), [
    { signer: two.otherOrganization, role: 'organization', key: two.otherSigner },
  ]);
  assert.equal(two.offer(foreign)?.code, 'access-not-opened');
});

test('L27 count and running hash are those of the list in its order; nothing can be left out, added or swapped', () => {
  const patient = chain.enrol();
  const entries = [opened(patient), opened(patient), opened(patient)];
  chain.mine([log(entries.slice(0, 2))]);
  const block = chain.mine([log([entries[2] as AccessEntry, opened(chain.enrol())])]);
  const state = chain.valueOf(accessLogKey(patient)) as AccessLogState;
  const list = entries.map((entry) => ({ entry, organization }));
  assert.deepEqual(state, {
    count: 3,
    runningHash: runningHashOf(list),
    height: block.header.height,
    time: block.header.time,
  });
  const [first, second, third] = list as [(typeof list)[0], (typeof list)[0], (typeof list)[0]];
  for (const other of [
    [first, third],
    [first, third, second],
    [...list, third],
    [second, third],
  ]) {
    assert.notEqual(runningHashOf(other), state.runningHash);
  }
  const foreign = { entry: third.entry, organization: 'cd'.repeat(16) as never };
  assert.notEqual(nextRunningHash(runningHashOf([first, second]), foreign), state.runningHash);
});

test('L28 completeness rises and never runs ahead of the block', () => {
  const time = chain.time + 1_000;
  assert.equal(codeOf([], time + 1), 'complete-in-future');
  chain.mine([log([], time)], time);
  assert.deepEqual(chain.valueOf(completeKey(organization)), { time });
  assert.equal(codeOf([], time), 'complete-not-rising');
  assert.equal(codeOf([], time - 1), 'complete-not-rising');
  assert.equal(codeOf([], time + 1), undefined);
});
