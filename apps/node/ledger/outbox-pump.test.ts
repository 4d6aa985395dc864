import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toHex } from '@clearchart/crypto';
import {
  type ChainId,
  type Engine,
  type OrganizationId,
  parseTransaction,
  reject,
  type Transaction,
  transactionId,
} from '@clearchart/ledger';
import { createSigner } from '@clearchart/node-crypto';
import type { Outbox, OutboxEntry, SignedTransaction } from '../clinical/index.ts';
import { organizationTransactions, VALID_FOR_MS } from './organization-transactions.ts';
import { startOutboxPump } from './outbox-pump.ts';

const person = '0a'.repeat(16);

/** A pump over an outbox of rows and an engine that knows who is enrolled; time is the test's. */
function pumpOver() {
  let now = 1_800_000_000_000;
  let due: (() => void) | undefined;
  let nonce = 0;
  const clock = { now: () => now };
  const own = organizationTransactions({
    chainId: 'ab'.repeat(32) as ChainId,
    organization: '11'.repeat(16) as OrganizationId,
    signer: createSigner(new Uint8Array(32).fill(7)),
    random: { bytes: (length) => new Uint8Array(length).fill((nonce += 1)) },
    clock,
  });
  const rows: OutboxEntry[] = [];
  const put = (kind: string, { id, bytes }: SignedTransaction): void =>
    void rows.push({ sequence: rows.length + 1, transactionId: id, kind, bytes });
  const outbox = {
    waiting: (_limit: number, after = 0) => rows.filter(({ sequence }) => sequence > after),
    waitingOf: (of: string) => rows.filter(({ kind }) => kind === of),
    replace(old: string, { id, bytes }: SignedTransaction) {
      const at = rows.findIndex((row) => row.transactionId === old);
      rows[at] = { ...(rows[at] as OutboxEntry), transactionId: id, bytes };
    },
    withdraw: (id: string) =>
      void rows.splice(
        rows.findIndex((row) => row.transactionId === id),
        1,
      ),
    onAdded: () => () => undefined,
  } as unknown as Outbox;

  const pool = new Map<string, Transaction>();
  const refused: string[] = [];
  /** Called as a transaction is offered. */
  const hooks = { onOffer: (_transaction: Transaction): void => undefined };
  const engine = {
    async submit(transaction: Transaction) {
      hooks.onOffer(transaction);
      const id = transactionId(transaction);
      if (transaction.type === 'anchor-records') {
        const isEnrolled = [...pool.values()].some((one) => one.type === 'enrol-person');
        if (!isEnrolled) return reject('person-unknown', { pseudonym: person });
      }
      pool.set(id, transaction);
      return { transactionId: id, block: 1 };
    },
    placeOf: () => undefined,
    finality: (id: string) => (pool.has(id) ? 'pending' : undefined),
    onFinal: () => () => undefined,
  } as unknown as Engine;
  /** Whether all blocks are here. */
  const ledger = { isWhole: true };
  const start = () =>
    startOutboxPump({
      isWhole: () => ledger.isWhole,
      outbox,
      engine,
      clock,
      organization: own,
      timers: { after: (_delay, action) => ((due = action), () => undefined) },
      onRefused: (_id, kind, { code }) => void refused.push(`${kind} ${code}`),
      onFault: (fault) => assert.fail(String(fault)),
    });
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  const pass = async (milliseconds: number): Promise<void> => {
    now += milliseconds;
    due?.();
    await settle();
  };
  const kinds = () => [...pool.values()].map(({ type }) => type);
  const anchor = () =>
    own.anchor([
      {
        record: toHex(new Uint8Array(16).fill(1)),
        version: 1,
        subject: person,
        categoryTag: '22'.repeat(16),
        commitment: '33'.repeat(32),
      },
    ]);
  return { ledger, own, put, rows, pool, refused, hooks, start, settle, pass, kinds, anchor };
}

test('records of a person whose enrolment left the pool again wait for it, and nothing is told', async () => {
  const { own, put, pool, refused, hooks, start, settle, pass, kinds, anchor } = pumpOver();
  put('enrol-person', own.enrol(person));
  put('anchor-records', anchor());
  hooks.onOffer = ({ type }) => void (type === 'anchor-records' && pool.clear());
  start();
  await settle();
  assert.deepEqual([kinds(), refused], [[], []]);
  hooks.onOffer = () => undefined;
  await pass(1_000);
  assert.deepEqual([kinds(), refused], [['enrol-person', 'anchor-records'], []]);
});

test('an enrolment that has expired is signed anew and offered before the records that name the person', async () => {
  const { own, put, rows, refused, start, settle, pass, kinds, anchor } = pumpOver();
  const first = own.enrol(person);
  put('enrol-person', first);
  await pass(VALID_FOR_MS);
  put('anchor-records', anchor());
  start();
  await settle();
  assert.deepEqual([kinds(), refused], [['enrol-person', 'anchor-records'], []]);
  assert.notEqual(rows[0]?.transactionId, first.id);
  const again = parseTransaction(rows[0]?.bytes ?? new Uint8Array()) as Transaction;
  assert.equal(again.type, 'enrol-person');
});

test('records of somebody whom nothing enrols are refused, and that is told once', async () => {
  const { put, refused, start, settle, pass, anchor } = pumpOver();
  put('anchor-records', anchor());
  start();
  await settle();
  for (let second = 0; second < 3; second += 1) await pass(1_000);
  assert.deepEqual(refused, ['anchor-records person-unknown']);
});

test('J9 what has expired and is not known waits while older blocks are lacking: it may lie in one of them', async () => {
  const { ledger, own, put, rows, refused, start, settle, pass, kinds } = pumpOver();
  const first = own.enrol(person);
  put('enrol-person', first);
  await pass(VALID_FOR_MS);
  ledger.isWhole = false;
  start();
  await settle();
  assert.deepEqual([rows[0]?.transactionId, kinds(), refused], [first.id, [], []]);
  ledger.isWhole = true;
  await pass(1_000);
  assert.deepEqual([kinds(), refused], [['enrol-person'], []]);
});
