/**
 * Damage of every kind, everywhere. Each column of each table is changed once, and bytes of each file are flipped: the checker
 * must say no and name the place, and never fall over. The broken variant it catches: any column or file left out.
 */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { systemTimers } from '../clock.ts';
import { openHospital } from '../compose.ts';
import { checkDataFolder } from '../compose-operator.ts';
import type { Hospital } from '../hospital.ts';
import { FILES } from '../storage/data-folder.ts';
import type { CheckReport } from './check.ts';
import { fill, type TestHospital, testHospital } from './hospital.fixture.ts';

let hospital: TestHospital;
let damaged: string;

before(async () => {
  hospital = await testHospital();
  damaged = `${hospital.folder}-damaged`;
  const opened = await hospital.open();
  opened.accounts.tokens.create({ role: 'system', days: 1, authorisedBy: 'operator' }, Date.now());
  await fill(opened, hospital.clock);
  await opened.close();
});
after(() => hospital.remove());

async function check(folder: string): Promise<CheckReport> {
  return await checkDataFolder(
    { dataFolder: folder, keysFolder: `${hospital.folder}.keys`, definitions: hospital.definitions },
    () => {},
  );
}

function copy(): void {
  rmSync(damaged, { recursive: true, force: true });
  cpSync(hospital.folder, damaged, { recursive: true });
}

test('an undamaged folder is whole', async () => {
  assert.deepEqual((await check(hospital.folder)).faults, []);
});

test('a renamed row of the dictionary is named as what it is', async () => {
  for (const table of ['types', 'parameters']) {
    copy();
    changeOne(join(damaged, FILES.clinical), table, 'name');
    const [first] = (await check(damaged)).faults;
    assert.match(`${first?.code} at ${first?.where}`, new RegExp(`^dictionary-differs at ${table}/\\d+$`));
  }
});

/**
 * Columns that nothing else on disk determines, and that give no right (docs/threat-model.md).
 */
const NOT_DETERMINED: ReadonlySet<string> = new Set([
  'codes.attempts',
  'codes.created_at',
  'tokens.created_at',
  // Counts the blocks these tables have read; read again from there at the next start.
  'access_entries_height.height',
  // Numbers have gaps on purpose; which of the free ones before its records an enrolment has says nothing.
  'outbox.sequence',
]);

const USED: Readonly<Record<string, string>> = {
  'types.code': 'SELECT type AS value FROM resources',
  'parameters.code': 'SELECT parameter AS value FROM dates',
};

const DATABASES = [FILES.clinical, FILES.state, FILES.accounts] as const;

for (const file of DATABASES) {
  test(`a change of any column of ${file} is found`, async () => {
    const unseen: string[] = [];
    let changes = 0;
    for (const { table, column } of columnsOf(join(hospital.folder, file))) {
      copy();
      if (!changeOne(join(damaged, file), table, column)) continue;
      changes += 1;
      const report = await check(damaged);
      if (report.ok && !NOT_DETERMINED.has(`${table}.${column}`)) unseen.push(`${table}.${column}`);
    }
    assert.deepEqual(unseen, []);
    assert.ok(changes > 10, `only ${changes} columns were changed`);
  });

  test(`a row taken out of any table of ${file} is found`, async () => {
    const unseen: string[] = [];
    for (const table of tablesOf(join(hospital.folder, file))) {
      copy();
      const database = new DatabaseSync(join(damaged, file));
      const key = keyOf(database, table);
      const taken = database.prepare(`DELETE FROM ${table} WHERE ${key} = (SELECT max(${key}) FROM ${table})`).run();
      database.close();
      if (Number(taken.changes) === 0) continue;
      if ((await check(damaged)).ok) unseen.push(table);
    }
    // A code or token that is gone lets nobody in; a kept outcome that is gone is as if its day were over.
    assert.deepEqual(
      unseen.filter((table) => !['codes', 'tokens', 'access_entries_height', 'kept_outcomes'].includes(table)),
      [],
    );
  });

  test(`a flipped byte of ${file} is found, or changes nothing that is kept`, async () => {
    const path = join(damaged, file);
    const whole = contentOf(join(hospital.folder, file));
    const { size } = statSync(join(hospital.folder, file));
    for (let sample = 0; sample < 16; sample += 1) {
      copy();
      const offset = flip(path, Math.floor(((sample + 0.37) / 16) * size));
      const report = await check(damaged);
      if (report.ok) assert.equal(contentOf(path), whole, `byte ${offset} of ${file}`);
    }
  });

  test(`${file} cut short, empty or gone is found`, async () => {
    for (const damage of [
      (path: string) => writeFileSync(path, readFileSync(path).subarray(0, 5000)),
      (path: string) => writeFileSync(path, ''),
      rmSync,
    ]) {
      copy();
      damage(join(damaged, file));
      assert.equal((await check(damaged)).ok, false);
    }
  });
}

test('an outbox row that no longer stands before or beside what needs it is found', async () => {
  for (const kind of ['enrol-person', 'anchor-records']) {
    copy();
    const database = new DatabaseSync(join(damaged, FILES.clinical));
    const last = database.prepare('SELECT max(sequence) AS last FROM outbox').get()?.['last'] as number;
    database
      .prepare('UPDATE outbox SET sequence = ? WHERE sequence = (SELECT min(sequence) FROM outbox WHERE kind = ?)')
      .run(last + 1, kind);
    database.close();
    assert.equal((await check(damaged)).ok, false, kind);
  }
});

test('a flipped byte anywhere in the blocks is found', async () => {
  const [segment = ''] = readdirSync(join(hospital.folder, FILES.blocks));
  const path = join(damaged, FILES.blocks, segment);
  const { size } = statSync(join(hospital.folder, FILES.blocks, segment));
  for (let sample = 0; sample < 20; sample += 1) {
    copy();
    const offset = flip(path, Math.floor(((sample + 0.61) / 20) * size));
    const { ok, faults } = await check(damaged);
    assert.equal(ok, false, `byte ${offset}`);
    assert.match(faults.map(({ where }) => where).join(), /block|state\.db/);
  }
});

for (const file of [FILES.genesis, FILES.node, FILES.organizationSeed]) {
  test(`a flipped byte of ${file} is found and the file named`, async () => {
    const { size } = statSync(join(hospital.folder, file));
    for (let sample = 0; sample < 5; sample += 1) {
      copy();
      const offset = flip(join(damaged, file), Math.floor(((sample + 0.5) / 5) * size));
      const { ok, faults } = await check(damaged);
      assert.equal(ok, false, `byte ${offset} of ${file}`);
      assert.ok(faults.length > 0);
    }
  });
}

test('a node starts on damage only where it can tell the truth, and else names the damage', async () => {
  const paths = [
    ...DATABASES,
    FILES.genesis,
    FILES.node,
    FILES.organizationSeed,
    `${FILES.blocks}/000000000001.blocks`,
  ];
  for (const file of paths) {
    const { size } = statSync(join(hospital.folder, file));
    const damages = [
      (path: string) => writeFileSync(path, readFileSync(path).subarray(0, Math.floor(size * 0.6))),
      rmSync,
      ...[0.003, 0.21, 0.47, 0.83].map((part) => (path: string) => void flip(path, Math.floor(part * size))),
    ];
    for (const [index, damage] of damages.entries()) {
      copy();
      damage(join(damaged, file));
      const opened = await openHospital(
        { dataFolder: damaged, keysFolder: `${hospital.folder}.keys` },
        { clock: hospital.clock, timers: systemTimers, definitions: hospital.definitions, onFault: () => {} },
      ).catch((fault: unknown) => fault);
      if (opened instanceof Error)
        assert.equal(opened.name, 'DamagedData', `${file} ${index}: ${String(opened.stack)}`);
      else {
        await (opened as Hospital).close();
        assert.ok(!file.startsWith(FILES.blocks), `${file} ${index}: a damaged block is served`);
      }
    }
  }
});

test('an older copy of the ledger under newer records is not started on', async () => {
  copy();
  for (const file of [FILES.blocks, FILES.state]) rmSync(join(damaged, file), { recursive: true });
  mkdirSync(join(damaged, FILES.blocks));
  await assert.rejects(
    openHospital(
      { dataFolder: damaged, keysFolder: `${hospital.folder}.keys` },
      { clock: hospital.clock, timers: systemTimers, definitions: hospital.definitions, onFault: () => {} },
    ),
    { name: 'DamagedData', message: /ends at block 0/ },
  );
});

function flip(path: string, offset: number): number {
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(offset) ^ 0x01, offset);
  writeFileSync(path, bytes);
  return offset;
}

function tablesOf(path: string): string[] {
  const database = new DatabaseSync(path, { readOnly: true });
  const rows = database
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    .all();
  database.close();
  return rows.map(({ name }) => String(name));
}

function columnsOf(path: string): { table: string; column: string }[] {
  return tablesOf(path).flatMap((table) => {
    const database = new DatabaseSync(path, { readOnly: true });
    const columns = database.prepare(`PRAGMA table_info(${table})`).all();
    database.close();
    return columns.map(({ name }) => ({ table, column: String(name) }));
  });
}

function keyOf(database: DatabaseSync, table: string): string {
  const columns = database.prepare(`PRAGMA table_info(${table})`).all();
  return String(columns.find(({ pk }) => pk === 1)?.['name'] ?? 'rowid');
}

/** False when the column holds nothing to change, or nothing that the schema lets stand there. */
function changeOne(path: string, table: string, column: string): boolean {
  const database = new DatabaseSync(path);
  try {
    // A code that no row uses means nothing.
    const used = USED[`${table}.${column}`] ?? `SELECT ${column} AS value FROM ${table} WHERE ${column} IS NOT NULL`;
    const statement = database.prepare(`${used} LIMIT 1`);
    statement.setReadBigInts(true);
    const value = statement.get()?.['value'];
    if (value === undefined || value === null) return false;
    for (const other of changed(value)) {
      try {
        database.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${column} = ?`).run(other, value);
        return true;
      } catch {
        // A rule of the schema forbids it; another value may do.
      }
    }
    return false;
  } finally {
    database.close();
  }
}

function changed(value: Exclude<SQLOutputValue, null>): (number | bigint | string | Uint8Array)[] {
  if (typeof value === 'bigint') return [value + 1n, value + 1_000_003n, value - 1n];
  if (typeof value === 'number') return [value + 0.5];
  if (typeof value === 'string') return [`${value.slice(0, -1)}${value.endsWith('1') ? '2' : '1'}`];
  const bytes = Uint8Array.from(value);
  const last = bytes.length - 1;
  bytes[last] = (bytes[last] ?? 0) ^ 1;
  return [bytes];
}

/** Every row of every table as text; `undefined` when it does not read. */
function contentOf(path: string): string | undefined {
  try {
    const database = new DatabaseSync(path, { readOnly: true });
    const parts = tablesOf(path).flatMap((table) => {
      const statement = database.prepare(`SELECT * FROM ${table}`);
      statement.setReadBigInts(true);
      return statement.all().map((row) =>
        Object.values(row)
          .map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value)))
          .join('|'),
      );
    });
    database.close();
    return parts.sort().join('\n');
  } catch {
    return undefined;
  }
}
