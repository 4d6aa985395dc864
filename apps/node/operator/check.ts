/**
 * The independent checker: reads every block again, executes it again, compares every row of the state, opens every sealed body
 * against its commitment on the ledger, derives every index row again, and walks the audit chain. It changes nothing, and a
 * node may run beside it: the ledger is read first, so that whatever stands there must be in the records read after it.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Aead } from '@clearchart/crypto';
import { type AccessEntry, type Block, isRejection, parseTransaction, transactionId } from '@clearchart/ledger';
import { checkAuditLog } from '../accesses/index.ts';
import type { CheckFault, CommitmentLookup } from '../clinical/index.ts';
import type { NodeKeys } from '../storage/node-key.ts';

export interface Fault {
  readonly code: string;
  readonly where: string;
  readonly detail: string;
}

export interface CheckReport {
  readonly ok: boolean;
  readonly height: number;
  readonly stateRoot: string;
  readonly faults: readonly Fault[];
}

export interface CheckPorts {
  readonly organization: string;
  readonly keys: NodeKeys;
  readonly aead: Aead;
  /** Yields what is wrong with blocks and state; calls `onBlock` for each valid block; returns height and root. */
  readonly checkLedger: (
    onBlock: (block: Block) => void,
  ) => AsyncGenerator<Fault, { height: number; stateRoot: string }>;
  /** Opened after the ledger was read: databases as of one moment. */
  readonly openRecords: () => Promise<{
    readonly clinical: DatabaseSync;
    readonly accounts: DatabaseSync;
    check(commitments: CommitmentLookup): AsyncGenerator<CheckFault>;
    close(): Promise<void>;
  }>;
}

/** Faults told one by one; past it they are only counted. */
const FAULTS_TOLD = 1_000;

export async function check(
  ports: CheckPorts,
  onProgress: (done: number, total: number) => void,
): Promise<CheckReport> {
  const faults: Fault[] = [];
  let untold = 0;
  const tell = (fault: Fault): void => {
    if (faults.length < FAULTS_TOLD) faults.push(fault);
    else untold += 1;
  };
  const seen = new LedgerContents(ports.organization);
  const ledger = ports.checkLedger((block) => {
    seen.add(block);
    onProgress(block.header.height, block.header.height + 1);
  });
  let step = await ledger.next();
  while (step.done !== true) {
    tell(step.value);
    step = await ledger.next();
  }
  const { height, stateRoot } = step.value;
  const records = await ports.openRecords();
  try {
    for await (const fault of checkRecords(ports, records, seen)) tell(fault);
  } finally {
    await records.close();
  }
  if (untold > 0) faults.push({ code: 'more-faults', where: 'here', detail: `${untold} more are not told one by one` });
  onProgress(height, height);
  return { ok: faults.length === 0, height, stateRoot, faults };
}

type Records = Awaited<ReturnType<CheckPorts['openRecords']>>;

async function* checkRecords(ports: CheckPorts, records: Records, seen: LedgerContents): AsyncGenerator<Fault> {
  const waiting = waitingCommitments(records.clinical, seen);
  const met = new Set<string>();
  yield* records.check((record, version) => {
    const name = `${record}/${version}`;
    met.add(name);
    return seen.commitments.get(name) ?? waiting.get(name);
  });
  for (const name of seen.commitments.keys()) {
    if (!met.has(name))
      yield {
        code: 'version-missing',
        where: `record ${name}`,
        detail: 'the ledger has a commitment, the records have no such version',
      };
  }
  yield* checkAuditLog(records.clinical, ports.keys.audit, ports.aead);
  yield* checkAccesses(records.clinical, seen);
  for (const row of records.accounts.prepare('PRAGMA integrity_check(20)').all()) {
    const text = String(row['integrity_check']);
    if (text !== 'ok') yield { code: 'database-damaged', where: 'accounts.db', detail: text.slice(0, 200) };
  }
}

/** What the blocks say about this hospital's records and accesses. */
class LedgerContents {
  readonly commitments = new Map<string, string>();
  readonly transactions = new Set<string>();
  /** Events by patient, in order. */
  readonly accesses = new Map<string, string[]>();
  readonly opened = new Map<string, string>();
  readonly #organization: string;

  constructor(organization: string) {
    this.#organization = organization;
  }

  add({ transactions }: Block): void {
    for (const transaction of transactions) {
      this.transactions.add(transactionId(transaction));
      if (transaction.type === 'anchor-records' && transaction.body.organization === this.#organization) {
        for (const { record, version, commitment } of transaction.body.records) {
          this.commitments.set(`${record}/${version}`, commitment);
        }
      } else if (transaction.type === 'log-accesses') {
        for (const entry of transaction.body.entries) this.#addAccess(entry, transaction.body.organization);
      }
    }
  }

  #addAccess(entry: AccessEntry, organization: string): void {
    const list = this.accesses.get(entry.patient) ?? [];
    list.push(JSON.stringify(entry));
    this.accesses.set(entry.patient, list);
    if (entry.kind === 'opened' && organization === this.#organization) this.opened.set(entry.access, entry.detail);
  }
}

/** Commitments of transactions that the ledger did not hold yet when it was read. */
function waitingCommitments(database: DatabaseSync, seen: LedgerContents): Map<string, string> {
  const waiting = new Map<string, string>();
  for (const row of database
    .prepare("SELECT transaction_id, bytes FROM outbox WHERE kind = 'anchor-records'")
    .iterate()) {
    if (seen.transactions.has(row['transaction_id'] as string)) continue;
    const transaction = parseTransaction(row['bytes'] as Uint8Array);
    if (isRejection(transaction) || transaction.type !== 'anchor-records') continue;
    for (const { record, version, commitment } of transaction.body.records)
      waiting.set(`${record}/${version}`, commitment);
  }
  return waiting;
}

function* checkAccesses(database: DatabaseSync, seen: LedgerContents): Generator<Fault> {
  const select = database.prepare('SELECT entry FROM access_entries WHERE patient = ? ORDER BY position LIMIT ?');
  for (const [patient, expected] of seen.accesses) {
    const kept = select.all(patient, expected.length).map((row) => row['entry'] as string);
    // A node that runs may still be writing the newest ones down.
    if (kept.some((entry, index) => entry !== expected[index])) {
      yield {
        code: 'access-list-differs',
        where: `accesses of ${patient}`,
        detail: 'the list is not the one of the blocks',
      };
    }
  }
  const selectDetail = database.prepare('SELECT detail FROM access_windows WHERE access_id = ?');
  for (const [access, detail] of seen.opened) {
    if (selectDetail.get(access)?.['detail'] !== detail) {
      yield {
        code: 'access-event-missing',
        where: `access ${access}`,
        detail: 'the event on the ledger is not the one kept here',
      };
    }
  }
}
