/** Every row of the outbox is the signed transaction it says, and stands on the ledger as it says; every version has its row. */
import type { DatabaseSync } from 'node:sqlite';
import { fromHex, type SignatureVerifier } from '@clearchart/crypto';
import {
  type CoveredSignature,
  coveredSignatures,
  isRejection,
  parseTransaction,
  type Transaction,
  transactionId,
} from '@clearchart/ledger';
import type { Fault } from './fault.ts';
import { hashOfBytes, type LedgerContents } from './ledger-contents.ts';

export interface OutboxContents {
  /** Commitments of transactions that the ledger did not hold yet when it was read, by `record/version`. */
  readonly waiting: ReadonlyMap<string, string>;
  /** Names of the record versions, and ids of the accesses with what is said of them, by sequence number. */
  readonly says: ReadonlyMap<number, ReadonlySet<string>>;
  readonly faults: readonly Fault[];
}

const STATES: ReadonlySet<unknown> = new Set(['waiting', 'final', 'withdrawn']);

export function readOutbox(
  database: DatabaseSync,
  ledger: LedgerContents,
  verifier: SignatureVerifier,
): OutboxContents {
  const waiting = new Map<string, string>();
  const says = new Map<number, ReadonlySet<string>>();
  const faults: Fault[] = [];
  const named = new Set<string>();
  for (const row of database.prepare('SELECT * FROM outbox ORDER BY sequence').iterate()) {
    const transaction = parseTransaction(row['bytes'] as Uint8Array);
    const detail = isRejection(transaction)
      ? `the transaction does not read: ${transaction.code}`
      : (faultOf(row, transaction, ledger, verifier) ?? orderFaultOf(transaction, named));
    if (detail !== undefined)
      faults.push({ code: 'outbox-row-wrong', where: `outbox/${String(row['sequence'])}`, detail });
    if (isRejection(transaction)) continue;
    says.set(row['sequence'] as number, namesIn(transaction));
    if (transaction.type !== 'anchor-records' || ledger.own.has(row['transaction_id'] as string)) continue;
    for (const { record, version, commitment } of transaction.body.records) {
      waiting.set(`${record}/${version}`, commitment);
    }
  }
  return { waiting, says, faults };
}

function namesIn(transaction: Transaction): ReadonlySet<string> {
  if (transaction.type === 'anchor-records') {
    return new Set(transaction.body.records.map(({ record, version }) => `${record}/${version}`));
  }
  if (transaction.type === 'log-accesses')
    return new Set(transaction.body.entries.map((entry) => JSON.stringify(entry)));
  return new Set();
}

/** The ledger takes a person before the records that name them, so the outbox keeps that order. `named` grows row by row. */
function orderFaultOf(transaction: Transaction, named: Set<string>): string | undefined {
  if (transaction.type === 'anchor-records') {
    for (const { subject } of transaction.body.records) if (subject !== null) named.add(subject);
  }
  const isLate = transaction.type === 'enrol-person' && named.has(transaction.body.pseudonym);
  return isLate ? 'a person is enrolled after the records that name them' : undefined;
}

function faultOf(
  row: Record<string, unknown>,
  transaction: Transaction,
  ledger: LedgerContents,
  verifier: SignatureVerifier,
): string | undefined {
  const id = transactionId(transaction);
  if (id !== row['transaction_id']) return 'the id is not the one of the transaction';
  if (transaction.type !== row['kind']) return 'the kind is not the one of the transaction';
  const { state, height } = row;
  if (!STATES.has(state) || (state === 'final') !== (height !== null)) return 'state and height do not go together';
  const mined = ledger.own.get(id) ?? ledger.byPerson.get(id);
  if (mined === undefined) {
    // A node that runs beside this check may have mined it after the ledger was read.
    if (state === 'final' && (height as number) <= ledger.height) return 'the ledger does not hold it at that height';
    return hasOwnSignatures(transaction, ledger, verifier) ? undefined : 'a signature does not hold';
  }
  if (state === 'withdrawn') return 'it was withdrawn, but the ledger holds it';
  if (state === 'final' && mined.height !== height) return 'the ledger holds it at another height';
  return mined.hash === hashOfBytes(row['bytes'] as Uint8Array) ? undefined : 'the ledger holds other signatures';
}

/** Of the organization and of a key that the body names; others are the ledger's to check. */
function hasOwnSignatures(transaction: Transaction, ledger: LedgerContents, verifier: SignatureVerifier): boolean {
  const covered = coveredSignatures(transaction);
  return transaction.signatures.every(({ role }, index) => {
    const named = 'publicKey' in transaction.body ? transaction.body.publicKey : undefined;
    const check = covered[index];
    // What waits may have been signed before the hospital took another key.
    if (role === 'organization') return [...ledger.publicKeys].some((key) => holds(key, check, verifier));
    const key = role === 'new-key' ? named : undefined;
    return key === undefined || key === null ? role === 'person' : holds(key, check, verifier);
  });
}

function holds(key: string, check: CoveredSignature | undefined, verifier: SignatureVerifier): boolean {
  return check !== undefined && verifier.verify(fromHex(key), check.message, check.signature);
}

/** Each version names the outbox row that anchors it. */
export function* checkAnchors(database: DatabaseSync, { says }: OutboxContents): Generator<Fault> {
  const rows = database
    .prepare(
      'SELECT v.vid, v.version, v.anchor, lower(hex(r.record)) AS record FROM versions v JOIN resources r ON r.rid = v.rid',
    )
    .iterate();
  for (const row of rows) {
    if (says.get(row['anchor'] as number)?.has(`${String(row['record'])}/${String(row['version'])}`) === true) continue;
    yield {
      code: 'anchor-wrong',
      where: `versions/${String(row['vid'])}`,
      detail: 'the transaction it names does not anchor it',
    };
  }
}
