/**
 * Re-reads the whole store: every body is opened and held against the commitment on the ledger, every
 * column against its body, every index row against the value it comes from, both ways.
 */
import { categoryOf, matchesCommitment } from '@clearchart/records';
import { equalBytes, toHex } from '@clearchart/crypto';
import { checkDictionary } from './check-dictionary.ts';
import type { CheckFault } from './check-fault.ts';
import { decodeHashes, describeRows, encodeHashes, IndexTables } from './index-rows.ts';
import type { Resource } from './ports.ts';
import type { StoreParts } from './store-parts.ts';
import { METHODS } from './tables.ts';
import { TOMBSTONE_TAG } from './versions.ts';
import { contentOf, type OpenedVersion } from './opened-version.ts';

/** The commitment (64 hex) that the ledger, or a transaction waiting for it, holds for a version. */
export type CommitmentLookup = (record: string, version: number) => string | undefined;

const ROWS_AT_ONCE = 200;

export async function* checkStore(parts: StoreParts, commitments: CommitmentLookup): AsyncGenerator<CheckFault> {
  const integrity = guarded(() => parts.database.prepare('PRAGMA integrity_check(20)').all());
  for (const row of integrity ?? [{ integrity_check: 'the database cannot be read' }]) {
    const text = String(row['integrity_check']);
    if (text !== 'ok') yield { code: 'database-damaged', where: 'clinical.db', detail: text.slice(0, 200) };
  }
  try {
    yield* checkDictionary(parts);
    yield* parts.keptOutcomes.check();
    yield* checkVersions(parts, commitments);
    yield* checkHeads(parts);
    yield* checkMatches(parts);
    yield* checkOrphans(parts);
    yield* checkPatients(parts);
  } catch (fault) {
    if (!isDatabaseFault(fault)) throw fault;
    yield { code: 'database-damaged', where: 'clinical.db', detail: 'a page cannot be read' };
  }
}

function isDatabaseFault(fault: unknown): boolean {
  return fault instanceof Error && (fault as { code?: string }).code === 'ERR_SQLITE_ERROR';
}

function guarded<Value>(act: () => Value): Value | undefined {
  try {
    return act();
  } catch (fault) {
    if (!isDatabaseFault(fault)) throw fault;
    return undefined;
  }
}

async function* checkVersions(parts: StoreParts, commitments: CommitmentLookup): AsyncGenerator<CheckFault> {
  const select = parts.database.prepare('SELECT vid, rid, version FROM versions WHERE vid > ? ORDER BY vid LIMIT ?');
  for (let last = 0; ; ) {
    const rows = select.all(last, ROWS_AT_ONCE);
    if (rows.length === 0) return;
    for (const row of rows) yield* checkVersion(parts, row['vid'] as number, commitments);
    last = rows.at(-1)?.['vid'] as number;
    await yieldToOthers();
  }
}

function* checkVersion(parts: StoreParts, vid: number, commitments: CommitmentLookup): Generator<CheckFault> {
  const where = `versions/${vid}`;
  let found: ReturnType<StoreParts['versions']['openRecord']>;
  try {
    found = parts.versions.openRecord(vid);
  } catch (fault) {
    if (isDatabaseFault(fault)) throw fault;
    yield { code: 'body-damaged', where, detail: 'the sealed body, or what it is bound to, has changed' };
    return;
  }
  const { version, opened, record, transactionId } = found;
  const named = `${where} record ${record} version ${version.version}`;
  if (transactionId === '')
    yield { code: 'not-anchored', where: named, detail: 'no transaction in the outbox anchors it' };
  const commitment = commitments(record, version.version);
  if (commitment === undefined)
    yield { code: 'not-anchored', where: named, detail: 'the ledger holds no commitment for it' };
  else if (!matchesCommitment(opened, commitment)) {
    yield { code: 'commitment-differs', where: named, detail: 'the ledger holds another commitment' };
  }
  for (const column of differingColumns(parts, version, record)) {
    yield { code: 'column-differs', where: named, detail: `${column} is not what the sealed body says` };
  }
}

function differingColumns(parts: StoreParts, version: OpenedVersion, record: string): string[] {
  const resource = contentOf<Resource>(version);
  const meta = resource['meta'] as {
    versionId?: string;
    lastUpdated?: string;
    tag?: { system?: string; code?: string }[];
  };
  const tombstone =
    meta.tag?.some(({ system, code }) => system === TOMBSTONE_TAG.system && code === TOMBSTONE_TAG.code) === true;
  const row = parts.statements.all('SELECT type FROM versions WHERE vid = ?', [version.vid])[0];
  const method = tombstone ? 'DELETE' : version.version === 1 ? 'POST' : 'PUT';
  const columns: [string, boolean][] = [
    ['record', toHex(parts.hash.record(resource.resourceType, resource.id ?? '').bytes) === record],
    ['type', parts.types.code(resource.resourceType) === row?.['type']],
    ['version', meta.versionId === String(version.version)],
    ['updated', meta.lastUpdated === new Date(version.updated).toISOString()],
    ['method', method === version.method],
    ['category', tombstone || categoryOf(withoutStamps(resource, meta)) === version.category],
  ];
  return columns.filter(([, equal]) => !equal).map(([name]) => name);
}

/** The category was decided on the resource as it came in. */
function withoutStamps(
  resource: Resource,
  { versionId: _version, lastUpdated: _updated, ...meta }: Record<string, unknown>,
): Resource {
  return { ...resource, meta };
}

async function* checkHeads(parts: StoreParts): AsyncGenerator<CheckFault> {
  const index = new IndexTables(parts.database);
  const select = parts.database.prepare(
    `SELECT r.rid, r.version, r.updated, r.deleted, r.category, r.type, r.head, r.hashes, v.version AS newest, v.updated AS at, v.method, v.category AS kind, v.rid AS owner, v.type AS headType,
       (SELECT count(*) FROM versions w WHERE w.rid = r.rid) AS versions
     FROM resources r LEFT JOIN versions v ON v.vid = r.head WHERE r.rid > ? ORDER BY r.rid LIMIT ?`,
  );
  for (let last = 0; ; ) {
    const rows = select.all(last, ROWS_AT_ONCE);
    if (rows.length === 0) return;
    const faults = await Promise.all(rows.map((row) => checkHead(parts, index, row)));
    yield* faults.flat();
    last = rows.at(-1)?.['rid'] as number;
  }
}

async function checkHead(parts: StoreParts, index: IndexTables, row: Record<string, unknown>): Promise<CheckFault[]> {
  const rid = row['rid'] as number;
  const where = `resources/${rid}`;
  const faults: CheckFault[] = [];
  if (row['owner'] !== rid || row['versions'] !== row['version'] || row['newest'] !== row['version']) {
    faults.push({ code: 'version-missing', where, detail: 'its versions are not 1 to the newest' });
    if (row['owner'] !== rid) return faults;
  }
  const deleted = METHODS[row['method'] as number] === 'DELETE' ? 1 : 0;
  if (
    row['at'] !== row['updated'] ||
    row['kind'] !== row['category'] ||
    row['deleted'] !== deleted ||
    row['headType'] !== row['type']
  ) {
    faults.push({ code: 'column-differs', where, detail: 'a column is not that of the newest version' });
  }
  let version: OpenedVersion;
  try {
    version = parts.versions.openRecord(row['head'] as number).version;
  } catch (fault) {
    if (isDatabaseFault(fault)) throw fault;
    return faults; // Reported with its version.
  }
  const reference = parts.statements.all('SELECT CAST(ref AS TEXT) AS ref FROM resources WHERE rid = ?', [rid])[0]?.[
    'ref'
  ];
  if (String(parts.hash.reference(version.type, version.id)) !== reference) {
    faults.push({ code: 'column-differs', where, detail: 'ref is not what the sealed body says' });
  }
  return [...faults, ...(await checkIndexRows(parts, index, version, row['hashes'] as Uint8Array, where))];
}

async function checkIndexRows(
  parts: StoreParts,
  index: IndexTables,
  version: OpenedVersion,
  hashes: Uint8Array,
  where: string,
): Promise<CheckFault[]> {
  const deleted = version.method === 'DELETE';
  const examined = deleted
    ? { issues: [], values: [], subjects: [] }
    : await parts.definitions.examine(Buffer.from(version.content).toString('utf8'));
  const subjects = deleted
    ? version.subjects
    : (version.type === 'Patient' ? [version.id] : examined.subjects).map((id) => parts.hash.reference('Patient', id));
  const expected = parts.rows.rows(version.type, examined.values, subjects);
  const faults: CheckFault[] = [];
  if (subjects.join() !== version.subjects.join()) {
    faults.push({ code: 'column-differs', where, detail: 'subjects are not what the sealed body says' });
  }
  if (!equalBytes(encodeHashes(expected.hashes), hashes)) {
    faults.push({ code: 'index-differs', where, detail: 'the list of hashes is not what the sealed body gives' });
  }
  const wanted = describeRows(expected);
  const present = index.describe(version.rid);
  for (const row of wanted)
    if (!present.has(row)) faults.push({ code: 'index-differs', where, detail: `${kindOf(row)} row is missing` });
  for (const row of present)
    if (!wanted.has(row)) faults.push({ code: 'index-differs', where, detail: `${kindOf(row)} row has no source` });
  return faults;
}

function kindOf(row: string): string {
  return `a ${row.split('/')[0]}`;
}

/** Every row of `matches` stands in its resource's list of hashes, and every hash of a list has its row. */
async function* checkMatches({ database }: StoreParts): AsyncGenerator<CheckFault> {
  const list = database.prepare('SELECT hashes FROM resources WHERE rid = ?');
  const rows = database.prepare('SELECT rid, hash FROM matches ORDER BY rid');
  rows.setReadBigInts(true);
  const counted = new Map<number, number>();
  let current = -1;
  let listed = new Set<bigint>();
  for (const row of rows.iterate()) {
    const rid = Number(row['rid']);
    if (rid !== current) {
      current = rid;
      const bytes = list.get(rid)?.['hashes'] as Uint8Array | undefined;
      listed = new Set(bytes === undefined ? [] : decodeHashes(bytes));
    }
    if (listed.has(row['hash'] as bigint)) counted.set(rid, (counted.get(rid) ?? 0) + 1);
    else yield { code: 'index-differs', where: `matches of resources/${rid}`, detail: 'a row has no source' };
  }
  for (const row of database.prepare('SELECT rid, length(hashes) / 8 AS count FROM resources').iterate()) {
    const rid = row['rid'] as number;
    if ((counted.get(rid) ?? 0) < (row['count'] as number)) {
      yield { code: 'index-differs', where: `matches of resources/${rid}`, detail: 'a row is missing' };
    }
  }
}

async function* checkOrphans({ database }: StoreParts): AsyncGenerator<CheckFault> {
  for (const table of ['links', 'dates', 'numbers', 'versions']) {
    const rows = database
      .prepare(`SELECT DISTINCT rid FROM ${table} WHERE rid NOT IN (SELECT rid FROM resources) LIMIT 100`)
      .all();
    for (const row of rows)
      yield {
        code: 'index-differs',
        where: `${table} of resources/${row['rid'] as number}`,
        detail: 'there is no such resource',
      };
  }
}

async function* checkPatients(parts: StoreParts): AsyncGenerator<CheckFault> {
  const statement = parts.database.prepare('SELECT ref, pseudonym FROM patients');
  statement.setReadBigInts(true);
  for (const row of statement.iterate()) {
    const where = `patients/${row['pseudonym'] as string}`;
    const found = guardedPatient(() => parts.patients.byPseudonym(row['pseudonym'] as string));
    if (found?.pseudonym !== row['pseudonym'] || parts.hash.reference('Patient', found?.id ?? '') !== row['ref']) {
      yield { code: 'patient-map-damaged', where, detail: 'the sealed row does not say the same' };
    }
  }
  const missing = parts.database
    .prepare(`SELECT r.rid FROM resources r WHERE r.type = ? AND r.ref NOT IN (SELECT ref FROM patients) LIMIT 100`)
    .all(parts.types.code('Patient'));
  for (const row of missing)
    yield {
      code: 'patient-map-damaged',
      where: `resources/${row['rid'] as number}`,
      detail: 'the patient has no pseudonym',
    };
}

function guardedPatient<Value>(act: () => Value): Value | undefined {
  try {
    return act();
  } catch (fault) {
    if (isDatabaseFault(fault)) throw fault;
    return undefined;
  }
}

function yieldToOthers(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
