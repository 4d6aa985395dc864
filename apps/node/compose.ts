/** Joins ports to adapters: the one place in the node that knows both. */
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { BlockStoreError, openBlockStore, openNodeDisk, scanBlocks } from '@clearchart/block-store';
import { openConsensusStore } from '@clearchart/consensus-store';
import { toHex } from '@clearchart/crypto';
import type { Clock, Timers } from '@clearchart/exchange';
import { FolderInUse, lockFolder } from '@clearchart/folder-lock';
import { type BlockStore, chainIdOf, type Engine, type Genesis, parseOrganizationId } from '@clearchart/ledger';
import { createSigner, nodeAead, nodeRandom, nodeVerifier, selfTest } from '@clearchart/node-crypto';
import { createThreadMiner, LedgerFault, NOBODY, openProofOfWork } from '@clearchart/proof-of-work';
import { openStateStore, type SqliteStateStore } from '@clearchart/state-store';
import { openAccesses } from './accesses/index.ts';
import { openAccountStore } from './accounts/index.ts';
import { Closing } from './closing.ts';
import { createClinicalStore, type Definitions } from './clinical/index.ts';
import { followBlocks } from './ledger/derived.ts';
import { LedgerReader } from './ledger/ledger-reader.ts';
import { organizationTransactions } from './ledger/organization-transactions.ts';
import { outboxEmpty, startOutboxPump } from './ledger/outbox-pump.ts';
import type { Hospital } from './hospital.ts';
import type { KeyOptions } from './operator/founding.ts';
import { loadGenesis, loadOrganizationSeed } from './storage/load.ts';
import { ledgerPeople } from './people/ledger-people.ts';
import { DamagedData, FILES, type NodeFile, readNodeFile } from './storage/data-folder.ts';
import { deriveKeys, keysFolderOf, loadNodeKey, wrapNodeKey } from './storage/node-key.ts';

export interface HospitalOptions extends KeyOptions {
  readonly dataFolder: string;
}

export interface HospitalPorts {
  readonly clock: Clock;
  readonly timers: Timers;
  /** Shared by the hospitals of one process. */
  readonly definitions: Definitions;
  /** For the operator's log: never health data. */
  readonly onFault: (words: string, fault: unknown) => void;
}

/** What the folder says of itself. @throws FolderInUse, NotADataFolder or DamagedData. */
export function assertFolderFree(dataFolder: string): NodeFile {
  const folder = resolve(dataFolder);
  const node = readNodeFile(folder);
  const lock = lockFolder(folder);
  if (lock === undefined) throw new FolderInUse(folder);
  lock.release();
  return node;
}

/** @throws FolderInUse, KeyUnavailable, NotADataFolder or DamagedData, in words for the operator. */
export async function openHospital(options: HospitalOptions, ports: HospitalPorts): Promise<Hospital> {
  selfTest(nodeVerifier);
  const folder = resolve(options.dataFolder);
  const node = readNodeFile(folder);
  const lock = lockFolder(folder);
  if (lock === undefined) throw new FolderInUse(folder);
  const closing = new Closing();
  closing.add(() => lock.release());
  try {
    const opened = await openLocked(folder, node.name, options, ports, closing);
    return { ...opened, demo: node.demo, close: () => closing.run() };
  } catch (fault) {
    // What fails to close now fails for the reason that is told.
    await closing.run().catch(() => {});
    throw asDamage(fault);
  }
}

async function openLocked(
  folder: string,
  name: string,
  options: HospitalOptions,
  ports: HospitalPorts,
  closing: Closing,
): Promise<Omit<Hospital, 'close' | 'demo'>> {
  const { clock, timers, definitions } = ports;
  const keysFolder = resolve(options.keysFolder ?? keysFolderOf(folder));
  const keyPorts = { aead: nodeAead, random: nodeRandom };
  const nodeKey = loadNodeKey(keysFolder, keyPorts, options.passphrase);
  const keys = deriveKeys(nodeKey);
  const genesis = loadGenesis(folder);
  const chainId = chainIdOf(genesis);
  const signer = createSigner(loadOrganizationSeed(folder, keys, nodeAead));
  const member = genesis.members.find(({ organization }) => organization === readNodeFile(folder).organization);
  if (member === undefined) throw new DamagedData(`${FILES.node} names a hospital that the genesis file does not`);
  const organization = parseOrganizationId(member.organization);

  const { promise: failed, resolve: fail } = Promise.withResolvers<Error>();
  const stopAfter =
    (words: string) =>
    (fault: unknown): void => {
      ports.onFault(words, fault);
      fail(asDamage(fault));
    };
  const onLedgerFault = stopAfter('the ledger engine stopped');
  const ledger = await openLedger(folder, genesis, signer, organization, { ...ports, onFault: onLedgerFault }, closing);
  const database = new DatabaseSync(join(folder, FILES.clinical));
  closing.add(() => database.close());
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000');
  // state.db holds this table.
  database.exec('DROP TABLE IF EXISTS member_changes');
  const own = organizationTransactions({ chainId, organization, signer, random: nodeRandom, clock });
  const clinical = createClinicalStore({
    database,
    keys: { custody: keys.custody, index: keys.index, recordId: keys['record-id'], category: keys.category },
    chainId,
    custodian: organization,
    aead: nodeAead,
    random: nodeRandom,
    clock,
    anchors: own,
    onFault: stopAfter('the records stopped: a commit failed'),
    definitions,
  });
  const reader = new LedgerReader({ genesis, ...ledger });
  const accesses = openAccesses({
    database,
    keys,
    aead: nodeAead,
    random: nodeRandom,
    clock,
    timers,
    clinical,
    own,
    declaredUpTo: () => reader.declaredUpTo(organization),
  });
  closing.add(() => accesses.close());
  const accounts = openAccountStore({ path: join(folder, FILES.accounts), key: keys.accounts, ...keyPorts, clock });
  closing.add(() => accounts.close());
  if (accesses.entries.height > reader.height) {
    throw new DamagedData(
      `the ledger on disk ends at block ${reader.height}, but the records know block ${accesses.entries.height}: an older copy of it was put here`,
    );
  }
  const people = ledgerPeople({
    own,
    organization,
    signer,
    signerOf: createSigner,
    random: nodeRandom,
    database,
    outbox: clinical.outbox,
    state: ledger.state,
    engine: ledger.engine,
  });
  closing.add(
    await followBlocks({
      engine: ledger.engine,
      reader,
      accessEntries: accesses.entries,
    }),
  );
  const pump = startOutboxPump({
    outbox: clinical.outbox,
    engine: ledger.engine,
    clock,
    timers,
    organization: own,
    onRefused: (id, kind, rejection) =>
      ports.onFault(`the ledger refused our own ${kind} ${id}`, new Error(rejection.code)),
    onFault: (fault) => ports.onFault('the outbox stopped', fault),
  });
  closing.add(() => pump.close());

  return {
    folder,
    name,
    chainId,
    organization,
    keys,
    database,
    engine: ledger.engine,
    blocks: ledger.blocks,
    state: ledger.state,
    reader,
    clinical,
    accesses,
    accounts,
    people,
    verifier: nodeVerifier,
    failed,
    settled: (withinMs) => outboxEmpty(clinical.outbox, timers, withinMs),
    wrapNodeKey: (passphrase) => wrapNodeKey(keyPorts, nodeKey, passphrase),
  };
}

async function openLedger(
  folder: string,
  genesis: Genesis,
  signer: ReturnType<typeof createSigner>,
  organization: ReturnType<typeof parseOrganizationId>,
  { clock, timers, onFault }: Pick<HospitalPorts, 'clock' | 'timers'> & { onFault: (fault: unknown) => void },
  closing: Closing,
): Promise<{ engine: Engine; blocks: BlockStore; state: SqliteStateStore }> {
  const state = openState(folder, genesis);
  closing.add(() => state.close());
  await assertBlocksWhole(folder, state.height);
  const blocks = await openBlockStore(await openNodeDisk(join(folder, FILES.blocks), 'write'), {
    acknowledgedHeight: state.height,
  });
  closing.add(() => blocks.close());
  // Made by init, so one that is missing was lost: how this member voted is then not known.
  const consensus = openConsensusStore(join(folder, FILES.consensus), chainIdOf(genesis), { isNewChain: false });
  closing.add(() => consensus.close());
  const publicKey = toHex(signer.publicKey);
  const miner = createThreadMiner();
  const engine = await openProofOfWork({
    genesis,
    proposer: { organization, signerFor: (key) => (toHex(key) === publicKey ? signer : undefined) },
    blocks,
    state,
    consensus,
    network: NOBODY,
    miner,
    verifier: nodeVerifier,
    clock: { now: () => clock.now(), after: (delayMs, act) => timers.after(delayMs, act) },
    onFault,
  });
  closing.add(() => engine.close());
  return { engine, blocks, state };
}

/** A node does not serve a history that it could not show: every block that was promised is read once and held to its checksum. */
async function assertBlocksWhole(folder: string, height: number): Promise<void> {
  const disk = await openNodeDisk(join(folder, FILES.blocks), 'read');
  for await (const item of scanBlocks(disk, { to: height })) {
    if ('code' in item) throw new DamagedData(`${item.code} at block ${item.height}, ${item.segment}: ${item.detail}`);
  }
}

function openState(folder: string, genesis: Genesis): SqliteStateStore {
  try {
    return openStateStore(join(folder, FILES.state), genesis);
  } catch (fault) {
    throw new DamagedData(`${FILES.state}: ${fault instanceof Error ? fault.message : String(fault)}`);
  }
}

/** What the stores found broken becomes one kind of fault, with its place. */
function asDamage(fault: unknown): Error {
  if (fault instanceof BlockStoreError || fault instanceof LedgerFault) return new DamagedData(fault.message);
  const code = (fault as { code?: string } | undefined)?.code;
  if (fault instanceof Error && code === 'ERR_SQLITE_ERROR')
    return new DamagedData(`a database does not read: ${fault.message}`);
  return fault instanceof Error ? fault : new Error(String(fault));
}
