/**
 * A backup holds the key with which its hospital can go on. The broken variants these catch: the key that is to come left out, and the
 * key read after the ledger's instant.
 */
import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { isRejection } from '@clearchart/ledger';
import { type Definitions, startDefinitions } from '../clinical/index.ts';
import { restoreBackup } from '../compose-operator.ts';
import type { Hospital } from '../hospital.ts';
import { startNetwork, type TestNetwork } from '../network.fixture.ts';
import { FILES } from '../storage/data-folder.ts';
import { backUp } from './backup.ts';

const PATIENT = {
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [{ resource: { resourceType: 'Patient' }, request: { method: 'POST', url: 'Patient' } }],
};
const WITHIN_MS = 60_000;

let definitions: Definitions;
let network: TestNetwork;
let backupFile: string;
before(async () => {
  definitions = await startDefinitions();
  network = await startNetwork(2, { definitions });
  backupFile = `${network.folderOf(0)}.tar`;
});
after(async () => {
  await network.close();
  await definitions.close();
});

test('N12 a member that was away hears of a new key from the hospital that takes it', async () => {
  await network.stop(1);
  const { hospital } = network.node(0);
  const rotating = hospital.members.rotateKey();
  // The new one stands in its head, the old one at its final block.
  await until(() => hospital.peers.identity.keysOf(hospital.organization).length === 2);
  await backUp(hospital, backupFile, undefined, () => undefined);
  await network.start(1);
  assert.ok(!isRejection(await rotating));
  await until(() => !hasNextKey(network));
  await written(network);
});

test('a backup made while a new key waited restores a hospital that signs with it once it is in force', async () => {
  await restoredFrom(network, backupFile);
  await until(() => !hasNextKey(network));
  await written(network);
});

test('a backup that is made while the hospital takes a new key holds the key of the instant of its ledger', async () => {
  const alone = await startNetwork(1, { definitions });
  try {
    await written(alone);
    const { hospital } = alone.node(0);
    const file = `${alone.folderOf(0)}.tar`;
    await backUp(withNewKeyMeanwhile(alone, hospital), file, undefined, () => undefined);
    await restoredFrom(alone, file);
    await written(alone);
  } finally {
    await alone.close();
  }
});

/** The key is another one before the first block is copied. */
function withNewKeyMeanwhile(network: TestNetwork, hospital: Hospital): Hospital {
  let isNew = false;
  return {
    ...hospital,
    blocks: {
      ...hospital.blocks,
      async read(height) {
        if (!isNew) {
          isNew = true;
          assert.ok(!isRejection(await hospital.members.rotateKey()));
          await until(() => !hasNextKey(network));
        }
        return await hospital.blocks.read(height);
      },
    },
  };
}

async function restoredFrom(network: TestNetwork, file: string): Promise<void> {
  await network.stop(0);
  rmSync(network.folderOf(0), { recursive: true });
  await restoreBackup({ file, dataFolder: network.folderOf(0) });
  await network.start(0);
}

const hasNextKey = (network: TestNetwork): boolean => existsSync(join(network.folderOf(0), FILES.nextOrganizationSeed));

async function written(network: TestNetwork): Promise<void> {
  await network.node(0).importBundle(PATIENT);
  assert.equal(await network.node(0).hospital.settled(WITHIN_MS), true, 'what was written became final');
}

async function until(isSo: () => boolean): Promise<void> {
  for (const end = Date.now() + WITHIN_MS; !isSo(); await pause(50)) {
    if (Date.now() > end) throw new Error('it did not come to pass in time');
  }
}
