/**
 * The independent checker: reads every block again, executes it again, compares every row of the state, opens every sealed body
 * against its commitment on the ledger, derives every index row again, and walks the access log. It changes nothing, and a
 * node may run beside it: the ledger is read first, so that whatever stands there must be in the records read after it.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Aead, SignatureVerifier } from '@clearchart/crypto';
import type { Block, Genesis } from '@clearchart/ledger';
import type { CheckFault, CommitmentLookup } from '../clinical/index.ts';
import type { NodeKeys } from '../storage/node-key.ts';
import { checkAccesses } from './check-accesses.ts';
import { checkAnchors, readOutbox } from './check-outbox.ts';
import type { Fault } from './fault.ts';
import { FILES } from '../storage/data-folder.ts';
import { LedgerContents } from './ledger-contents.ts';

export interface CheckReport {
  readonly ok: boolean;
  readonly height: number;
  readonly stateRoot: string;
  readonly faults: readonly Fault[];
}

export interface CheckPorts {
  readonly organization: string;
  readonly genesis: Genesis;
  readonly keys: NodeKeys;
  readonly aead: Aead;
  readonly verifier: SignatureVerifier;
  /** What is wrong with the small files of the folder. */
  readonly name: string;
  /** Public keys with which the hospital signs, hex. Throws what does not read. */
  readonly heldKeys: () => readonly string[];
  /** Yields what is wrong with blocks and state; calls `onBlock` for each valid block; returns height and root. */
  readonly checkLedger: (
    onBlock: (block: Block) => void,
  ) => AsyncGenerator<Fault, { height: number; stateRoot: string }>;
  /** False before the first start of a node. */
  readonly hasRecords: () => boolean;
  /** Opened after the ledger was read: the clinical database as of one moment. */
  readonly openRecords: () => Promise<{
    readonly clinical: DatabaseSync;
    check(commitments: CommitmentLookup): AsyncGenerator<CheckFault>;
    close(): Promise<void>;
  }>;
  /** With the public keys that are in custody here, by pseudonym. */
  readonly checkAccounts: (kept: ReadonlyMap<string, string>) => Generator<Fault>;
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
  const tellAll = async (found: AsyncIterable<Fault> | Iterable<Fault>): Promise<void> => {
    for await (const fault of found) tell(fault);
  };
  let heldKeys: readonly string[] = [];
  await guarded('the folder', tell, async () => {
    heldKeys = ports.heldKeys();
  });
  const ledger = new LedgerContents(ports.organization, ports.genesis, heldKeys);
  let end = { height: 0, stateRoot: '' };
  try {
    await guarded('the ledger', tell, async () => {
      end = await readLedger(ports, ledger, tell, onProgress);
    });
    await guarded('the folder', tell, () => tellAll(checkIdentity(ports.name, heldKeys, ledger)));
    if (end.height > 0 || ports.hasRecords()) {
      await guarded('clinical.db', tell, () => tellAll(checkRecords(ports, ledger)));
    }
    await guarded('accounts.db', tell, () => tellAll(ports.checkAccounts(ledger.kept)));
  } finally {
    ledger.close();
  }
  if (untold > 0) faults.push({ code: 'more-faults', where: 'here', detail: `${untold} more are not told one by one` });
  onProgress(end.height, end.height);
  return { ok: faults.length === 0, ...end, faults };
}

/** What damage makes impossible is itself a finding: the checker says no, it does not fall over. */
async function guarded(where: string, tell: (fault: Fault) => void, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (fault) {
    const detail = (fault instanceof Error ? fault.message : String(fault)).slice(0, 200);
    tell({ code: 'cannot-be-read', where, detail });
  }
}

async function readLedger(
  ports: CheckPorts,
  ledger: LedgerContents,
  tell: (fault: Fault) => void,
  onProgress: (done: number, total: number) => void,
): Promise<{ height: number; stateRoot: string }> {
  const found = ports.checkLedger((block) => {
    ledger.add(block);
    onProgress(block.header.height, block.header.height + 1);
  });
  let step = await found.next();
  while (step.done !== true) {
    tell(step.value);
    step = await found.next();
  }
  return step.value;
}

async function* checkRecords(ports: CheckPorts, ledger: LedgerContents): AsyncGenerator<Fault> {
  const records = await ports.openRecords();
  try {
    const { clinical } = records;
    const outbox = readOutbox(clinical, ledger, ports.verifier);
    yield* outbox.faults;
    const met = new Set<string>();
    yield* records.check((record, version) => {
      const name = `${record}/${version}`;
      met.add(name);
      return ledger.commitments.get(name) ?? outbox.waiting.get(name);
    });
    for (const name of ledger.commitments.keys()) {
      if (met.has(name)) continue;
      const detail = 'the ledger has a commitment, the records have no such version';
      yield { code: 'version-missing', where: `record ${name}`, detail };
    }
    yield* checkAnchors(clinical, outbox);
    yield* checkAccesses({ database: clinical, keys: ports.keys, aead: ports.aead, ledger, outbox });
  } finally {
    await records.close();
  }
}

/** The folder is the one of the hospital that the ledger knows. */
function* checkIdentity(name: string, heldKeys: readonly string[], ledger: LedgerContents): Generator<Fault> {
  if (ledger.name !== undefined && ledger.name !== name)
    yield { code: 'file-damaged', where: FILES.node, detail: 'it names a hospital that the ledger does not' };
  if (ledger.publicKey !== undefined && heldKeys.length > 0 && !heldKeys.includes(ledger.publicKey))
    yield {
      code: 'file-damaged',
      where: FILES.organizationSeed,
      detail: 'it is not the key that the hospital has on the ledger',
    };
}
