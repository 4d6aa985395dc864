import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toHex } from '@clearchart/crypto';
import {
  isRejection,
  type PublicKey,
  signTransaction,
  type Transaction,
  type TransactionBody,
} from '@clearchart/ledger';
import { createSigner, nodeVerifier } from '@clearchart/node-crypto';
import { DraftQueue } from './draft-queue.ts';
import { MadeChain } from './made-chain.fixture.ts';
import type { Waiting } from './mempool.ts';
import { seededBytes } from './test-ledger.fixture.ts';
import { enrolments, queueOn } from './draft-queue.fixture.ts';
import { admit, waitingOf } from './waiting.fixture.ts';

function rotationOf(made: MadeChain, index: number): Transaction {
  const { organization, signer } = made.network.member(index);
  const key = createSigner(seededBytes(`new key of ${index}`));
  const body = { organization, publicKey: toHex(key.publicKey) as PublicKey };
  return signTransaction(made.draft('rotate-organization-key', body), [
    { signer: organization, role: 'organization', key: signer },
    { signer: organization, role: 'new-key', key },
  ]);
}

test('L63 a decision that comes with the end of the change before it waits for the next block', async () => {
  const made = new MadeChain();
  const decided = await made.grow(made.genesisPlace, 1, [rotationOf(made, 1)]);
  const { organization, signer } = made.network.member(2);
  const activation = signTransaction(made.draft('activate-members', { organization }), [
    { signer: organization, role: 'organization', key: signer },
  ]);
  const drafts = new DraftQueue({
    genesis: made.network.genesis,
    head: decided,
    base: made.chain.tree.stateAfter(decided.hash),
    finalHeight: () => decided.height,
    clock: { now: () => decided.time + 1, after: () => () => undefined },
    onDropped: () => undefined,
    checkSignature: ({ publicKey, message, signature }) => nodeVerifier.verify(publicKey, message, signature),
  });
  const heights = [activation, rotationOf(made, 3)].map((transaction) => {
    const draft = admit(drafts, waitingOf(transaction));
    return isRejection(draft) ? draft.code : draft.height;
  });
  assert.deepEqual(heights, [2, 3]);
});

test('on a new head no more is applied than a block holds, however much waits; the rest follows block by block', () => {
  const made = new MadeChain();
  const waiting = enrolments(made, 1, 220);
  const { seen, rebuild, drain } = queueOn(made);
  rebuild(waiting);
  assert.equal(seen.checked, 51, 'one full block, and one more to see that it is full');
  assert.deepEqual(
    drain().flat(),
    waiting.map(({ id }) => id),
  );
  assert.deepEqual(seen.dropped, []);
});

test('however much of one organization waits, the write of another is in the next block', () => {
  const made = new MadeChain();
  const [single] = enrolments(made, 2, 1);
  const { drafts, rebuild } = queueOn(made);
  rebuild([...enrolments(made, 1, 200), single as Waiting]);
  assert.ok(drafts.first?.waiting.includes(single as Waiting));
});

test('who comes behind a flood that fills drafts already has its turn in the block after the one in the making', () => {
  const made = new MadeChain();
  const { drafts, drain, seen } = queueOn(made);
  const flood = enrolments(made, 1, 220);
  const [single] = enrolments(made, 2, 1);
  for (const one of [...flood, single as Waiting]) assert.ok(!isRejection(admit(drafts, one)));
  const blocks = drain();
  assert.ok(blocks[1]?.includes((single as Waiting).id));
  const ofFlood = blocks.flat().filter((id) => id !== single?.id);
  assert.deepEqual(
    ofFlood,
    flood.map(({ id }) => id),
  );
  assert.equal(blocks.flat().length, 221);
  assert.ok(seen.checked < 2 * 221, 'once only is all applied anew');
});

test('what turns put before something of another organization that it builds on is tried again behind it, before it is dropped', () => {
  const made = new MadeChain();
  made.now = Date.now();
  const { organization, signer } = made.network.member(2);
  const activation = waitingOf(
    signTransaction(made.draft('activate-members', { organization }), [
      { signer: organization, role: 'organization', key: signer },
    ]),
  );
  const { seen, rebuild, drain } = queueOn(made);
  const rotation = waitingOf(rotationOf(made, 1));
  rebuild([rotation, ...enrolments(made, 3, 60), activation]);
  const ids = drain().flat();
  assert.deepEqual(seen.dropped, []);
  assert.ok(ids.includes(rotation.id) && ids.includes(activation.id));
  rebuild([...enrolments(made, 3, 60), activation]);
  assert.equal(drain().flat().length, 60);
  assert.deepEqual(seen.dropped, ['members-not-changing']);
});

test('what builds on something that waits in no draft yet is taken', () => {
  const made = new MadeChain();
  const person = made.network.enrolment(1);
  const { pseudonym } = person.body as { pseudonym: string };
  const { drafts, rebuild } = queueOn(made);
  rebuild([...enrolments(made, 1, 120), waitingOf(person)]);
  const again = admit(drafts, waitingOf(anchorOf(made, 1, pseudonym)));
  assert.ok(!isRejection(again), JSON.stringify(again));
});

test('what contradicts something that waits in no draft yet is refused', () => {
  const made = new MadeChain();
  const { drafts, rebuild } = queueOn(made);
  const [person] = enrolments(made, 1, 1);
  rebuild([...enrolments(made, 1, 120), person as Waiting]);
  const { organization, signer } = made.network.member(1);
  const body = person?.transaction.body as TransactionBody<'enrol-person'>;
  made.now = Date.now();
  const again = signTransaction(made.draft('enrol-person', body), [
    { signer: organization, role: 'organization', key: signer },
  ]);
  const answer = admit(drafts, waitingOf(again));
  assert.ok(isRejection(answer) && answer.code !== 'transaction-replayed', JSON.stringify(answer));
});

/** A member says that it has declared all accesses up to now and this much later. */
function completeOf(made: MadeChain, member: number, now: number, laterMs: number): Waiting {
  const { organization, signer } = made.network.member(member);
  made.now = now;
  const body = { organization, entries: [], completeUpTo: now + laterMs };
  return waitingOf(
    signTransaction(made.draft('log-accesses', body), [{ signer: organization, role: 'organization', key: signer }]),
  );
}

test('what is too early for the open block and fits a later one begins the later one', () => {
  const made = new MadeChain();
  const { drafts, seen } = queueOn(made);
  for (const one of enrolments(made, 1, 3)) admit(drafts, one);
  seen.now += 500;
  const draft = admit(drafts, completeOf(made, 2, seen.now, 0));
  assert.ok(!isRejection(draft));
  assert.equal(draft.height, 2);
});

test('what is too early for every block begins none, so that the open one goes on filling', () => {
  const made = new MadeChain();
  const { drafts, seen } = queueOn(made);
  const heights = enrolments(made, 1, 20).map((one) => {
    seen.now += 1;
    const early = admit(drafts, completeOf(made, 2, seen.now, 60_000));
    assert.ok(isRejection(early) && early.code === 'complete-in-future');
    const draft = admit(drafts, one);
    return isRejection(draft) ? draft.code : draft.height;
  });
  assert.deepEqual(new Set(heights), new Set([1]));
});

function anchorOf(made: MadeChain, member: number, subject: string): Transaction {
  const { organization, signer } = made.network.member(member);
  const hex = (name: string, bytes: number) => toHex(seededBytes(name, bytes));
  const record = {
    record: hex('record', 16),
    version: 1,
    subject,
    categoryTag: hex('tag', 16),
    commitment: hex('c', 32),
  };
  const body = { organization, records: [record] } as unknown as TransactionBody<'anchor-records'>;
  made.now = Date.now();
  return signTransaction(made.draft('anchor-records', body), [
    { signer: organization, role: 'organization', key: signer },
  ]);
}
