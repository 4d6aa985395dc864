/** The broken variants these catch: a check that stops at the first fault, or reads rows one way only. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEnvelope, utf8 } from '@clearchart/crypto';
import { nodeAead } from '@clearchart/node-crypto';
import { DatabaseSync } from 'node:sqlite';
import type { CheckFault } from './check-fault.ts';
import { sharedDefinitions, type TestStore, testStore } from './store.fixture.ts';

let folder: string;
let test_: TestStore;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'clearchart-check-'));
  test_ = await testStore(join(folder, 'clinical.db'));
  const session = test_.session();
  const made = await session.create('Patient', {
    resourceType: 'Patient',
    name: [{ family: 'Canaryfamily' }],
    identifier: [{ system: 'urn:mrn', value: 'Canarynumber' }],
    birthDate: '1980-04-05',
    telecom: [{ system: 'phone', value: 'Canaryphone' }],
  });
  const id = made.version?.id ?? '';
  const observation = {
    resourceType: 'Observation',
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '8302-2', display: 'Canarydisplay' }] },
    subject: { reference: `Patient/${id}` },
    effectiveDateTime: '2020-02-03T10:00:00Z',
    valueQuantity: { value: 171, unit: 'cm', system: 'http://unitsofmeasure.org', code: 'cm' },
    note: [{ text: 'Canarynote' }],
  };
  const once = test_.store.once({ owner: 'token/1', key: 'once', request: '00' });
  const first = await session.create('Observation', observation, undefined, once.part(0));
  once.end();
  await session.update(
    'Observation',
    { id: first.version?.id ?? '' },
    { ...observation, id: first.version?.id, status: 'amended' },
  );
  const second = await session.create('Observation', observation);
  await session.delete('Observation', { id: second.version?.id ?? '' });
});
after(async () => {
  rmSync(folder, { recursive: true });
  await (await sharedDefinitions()).close();
});

async function faults(store = test_): Promise<CheckFault[]> {
  const found: CheckFault[] = [];
  for await (const fault of store.store.check((record, version) => test_.commitments.get(`${record}/${version}`)))
    found.push(fault);
  return found;
}

/** Makes a change, looks at what the check says, takes it back. */
async function changed(sql: string, ...values: (string | number | Uint8Array)[]): Promise<CheckFault[]> {
  test_.database.exec('BEGIN');
  const { changes } = test_.database.prepare(sql).run(...values);
  assert.ok(Number(changes) > 0, `nothing was changed by ${sql}`);
  const found = await faults();
  test_.database.exec('ROLLBACK');
  return found;
}

test('R27 a store as it was written has no faults', async () => {
  assert.deepEqual(await faults(), []);
});

test('R27 one flipped byte in a sealed body, a custody wrap or a binding is named', async () => {
  for (const column of ['sealed', 'wrap', 'tag', 'pseudonym']) {
    const row = test_.database
      .prepare(`SELECT vid, ${column} AS bytes FROM versions WHERE ${column} IS NOT NULL ORDER BY vid LIMIT 1`)
      .get();
    const bytes = Uint8Array.from(row?.['bytes'] as Uint8Array);
    for (const position of [0, bytes.length >> 1, bytes.length - 1]) {
      const flipped = bytes.with(position, (bytes[position] ?? 0) ^ 1);
      const [fault] = await changed(`UPDATE versions SET ${column} = ? WHERE vid = ?`, flipped, row?.['vid'] as number);
      assert.equal(fault?.code, 'body-damaged', `${column} at ${position}`);
      assert.match(fault?.where ?? '', /versions\/1/);
    }
  }
});

test('R27 a changed column beside a body is named', async () => {
  const changes: [string, CheckFault['code']][] = [
    ['UPDATE versions SET updated = updated + 1 WHERE vid = 2', 'column-differs'],
    ['UPDATE versions SET category = 3 WHERE vid = 2', 'column-differs'],
    ['UPDATE versions SET method = 1 WHERE vid = 2', 'column-differs'],
    ['UPDATE versions SET method = 1 WHERE method = 2', 'column-differs'],
    ['UPDATE versions SET type = 1 WHERE vid = 2', 'column-differs'],
    ["UPDATE versions SET subjects = x'0000000000000001' WHERE vid = 3", 'column-differs'],
    ['UPDATE versions SET anchor = 999999 WHERE vid = 2', 'not-anchored'],
    ['UPDATE versions SET version = 7 WHERE vid = 2', 'body-damaged'],
    ['UPDATE resources SET deleted = 1 WHERE rid = 1', 'column-differs'],
    ['UPDATE resources SET deleted = 0 WHERE deleted = 1', 'column-differs'],
    ['UPDATE resources SET updated = 1 WHERE rid = 1', 'column-differs'],
    ['UPDATE resources SET category = 3 WHERE rid = 1', 'column-differs'],
    ['UPDATE resources SET ref = 1 WHERE rid = 1', 'column-differs'],
    ['UPDATE resources SET type = 2 WHERE rid = 1', 'column-differs'],
    ["UPDATE resources SET record = x'00' WHERE rid = 1", 'body-damaged'],
    ['UPDATE resources SET head = 2 WHERE rid = 2', 'version-missing'],
    ['DELETE FROM versions WHERE vid = 2', 'version-missing'],
    ['DELETE FROM resources WHERE rid = 2', 'database-damaged'],
    ["UPDATE patients SET sealed = x'00'", 'patient-map-damaged'],
    ['UPDATE patients SET ref = 5', 'patient-map-damaged'],
    ["UPDATE patients SET pseudonym = 'x'", 'patient-map-damaged'],
    ['DELETE FROM patients', 'patient-map-damaged'],
  ];
  for (const [sql, code] of changes) {
    const found = await changed(sql).catch((fault: unknown) => [
      { code: 'database-damaged', where: '', detail: String(fault) },
    ]);
    assert.ok(
      found.some((fault) => fault.code === code || sql.startsWith('DELETE FROM resources')),
      `${sql}: ${JSON.stringify(found)}`,
    );
  }
});

test('R27 an index row that is changed, missing or too much is named, in every table', async () => {
  const changes = [
    'UPDATE matches SET hash = hash + 1 WHERE hash = (SELECT min(hash) FROM matches)',
    'DELETE FROM matches WHERE hash = (SELECT min(hash) FROM matches)',
    'INSERT INTO matches (hash, rid) VALUES (12345, 1)',
    'INSERT INTO matches (hash, rid) VALUES (12345, 999)',
    'UPDATE links SET target = target + 1 WHERE parameter > 0',
    'DELETE FROM links WHERE parameter = 0',
    'INSERT INTO links (parameter, target, rid) VALUES (5, 5, 1)',
    'INSERT INTO links (parameter, target, rid) VALUES (5, 5, 999)',
    'UPDATE dates SET low = low - 1',
    'DELETE FROM dates',
    'INSERT INTO dates (rid, parameter, low, high) VALUES (1, 5, 5, 5)',
    'UPDATE numbers SET high = high + 1',
    'UPDATE numbers SET unit = unit + 1',
    'DELETE FROM numbers',
    "UPDATE resources SET hashes = x'' WHERE rid = 1",
  ];
  for (const sql of changes) {
    const found = await changed(sql);
    assert.ok(
      found.some(({ code }) => code === 'index-differs'),
      `${sql}: ${JSON.stringify(found)}`,
    );
  }
});

test('R27 a renamed or missing row of the dictionary is named', async () => {
  const changes: [string, RegExp][] = [
    ["UPDATE types SET name = 'Patiens' WHERE name = 'Patient'", /^types\/\d+$/],
    ["UPDATE parameters SET name = 'birthdat1' WHERE type = 'Patient' AND name = 'birthdate'", /^parameters\/\d+$/],
    ["DELETE FROM parameters WHERE type = 'Patient' AND name = 'birthdate'", /^parameters$/],
  ];
  for (const [sql, where] of changes) {
    const [fault] = await changed(sql);
    assert.equal(fault?.code, 'dictionary-differs', sql);
    assert.match(fault?.where ?? '', where);
  }
});

test('a version whose commitment the ledger does not hold, or holds otherwise, is named', async () => {
  const collect = async (lookup: (record: string, version: number) => string | undefined): Promise<string[]> => {
    const codes = [];
    for await (const { code } of test_.store.check(lookup)) codes.push(code);
    return codes;
  };
  assert.deepEqual([...new Set(await collect(() => undefined))], ['not-anchored']);
  assert.deepEqual([...new Set(await collect(() => '0'.repeat(64)))], ['commitment-differs']);
});

test('R3 another resource with a good seal does not pass for this one', async () => {
  const found = await changed(
    'UPDATE versions SET sealed = (SELECT sealed FROM versions WHERE vid = 4), wrap = (SELECT wrap FROM versions WHERE vid = 4) WHERE vid = 2',
  );
  assert.equal(found[0]?.code, 'body-damaged');
});

test('bytes flipped in the file itself are found wherever a row stands', async () => {
  test_.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const whole = readFileSync(join(folder, 'clinical.db'));
  const copy = join(folder, 'copy.db');
  const rootPages = test_.database
    .prepare(
      "SELECT name, rootpage FROM sqlite_master WHERE rootpage > 0 AND name NOT LIKE 'sqlite%' AND tbl_name NOT IN ('types', 'parameters', 'outbox')",
    )
    .all();
  const pageBytes = 4_096;
  let flips = 0;
  for (const { rootpage, name } of rootPages) {
    const end = (rootpage as number) * pageBytes;
    for (const offset of [1, 9, 40]) {
      const damaged = Buffer.from(whole);
      // Cells are filled from the end of a page.
      if ((damaged[end - offset] ?? 0) === 0 && offset > 9) continue;
      damaged[end - offset] = (damaged[end - offset] ?? 0) ^ 0x40;
      writeFileSync(copy, damaged);
      const found = await damagedFaults(copy);
      assert.ok(found > 0, `${name as string} at ${offset} from the end of its page`);
      flips++;
    }
  }
  assert.ok(flips > 30);
});

/** A database that cannot even be opened is a fault, too. */
async function damagedFaults(path: string): Promise<number> {
  try {
    return (await faults(await testStore(path))).length;
  } catch (fault) {
    assert.equal((fault as { code?: string }).code, 'ERR_SQLITE_ERROR', String(fault));
    return 1;
  }
}

test('R22 canaries of the content stand nowhere in the file in clear', () => {
  test_.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const file = readFileSync(join(folder, 'clinical.db')).toString('latin1');
  assert.doesNotMatch(file, /canary/i);
  const id = new DatabaseSync(join(folder, 'clinical.db')).prepare('SELECT count(*) AS n FROM resources').get();
  assert.equal(id?.['n'], 3);
});

test('R23 dates, numbers, times, versions and pseudonyms stand in clear, under surrogate ids only', () => {
  const one = (sql: string, ...values: (string | number)[]) => test_.database.prepare(sql).get(...values) ?? {};
  const day = Date.parse('2020-02-03T10:00:00Z');
  const number = one('SELECT rid, low, high FROM numbers WHERE low <= 171 AND high >= 171');
  const date = one('SELECT rid FROM dates WHERE low = ?', day);
  assert.equal(number['rid'], date['rid']);
  const resource = one('SELECT version, updated, head FROM resources WHERE rid = ?', number['rid'] as number);
  assert.deepEqual([resource['version'], Math.abs(Number(resource['updated']) - test_.now) < 1_000], [2, true]);
  const newest = one('SELECT pseudonym FROM versions WHERE vid = ?', resource['head'] as number);
  assert.equal(Buffer.from(newest['pseudonym'] as Uint8Array).toString('hex'), test_.enrolled[0]);
  const rids = test_.database.prepare('SELECT rid FROM resources ORDER BY rid').all();
  assert.deepEqual(
    rids.map(({ rid }) => rid),
    [1, 2, 3],
  );
});

test('R24 the map from patients to pseudonyms opens under the custody key alone, each row in its sealed bytes only', () => {
  const { sealed, pseudonym } = test_.database.prepare('SELECT sealed, pseudonym FROM patients').get() ?? {};
  const bound = utf8('clearchart/patient-pseudonym/v0');
  const open = (fill: number, bytes: Uint8Array) => openEnvelope(nodeAead, new Uint8Array(32).fill(fill), bytes, bound);
  const opened = open(1, sealed as Uint8Array) ?? assert.fail('the custody key opens the row');
  const map = JSON.parse(Buffer.from(opened).toString('utf8')) as { id: string; pseudonym: string };
  assert.equal(map.pseudonym, pseudonym);
  assert.equal(test_.store.pseudonymOf(map.id), pseudonym);
  assert.ok(!Buffer.from(sealed as Uint8Array).includes(map.id));
  for (const other of [2, 3, 4]) assert.equal(open(other, sealed as Uint8Array), undefined);
  const bent = (sealed as Uint8Array).map((byte, at) => (at === 20 ? byte ^ 1 : byte));
  assert.equal(open(1, bent), undefined);
});
