// The full check of state.db: derive everything anew from the blocks and compare every row of every table, both ways.
// Works beside a running node: the file is read as of one moment and nothing in it is written.
import { toHex } from '@clearchart/crypto';
import {
  type Block,
  type BlockParent,
  type Genesis,
  type Rejection,
  type StateChanges,
  type StateReader,
  chainIdOf,
  genesisParent,
  headerHash,
  isRejection,
  parentOf,
  parseBlock,
  transactionId,
} from '@clearchart/ledger';
import type { BlockFault, ScannedBlock } from '@clearchart/block-store';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { SCHEMA_VERSION, TABLES, openForReading, versionOf } from './schema.ts';
import { type SqliteStateStore, openStateStore } from './state-store.ts';

export type StateFault = { code: string; where: string; detail: string };

export type StateCheck = {
  /** Path of state.db. */
  path: string;
  genesis: Genesis;
  /** All blocks up to a height, or what is wrong with them: a scan of the block store. */
  blocks(to: number): AsyncIterable<ScannedBlock | BlockFault>;
  /** Whether a block is valid after its parent, and what it changes. */
  check(block: Block, state: StateReader, parent: BlockParent): Promise<StateChanges | Rejection>;
  /** Called with each valid block, so that others can compare what they keep with it. */
  onBlock?(block: Block): void;
};

export type StateCheckResult = { height: number; stateRoot: string };

type Kept = { database: DatabaseSync; height: number };

/** Faults of one table that are told one by one. */
const TOLD_FAULTS = 100;

/** Yields every fault; returns the height and root that the blocks give. */
export async function* checkState(check: StateCheck): AsyncGenerator<StateFault, StateCheckResult> {
  const folder = await mkdtemp(join(tmpdir(), 'clearchart-check-'));
  const derivedPath = join(folder, 'state.db');
  const derived = openStateStore(derivedPath, check.genesis, { durability: 'scratch' });
  let kept: Kept | undefined;
  try {
    kept = openKept(check);
    const to = kept?.height ?? Number.MAX_SAFE_INTEGER;
    const isWhole = yield* derive(check, derived, to);
    if (kept === undefined) {
      yield {
        code: 'state-unreadable',
        where: 'state.db',
        detail: 'The file cannot be read as the state of this chain',
      };
    } else if (isWhole && derived.height < kept.height) {
      const detail = `The state is at ${kept.height}, the blocks end at ${derived.height}`;
      yield { code: 'blocks-missing', where: `block ${derived.height + 1}`, detail };
    } else if (isWhole) {
      yield* compareTables(check.path, derivedPath, kept);
    }
    return { height: derived.height, stateRoot: toHex(derived.root) };
  } finally {
    kept?.database.close();
    derived.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Without looking at checksums: which rows are wrong is what is about to be found out. */
function openKept({ path, genesis }: StateCheck): Kept | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = openForReading(path);
    const select = database.prepare('SELECT value FROM meta WHERE name = ?');
    database.exec('BEGIN');
    const height = Number(select.get('height')?.['value']);
    const isOurs = versionOf(database) === SCHEMA_VERSION && select.get('chain')?.['value'] === chainIdOf(genesis);
    if (isOurs && Number.isSafeInteger(height)) return { database, height };
    database.close();
  } catch {
    database?.close();
  }
  return undefined;
}

/** False when a fault in the blocks leaves the state behind it unknown. */
async function* derive(check: StateCheck, state: SqliteStateStore, to: number): AsyncGenerator<StateFault, boolean> {
  let parent = genesisParent(check.genesis);
  let isWhole = true;
  for await (const item of check.blocks(to)) {
    if ('code' in item) {
      isWhole = false;
      const where = `block ${item.height}, segment ${item.segment}, byte ${item.offset}`;
      yield { code: item.code, where, detail: item.detail };
      continue;
    }
    const block = parseBlock(item.bytes);
    if (isRejection(block)) {
      isWhole = false;
      yield { code: 'block-invalid', where: `block ${item.height}`, detail: block.code };
    }
    if (!isWhole || isRejection(block)) continue;
    const changes = await check.check(block, state, parent);
    if (isRejection(changes)) {
      isWhole = false;
      yield { code: 'block-invalid', where: `block ${item.height}`, detail: changes.code };
      continue;
    }
    const ids = block.transactions.map(transactionId);
    state.commit({ header: block.header, hash: headerHash(block.header), ids }, changes);
    parent = parentOf(block.header);
    check.onBlock?.(block);
  }
  return isWhole;
}

function* compareTables(path: string, derivedPath: string, kept: Kept): Generator<StateFault> {
  const derived = openForReading(derivedPath);
  try {
    for (const [table, key] of Object.entries(TABLES)) {
      try {
        yield* compareTable(table, key, kept.database, derived);
      } catch {
        yield { code: 'state-unreadable', where: `state.db ${table}`, detail: `A table of ${path} cannot be read` };
      }
    }
  } finally {
    derived.close();
  }
}

type Row = Record<string, unknown>;

function* compareTable(
  table: string,
  key: readonly string[],
  kept: DatabaseSync,
  derived: DatabaseSync,
): Generator<StateFault> {
  const query = `SELECT * FROM ${table} ORDER BY ${key.join(', ')}`;
  const left = kept.prepare(query).iterate();
  const right = derived.prepare(query).iterate();
  let have: Row | undefined = next(left);
  let want: Row | undefined = next(right);
  let told = 0;
  while (have !== undefined || want !== undefined) {
    const order = compareKeys(have, want, key);
    const fault = faultOf(table, key, order, have, want);
    if (fault !== undefined) {
      yield fault;
      told += 1;
      if (told >= TOLD_FAULTS) return;
    }
    if (order <= 0) have = next(left);
    if (order >= 0) want = next(right);
  }
}

function faultOf(table: string, key: readonly string[], order: number, have: Row | undefined, want: Row | undefined) {
  const row = (order <= 0 ? have : want) ?? {};
  const where = `state.db ${table} ${key.map((column) => show(row[column])).join(' ')}`;
  if (order < 0) return { code: 'state-row-unexpected', where, detail: 'No block gives this row' };
  if (order > 0) return { code: 'state-row-missing', where, detail: 'The blocks give a row that is not there' };
  const wrong = Object.keys(want ?? {}).find((column) => compareValues(have?.[column], want?.[column]) !== 0);
  if (wrong === undefined) return undefined;
  return { code: 'state-row-wrong', where, detail: `The column ${wrong} is not what the blocks give` };
}

function next(rows: Iterator<Row>): Row | undefined {
  const step = rows.next();
  return step.done === true ? undefined : step.value;
}

/** As SQLite orders keys: numbers by value, texts and blobs by their bytes; what has ended is last. */
function compareKeys(have: Row | undefined, want: Row | undefined, key: readonly string[]): number {
  if (have === undefined || want === undefined) return have === undefined ? 1 : -1;
  for (const column of key) {
    const order = compareValues(have[column], want[column]);
    if (order !== 0) return order;
  }
  return 0;
}

function compareValues(left: unknown, right: unknown): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return Buffer.compare(bytesOf(left), bytesOf(right));
}

function bytesOf(value: unknown): Uint8Array {
  return value instanceof Uint8Array ? value : Buffer.from(String(value), 'utf8');
}

function show(value: unknown): string {
  if (!(value instanceof Uint8Array)) return String(value);
  return toHex(value);
}
