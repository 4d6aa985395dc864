/** Joins ports to adapters for the work on a folder where no node has to run: found, restore, check; and for the demo's tamper lab. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openBlockStore, openNodeDisk, scanBlocks, storedRecord } from '@clearchart/block-store';
import { openConsensusStore } from '@clearchart/consensus-store';
import { toHex } from '@clearchart/crypto';
import { chainIdOf, type SupermajorityLink } from '@clearchart/ledger';
import { nodeAead, nodeRandom, nodeVerifier, publicKeyOf } from '@clearchart/node-crypto';
import { checkBlock, VerifiedSignatures } from '@clearchart/proof-of-work';
import { checkState, openStateStore } from '@clearchart/state-store';
import { checkAccounts, checkCustody, createEnrolment, Sealing } from './accounts/index.ts';
import { createClinicalStore, type Definitions, startDefinitions } from './clinical/index.ts';
import { systemClock } from './clock.ts';
import { lacksHistory } from './compose-snapshots.ts';
import { type LabHospital, TamperLab } from './lab/tamper-lab.ts';
import { check, type CheckReport } from './operator/check.ts';
import type { Fault } from './operator/fault.ts';
import { type Founded, type FoundingOptions, found, type KeyOptions } from './operator/founding.ts';
import { OperatorRefusal } from './operator/refusal.ts';
import { restore, type RestoreOptions, type RestoreReport } from './operator/restore.ts';
import { DamagedData, FILES, readNodeFile } from './storage/data-folder.ts';
import { loadGenesis, loadOrganizationSeed } from './storage/load.ts';
import { deriveKeys, keysFolderOf, loadNodeKey, type NodeKeys } from './storage/node-key.ts';

const KEY_PORTS = { aead: nodeAead, random: nodeRandom };

/** @throws FolderNotEmpty */
export async function foundNetwork(options: FoundingOptions): Promise<Founded> {
  return await found(options, {
    ...KEY_PORTS,
    now: systemClock.now,
    publicKeyOf,
    async createLedger(folder, genesis) {
      openStateStore(join(folder, FILES.state), genesis).close();
      openConsensusStore(join(folder, FILES.consensus), chainIdOf(genesis), { isNewChain: true }).close();
      await (await openBlockStore(await openNodeDisk(join(folder, FILES.blocks), 'write'))).close();
    },
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
    async storeLinks(folder, links) {
      const chainId = chainIdOf(loadGenesis(folder));
      const store = openConsensusStore(join(folder, FILES.consensus), chainId, { isNewChain: false });
      try {
        for await (const some of inBatches(links)) store.settle(0, some);
      } finally {
        store.close();
      }
    },
  });
}

const LINKS_AT_A_TIME = 500;

async function* inBatches(links: AsyncIterable<SupermajorityLink>): AsyncGenerator<SupermajorityLink[]> {
  let batch: SupermajorityLink[] = [];
  for await (const link of links) {
    if (batch.push(link) < LINKS_AT_A_TIME) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

export interface CheckOptions extends KeyOptions {
  readonly dataFolder: string;
  /** Of a process that checks several times; started and closed here when not given. */
  readonly definitions?: Definitions;
}

/** @throws NotADataFolder or KeyUnavailable when there is nothing to begin with; OperatorRefusal while older blocks are lacking. */
export async function checkDataFolder(
  options: CheckOptions,
  onProgress: (done: number, total: number) => void,
): Promise<CheckReport> {
  if (lacksHistory(resolve(options.dataFolder))) {
    const words = 'this hospital has joined by a snapshot and still fetches older blocks: check it once they are here';
    throw new OperatorRefusal('not-yet', words);
  }
  try {
    return await checkFolder(resolve(options.dataFolder), options, onProgress);
  } catch (fault) {
    if (!(fault instanceof DamagedData)) throw fault;
    // Without these files nothing else can be read: they are the only fault that can be named.
    return {
      ok: false,
      height: 0,
      stateRoot: '',
      faults: [{ code: 'file-damaged', where: 'the folder', detail: fault.message }],
    };
  }
}

async function checkFolder(
  folder: string,
  options: CheckOptions,
  onProgress: (done: number, total: number) => void,
): Promise<CheckReport> {
  const { organization, name } = readNodeFile(folder);
  const genesis = loadGenesis(folder);
  const keys = deriveKeys(
    loadNodeKey(resolve(options.keysFolder ?? keysFolderOf(folder)), KEY_PORTS, options.passphrase),
  );
  const signatures = new VerifiedSignatures(nodeVerifier);
  return await check(
    {
      organization,
      genesis,
      keys,
      aead: nodeAead,
      verifier: nodeVerifier,
      name,
      heldKeys: () => heldKeysOf(folder, keys),
      async *checkLedger(onBlock) {
        const disk = await openNodeDisk(join(folder, FILES.blocks), 'read');
        return yield* checkState({
          path: join(folder, FILES.state),
          genesis,
          blocks: (to) => scanBlocks(disk, { to }),
          check: (block, state, parent) => checkBlock(block, state, parent, genesis, signatures),
          onBlock,
        });
      },
      hasRecords: () => existsSync(join(folder, FILES.clinical)),
      openRecords: () => openRecords(folder, chainIdOf(genesis), organization, keys, options.definitions),
      checkAccounts: (kept) => checkAccountsOf(folder, keys, kept),
    },
    onProgress,
  );
}

function heldKeysOf(folder: string, keys: NodeKeys): string[] {
  const files = [FILES.organizationSeed, FILES.nextOrganizationSeed].filter((file) => existsSync(join(folder, file)));
  return files.map((file) => toHex(publicKeyOf(loadOrganizationSeed(folder, keys, nodeAead, file))));
}

function* checkAccountsOf(folder: string, keys: NodeKeys, kept: ReadonlyMap<string, string>): Generator<Fault> {
  const accounts = openSnapshot(join(folder, FILES.accounts));
  try {
    const sealing = new Sealing({ key: keys.accounts, ...KEY_PORTS });
    yield* checkAccounts(accounts, sealing);
    yield* checkCustody(accounts, sealing, kept, publicKeyOf);
  } finally {
    accounts.close();
  }
}

async function openRecords(
  folder: string,
  chainId: string,
  custodian: string,
  keys: NodeKeys,
  shared: Definitions | undefined,
) {
  const clinical = openSnapshot(join(folder, FILES.clinical));
  const definitions = shared ?? (await startDefinitions());
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
    onFault: nothingIsWritten,
    use: 'read',
  });
  return {
    clinical,
    check: store.check,
    async close() {
      clinical.close();
      if (shared === undefined) await definitions.close();
    },
  };
}

/** Everything in it is of one moment, also while a node writes. */
function openSnapshot(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { readOnly: true });
  database.exec('BEGIN');
  return database;
}

/** @param hospitals Those of the demo that run now. */
export function openTamperLab(hospitals: () => readonly LabHospital[]): TamperLab {
  return new TamperLab({
    hospitals,
    recordAt: async (folder, height) => await storedRecord(await openNodeDisk(folder, 'read'), height),
    clock: systemClock,
  });
}
