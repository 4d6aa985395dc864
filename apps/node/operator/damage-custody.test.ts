/** Keys in custody, damaged on disk: the checker names what is gone, what is another key, and what was changed beside it. */
import assert from 'node:assert/strict';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { nodeAead, nodeRandom } from '@clearchart/node-crypto';
import { CustodyTable, Sealing } from '../accounts/index.ts';
import { checkDataFolder } from '../compose-operator.ts';
import { FILES } from '../storage/data-folder.ts';
import { deriveKeys, loadNodeKey } from '../storage/node-key.ts';
import { fill, type TestHospital, testHospital } from './hospital.fixture.ts';

const ABOUT = { takenBy: { accountId: 'a', name: 'Desk' }, shown: 'passport' };
const KEPT = new Uint8Array(32).fill(7);

let hospital: TestHospital;
let damaged: string;
let pseudonym: string;

before(async () => {
  hospital = await testHospital();
  damaged = `${hospital.folder}-damaged`;
  const opened = await hospital.open();
  const { patient } = await fill(opened, hospital.clock);
  pseudonym = opened.clinical.pseudonymOf(patient) ?? '';
  opened.accounts.custody.keep(pseudonym, { seed: KEPT, ...ABOUT }, Date.now());
  await opened.people.custody.take(pseudonym, KEPT);
  await opened.settled(30_000);
  await opened.close();
});
after(() => hospital.remove());

/** What the checker says of a copy in which `damage` was done to accounts.db. */
async function faultsAfter(damage: (database: DatabaseSync) => void): Promise<string[]> {
  rmSync(damaged, { recursive: true, force: true });
  cpSync(hospital.folder, damaged, { recursive: true });
  const database = new DatabaseSync(join(damaged, FILES.accounts));
  damage(database);
  database.close();
  const { faults } = await checkDataFolder(
    { dataFolder: damaged, keysFolder: `${hospital.folder}.keys`, definitions: hospital.definitions },
    () => {},
  );
  return faults.map(({ code, where }) => `${code} at ${where}`);
}

function tableOf(database: DatabaseSync): CustodyTable {
  const ports = { aead: nodeAead, random: nodeRandom };
  const { accounts } = deriveKeys(loadNodeKey(`${hospital.folder}.keys`, ports));
  return new CustodyTable(database, new Sealing({ key: accounts, ...ports }));
}

test('A40 a kept key that is whole has no fault', async () => {
  assert.deepEqual(await faultsAfter(() => {}), []);
});

test('A40 a kept key that is gone is found: it could never be handed over', async () => {
  const faults = await faultsAfter((database) => tableOf(database).destroy(pseudonym));
  assert.deepEqual(faults, [`custody-key-missing at custody_keys/${pseudonym}`]);
});

test('A40 another key than the ledger names is found', async () => {
  const faults = await faultsAfter((database) => {
    tableOf(database).destroy(pseudonym);
    tableOf(database).keep(pseudonym, { seed: new Uint8Array(32).fill(8), ...ABOUT }, Date.now());
  });
  assert.deepEqual(faults, [`custody-key-wrong at custody_keys/${pseudonym}`]);
});

test('A23 a row of a kept key that was changed by hand is found, and its key opens no more', async () => {
  for (const change of [
    'taken_at = taken_at + 1',
    "id = 'ffffffffffffffffffffffffffffffff'",
    'sealed = zeroblob(length(sealed))',
  ]) {
    const faults = await faultsAfter((database) => database.exec(`UPDATE custody_keys SET ${change}`));
    assert.match(faults.join(), /accounts-row-wrong at custody_keys\//, change);
  }
});
