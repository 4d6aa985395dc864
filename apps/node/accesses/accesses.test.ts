/** Windows, batches and the audit chain over a real ledger, with a clock that is moved by hand. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { labelledHash, toHex } from '@clearchart/crypto';
import { type AccessEntry, isRejection, merkleRoot, parseTransaction } from '@clearchart/ledger';
import { nodeAead } from '@clearchart/node-crypto';
import type { Hospital } from '../hospital.ts';
import {
  fill,
  type FilledHospital,
  read,
  SYSTEM,
  type TestHospital,
  testHospital,
} from '../operator/hospital.fixture.ts';
import { checkAuditLog } from './audit-log.ts';

let place: TestHospital;
let hospital: Hospital;
let filled: FilledHospital;
const MINUTE_MS = 60_000;

before(async () => {
  place = await testHospital();
  hospital = await place.open();
  filled = await fill(hospital, place.clock);
});
after(async () => {
  await hospital.close();
  await place.remove();
});

function listed(): AccessEntry[] {
  const pseudonym = hospital.clinical.pseudonymOf(filled.patient) ?? '';
  return hospital.accesses.entries.list(pseudonym, 0, 1000).map(({ entry }) => entry);
}

async function toLedger(): Promise<void> {
  hospital.accesses.batches.send(false);
  assert.equal(await hospital.settled(30_000), true);
}

test('C12 reads within 15 minutes are one event; the first after them is another', async () => {
  place.clock.advance(60 * MINUTE_MS);
  const before = listed().filter(({ kind }) => kind === 'opened').length;
  for (let times = 0; times < 3; times += 1) {
    await read(hospital, filled.practitioner, 'Observation', filled.observation);
    place.clock.advance(4 * MINUTE_MS);
  }
  place.clock.advance(4 * MINUTE_MS);
  await read(hospital, filled.practitioner, 'Observation', filled.observation);
  await toLedger();
  assert.equal(listed().filter(({ kind }) => kind === 'opened').length, before + 2);
});

test('C12 a program’s window is an hour', async () => {
  place.clock.advance(2 * 60 * MINUTE_MS);
  const before = listed().filter(({ kind }) => kind === 'opened').length;
  await read(hospital, SYSTEM, 'Observation', filled.observation);
  place.clock.advance(59 * MINUTE_MS);
  await read(hospital, SYSTEM, 'Observation', filled.observation);
  await toLedger();
  assert.equal(listed().filter(({ kind }) => kind === 'opened').length, before + 1);
});

test('C12 the reads of each reader are an event of their own', async () => {
  place.clock.advance(2 * 60 * MINUTE_MS);
  const opened = (): number =>
    Number(hospital.database.prepare('SELECT count(*) AS events FROM access_windows').get()?.['events']);
  const before = opened();
  for (let times = 0; times < 2; times += 1) {
    await read(hospital, filled.practitioner, 'Observation', filled.observation);
    await read(hospital, SYSTEM, 'Observation', filled.observation);
    await read(hospital, { ...SYSTEM, tokenId: 'another token' }, 'Observation', filled.observation);
  }
  assert.equal(opened(), before + 3);
});

test('C14 C15 a window closes with the number of its reads and the root over them', async () => {
  place.clock.advance(2 * 60 * MINUTE_MS);
  hospital.accesses.windows.closeDue();
  for (let times = 0; times < 3; times += 1) {
    await read(hospital, filled.practitioner, 'Observation', filled.observation);
  }
  await toLedger();
  const opened = listed().findLast(({ kind }) => kind === 'opened');
  place.clock.advance(16 * MINUTE_MS);
  hospital.accesses.windows.closeDue();
  await toLedger();
  const closed = listed().find(({ kind, access }) => kind === 'closed' && access === opened?.access);
  const leaves = hospital.database
    .prepare('SELECT hash FROM audit WHERE access_id = ? ORDER BY sequence')
    .all(opened?.access ?? '')
    .map(({ hash }) => hash as Uint8Array);
  assert.equal(leaves.length, 3);
  assert.deepEqual(closed?.kind === 'closed' ? [closed.count, closed.root] : [], [3, toHex(merkleRoot(leaves))]);
});

test('C16 a batch that waited longer than it is valid reaches the ledger under a new signature', async () => {
  place.clock.advance(60 * MINUTE_MS);
  await read(hospital, filled.practitioner, 'Observation', filled.observation);
  const { access_id: id } =
    hospital.database.prepare('SELECT access_id FROM access_windows ORDER BY opened_at DESC LIMIT 1').get() ?? {};
  await hospital.close();
  // Closing writes the batch to the outbox and no longer to the ledger.
  place.clock.advance(25 * 60 * MINUTE_MS);
  hospital = await place.open();
  assert.equal(await hospital.settled(30_000), true);
  assert.ok(listed().some(({ kind, access }) => kind === 'opened' && access === id));
  const row = hospital.database
    .prepare(
      'SELECT o.bytes, o.state FROM access_windows w JOIN outbox o ON o.sequence = w.opened_in WHERE access_id = ?',
    )
    .get(String(id));
  const transaction = parseTransaction(row?.['bytes'] as Uint8Array);
  assert.ok(!isRejection(transaction) && transaction.type === 'log-accesses');
  assert.equal(row?.['state'], 'final');
});

test('C16 the declaration is renewed every day without any event', async () => {
  const before = hospital.reader.declaredUpTo(hospital.organization);
  place.clock.advance(25 * 60 * MINUTE_MS);
  hospital.accesses.batches.renewIfOlderThan(24 * 60 * MINUTE_MS);
  assert.equal(await hospital.settled(30_000), true);
  assert.ok(hospital.reader.declaredUpTo(hospital.organization) > before);
});

interface AuditRow {
  sequence: number;
  access_id: string | null;
  hash: Uint8Array;
  sealed: Uint8Array;
}

/** What the check says after a change that is then taken back; whoever makes it also chains all hashes anew. */
function afterForging(forge: (rows: AuditRow[]) => AuditRow[]): string[] {
  const { database } = hospital;
  const rows = database.prepare('SELECT * FROM audit ORDER BY sequence').all() as unknown as AuditRow[];
  database.exec('BEGIN; DELETE FROM audit');
  const insert = database.prepare('INSERT INTO audit (sequence, access_id, hash, sealed) VALUES (?, ?, ?, ?)');
  let previous: Uint8Array = new Uint8Array(32);
  for (const [index, { access_id: access, sealed }] of forge(rows).entries()) {
    previous = labelledHash('clearchart/audit/v0', previous, sealed);
    insert.run(index + 1, access, previous, sealed);
  }
  const found = [...checkAuditLog(database, hospital.keys.audit, nodeAead)].map(({ code }) => code);
  database.exec('ROLLBACK');
  return found;
}

test('C14 an entry that is left out, moved, changed or given to another access is found, however the hashes are made anew', () => {
  assert.deepEqual(
    afterForging((rows) => rows),
    [],
  );
  assert.notDeepEqual(
    afterForging((rows) => rows.filter((_, index) => index !== 1)),
    [],
  );
  assert.notDeepEqual(
    afterForging((rows) => rows.slice(0, -1)),
    [],
  );
  assert.notDeepEqual(
    afterForging(([first, second, ...rest]) => [second, first, ...rest].filter((row) => row !== undefined)),
    [],
  );
  assert.notDeepEqual(
    afterForging((rows) => rows.map((row) => ({ ...row, access_id: null }))),
    [],
  );
  assert.notDeepEqual(
    afterForging((rows) =>
      rows.map((row, index) =>
        index === 2 ? { ...row, sealed: row.sealed.map((byte, at) => (at === 20 ? byte ^ 1 : byte)) } : row,
      ),
    ),
    [],
  );
  assert.deepEqual(
    afterForging(() => []),
    ['audit-chain-broken'],
  );
});
