/** Joins ports to adapters for the work on a folder where no node has to run: found, restore, check. */
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openBlockStore, openNodeDisk, scanBlocks } from '@clearchart/block-store';
import { chainIdOf } from '@clearchart/ledger';
import { nodeAead, nodeRandom, nodeVerifier, publicKeyOf } from '@clearchart/node-crypto';
import { checkBlock, VerifiedSignatures } from '@clearchart/proof-of-work';
import { checkState } from '@clearchart/state-store';
import { createEnrolment } from './accounts/index.ts';
import { createClinicalStore, startDefinitions } from './clinical/index.ts';
import { systemClock } from './clock.ts';
import { check, type CheckReport } from './operator/check.ts';
import { type Founded, type FoundingOptions, found, type KeyOptions } from './operator/founding.ts';
import { restore, type RestoreOptions, type RestoreReport } from './operator/restore.ts';
import { FILES, readNodeFile } from './storage/data-folder.ts';
import { loadGenesis } from './storage/load.ts';
import { deriveKeys, keysFolderOf, loadNodeKey } from './storage/node-key.ts';

const KEY_PORTS = { aead: nodeAead, random: nodeRandom };

/** @throws FolderNotEmpty */
export async function foundNetwork(options: FoundingOptions): Promise<Founded> {
  return found(options, {
    ...KEY_PORTS,
    now: systemClock.now,
    publicKeyOf,
    createEnrolment: (path, key, email) => createEnrolment({ path, key, email, ...KEY_PORTS, clock: systemClock }),
  });
}

/** @throws FolderNotEmpty or DamagedData */
export async function restoreBackup(options: RestoreOptions): Promise<RestoreReport> {
  return await restore(options, {
    ...KEY_PORTS,
    async storeBlocks(folder, blocks) {
      const store = await openBlockStore(await openNodeDisk(folder, 'write'));
      try {
        for await (const bytes of blocks) await store.append(store.height + 1, bytes);
        return store.height;
      } finally {
        await store.close();
      }
    },
  });
}

/** @throws DamagedData or KeyUnavailable when the folder cannot even be begun with. */
export async function checkDataFolder(
  options: KeyOptions & { readonly dataFolder: string },
  onProgress: (done: number, total: number) => void,
): Promise<CheckReport> {
  const folder = resolve(options.dataFolder);
  const { organization } = readNodeFile(folder);
  const genesis = loadGenesis(folder);
  const keys = deriveKeys(
    loadNodeKey(resolve(options.keysFolder ?? keysFolderOf(folder)), KEY_PORTS, options.passphrase),
  );
  const disk = await openNodeDisk(join(folder, FILES.blocks), 'read');
  const signatures = new VerifiedSignatures(nodeVerifier);
  return await check(
    {
      organization,
      keys,
      aead: nodeAead,
      checkLedger: (onBlock) =>
        checkState({
          path: join(folder, FILES.state),
          genesis,
          blocks: (to) => scanBlocks(disk, { to }),
          check: (block, state, parent) => checkBlock(block, state, parent, genesis, signatures),
          onBlock,
        }),
      openRecords: () => openRecords(folder, chainIdOf(genesis), organization, keys),
    },
    onProgress,
  );
}

async function openRecords(folder: string, chainId: string, custodian: string, keys: ReturnType<typeof deriveKeys>) {
  const definitions = await startDefinitions();
  const clinical = openSnapshot(join(folder, FILES.clinical));
  const accounts = openSnapshot(join(folder, FILES.accounts));
  const nothingIsWritten = (): never => {
    throw new Error('the checker writes nothing');
  };
  const store = createClinicalStore({
    database: clinical,
    keys: { custody: keys.custody, index: keys.index, recordId: keys['record-id'], category: keys.category },
    chainId,
    custodian,
    ...KEY_PORTS,
    clock: systemClock,
    anchors: { anchor: nothingIsWritten, enrol: nothingIsWritten },
    definitions,
  });
  return {
    clinical,
    accounts,
    check: store.check,
    async close() {
      clinical.close();
      accounts.close();
      await definitions.close();
    },
  };
}

/** Everything in it is of one moment, also while a node writes. */
function openSnapshot(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { readOnly: true });
  database.exec('BEGIN');
  return database;
}
