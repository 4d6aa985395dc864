/**
 * Joins ports to adapters for snapshots: fetching one into a folder of its own, opening what lies there, and giving this node's state to
 * others. Damage in that folder costs nothing but the shortcut.
 */
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openBlockStore, openNodeDisk } from '@clearchart/block-store';
import type { SignatureVerifier } from '@clearchart/crypto';
import type { Clock, Timers } from '@clearchart/exchange';
import {
  type Block,
  type BlockStore,
  chainIdOf,
  type Checkpoint,
  checkFinal,
  decodeValue,
  encodeBlock,
  type FinalityProof,
  type Genesis,
  type Header,
  headerHash,
  type MemberChange,
  MEMBERS_KEY,
  type MemberSet,
  memberSetHash,
  type MembersWritten,
  type OrganizationId,
  transactionId,
} from '@clearchart/ledger';
import {
  importState,
  openStateForReading,
  openStateRows,
  openStateStore,
  type SqliteStateStore,
  type StateDamaged,
  type StateRows,
} from '@clearchart/state-store';
import type { LedgerReader } from './ledger/ledger-reader.ts';
import { fetchSnapshot, type Snapshot, SnapshotGiver } from './snapshots/index.ts';
import { FILES, makeFolder, syncFolder, writeDurably } from './storage/data-folder.ts';

export interface JoiningPorts {
  /** The data folder. */
  readonly folder: string;
  readonly genesis: Genesis;
  readonly verifier: SignatureVerifier;
  readonly peers: () => readonly OrganizationId[];
  readonly nameOf: (organization: OrganizationId) => string | undefined;
  readonly ask: (peer: OrganizationId, question: Uint8Array) => Promise<Uint8Array>;
  readonly fetch: (peer: OrganizationId, after: Checkpoint) => Promise<readonly Block[]>;
  /** A block that the history must hold. */
  readonly known: Checkpoint | undefined;
  /** The ledger made from the blocks, as far as it is. */
  readonly own: { readonly height: number; readonly transactionCount: number };
  /** Transactions that must be lacking for a snapshot to be worth while. */
  readonly least: number;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly onNote: (words: string) => void;
  readonly onDamage: (damage: StateDamaged) => void;
}

/** What the fetched part of the ledger is. */
interface JoinedParts {
  readonly state: SqliteStateStore;
  readonly blocks: BlockStore;
  /** Of the block after which the fetched state was. */
  readonly base: Header;
  /** Those up to the base. */
  readonly memberChanges: readonly MemberChange[];
  /** What shows that the base is final. */
  readonly final: FinalityProof;
  /** Once the ordinary stores have taken its place, and these are closed. */
  readonly remove: () => void;
}

/** Says that the folder is whole: written last, and taken away first. */
const PROOF = 'proof.json';
const ROWS = 'rows.db';
const NEW_STATE = 'new-state.db';
/** Beside the file of a database. */
const DATABASE_ENDS = ['', '-wal', '-shm'];

/** What was fetched before, or is fetched now; undefined when this node follows the ledger block by block. */
export async function openJoined(ports: JoiningPorts): Promise<JoinedParts | undefined> {
  const folder = join(ports.folder, FILES.joining);
  const remove = (): void => {
    rmSync(join(folder, PROOF), { force: true });
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    if (!existsSync(join(folder, PROOF)) && !(await fetchInto(folder, ports))) {
      remove();
      return undefined;
    }
    const opened = await openParts(folder, ports, remove);
    if (opened.state.height > ports.own.height) return opened;
    opened.state.close();
    await opened.blocks.close();
  } catch (fault) {
    ports.onNote(`joining by a snapshot failed, so every block is applied: ${wordsOf(fault)}`);
  }
  remove();
  return undefined;
}

/** Whether the node of this data folder takes part without having its history. */
export function lacksHistory(dataFolder: string): boolean {
  return existsSync(join(dataFolder, FILES.joining, PROOF));
}

async function openParts(folder: string, ports: JoiningPorts, remove: () => void): Promise<JoinedParts> {
  const { genesis, onDamage, verifier } = ports;
  const { final, memberChanges } = JSON.parse(readFileSync(join(folder, PROOF), 'utf8')) as {
    final: FinalityProof;
    memberChanges: readonly MemberChange[];
  };
  const checked = checkFinal(final, genesis, chainIdOf(genesis), memberChanges, verifier);
  if (!checked.ok) throw new Error(checked.reason);
  const onStateDamage = (damage: StateDamaged): void => {
    // The next start does without.
    rmSync(join(folder, PROOF), { force: true });
    onDamage(damage);
  };
  const state = openStateStore(join(folder, FILES.state), genesis, { onDamage: onStateDamage });
  try {
    if (state.base !== checked.header.height) throw new Error('the state is not the one that was fetched');
    for (const _ of state.verify(false)) await rest(ports.timers);
    const disk = await openNodeDisk(join(folder, FILES.blocks), 'write');
    const blocks = await openBlockStore(disk, { firstHeight: state.base, acknowledgedHeight: state.height });
    try {
      // Nobody mends these: one that does not read is found now.
      for (let height = state.base; height <= blocks.height; height += 1) await blocks.read(height);
    } catch (fault) {
      await blocks.close();
      throw fault;
    }
    return { state, blocks, base: checked.header, memberChanges, final, remove };
  } catch (fault) {
    state.close();
    throw fault;
  }
}

/** @returns false when nobody gives a snapshot that is worth while. */
async function fetchInto(folder: string, ports: JoiningPorts): Promise<boolean> {
  if (ports.peers().length === 0) return false;
  makeFolder(folder);
  for (const end of DATABASE_ENDS) {
    rmSync(join(folder, FILES.state + end), { force: true });
    rmSync(join(folder, NEW_STATE + end), { force: true });
  }
  rmSync(join(folder, FILES.blocks), { recursive: true, force: true });
  const rows = openStateRows(join(folder, ROWS), 'durable');
  let snapshot: Snapshot | undefined;
  try {
    snapshot = await fetchSnapshot({ ...ports, rows });
    if (snapshot === undefined) return false;
    await importRows(join(folder, NEW_STATE), rows, snapshot, ports);
  } finally {
    rows.close();
  }
  const { block, offer } = snapshot;
  const disk = await openNodeDisk(join(folder, FILES.blocks), 'write');
  const blocks = await openBlockStore(disk, { firstHeight: block.header.height });
  await blocks.append(block.header.height, encodeBlock(block));
  await blocks.close();
  renameSync(join(folder, NEW_STATE), join(folder, FILES.state));
  syncFolder(folder);
  writeDurably(join(folder, PROOF), JSON.stringify({ final: offer.final, memberChanges: offer.memberChanges }));
  syncFolder(folder);
  syncFolder(ports.folder);
  for (const end of DATABASE_ENDS) rmSync(join(folder, ROWS + end), { force: true });
  ports.onNote(`joined by a snapshot: the state at block ${block.header.height} is here; older blocks come meanwhile`);
  return true;
}

async function importRows(path: string, rows: StateRows, { block, offer, usedIds }: Snapshot, ports: JoiningPorts) {
  const { header } = block;
  const ids = block.transactions.map(transactionId);
  const ofBlock = new Set(ids);
  const importing = importState(path, {
    genesis: ports.genesis,
    block: { header, hash: headerHash(header), ids },
    rows: rows.all(),
    usedIds: usedIds.filter((id) => !ofBlock.has(id)),
    memberChanges: memberSetsOf(offer, rows),
  });
  for (const _ of importing) await rest(ports.timers);
}

/** Sets that were decided on, and the one at this block. When the last decision came into force between them is told by older blocks. */
function memberSetsOf({ final, memberChanges }: Snapshot['offer'], rows: StateRows): MembersWritten[] {
  const { height } = final.header;
  const decided = memberChanges
    .filter(({ header }) => header.height <= height)
    .map(({ header, stateProof }) => ({ height: header.height, set: stateProof.value as MemberSet }));
  const members = rows.get(MEMBERS_KEY);
  if (members === undefined) throw new Error('the state has no members');
  const set = decodeValue(members) as MemberSet;
  const last = decided.at(-1);
  if (last === undefined || memberSetHash(last.set) === memberSetHash(set)) return decided;
  return [...decided.filter((one) => one.height < height), { height, set }];
}

interface GiverPorts {
  /** The data folder. */
  readonly folder: string;
  readonly genesis: Genesis;
  readonly reader: LedgerReader;
  readonly state: SqliteStateStore;
  readonly verifier: SignatureVerifier;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly onFault: (fault: unknown) => void;
}

/** Gives this node's state to members that join. */
export function openGiver({ folder, genesis, reader, verifier, ...ports }: GiverPorts): SnapshotGiver {
  const path = join(folder, FILES.givenState);
  const dropCopy = (): void => {
    for (const end of DATABASE_ENDS) rmSync(path + end, { force: true });
  };
  dropCopy();
  return new SnapshotGiver({
    ...ports,
    openState: () => openStateForReading(join(folder, FILES.state), genesis),
    newCopy: () => openStateRows(path, 'scratch'),
    dropCopy,
    transactionCount: () => ports.state.transactionCount,
    canGive: () => reader.older === undefined,
    proofOf(height) {
      const header = reader.header(height);
      if (header === undefined) return undefined;
      const final = reader.finalityProof(header);
      const memberChanges = reader.memberChangesTo(final);
      const checked = checkFinal(final, genesis, chainIdOf(genesis), memberChanges, verifier);
      return checked.ok ? { final, memberChanges } : undefined;
    },
    headers: (from, count) => reader.headers(from, count),
    block: (height) => reader.block(height),
    nodes: ports.state,
  });
}

function rest(timers: Timers): Promise<void> {
  return new Promise((resolve) => timers.after(0, resolve));
}

function wordsOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}
