/** Joins ports to adapters: the one place in the node that knows both. */
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { BlockStoreError } from '@clearchart/block-store';
import type { Clock, Timers } from '@clearchart/exchange';
import { FolderInUse, lockFolder } from '@clearchart/folder-lock';
import { chainIdOf, type Checkpoint, parseOrganizationId, signApplication } from '@clearchart/ledger';
import { createSigner, nodeAead, nodeRandom, nodeVerifier, selfTest } from '@clearchart/node-crypto';
import { LedgerFault } from '@clearchart/proof-of-work';
import { StateDamaged } from '@clearchart/state-store';
import { openAccesses } from './accesses/index.ts';
import { openAccountStore } from './accounts/index.ts';
import { Closing } from './closing.ts';
import { openLedger, rememberPeers } from './compose-ledger.ts';
import { openGiver } from './compose-snapshots.ts';
import { createClinicalStore, type Definitions } from './clinical/index.ts';
import { followBlocks } from './ledger/derived.ts';
import { LedgerReader } from './ledger/ledger-reader.ts';
import { organizationTransactions } from './ledger/organization-transactions.ts';
import { reachRecords } from './ledger/reach-records.ts';
import { outboxEmpty, startOutboxPump } from './ledger/outbox-pump.ts';
import type { Hospital } from './hospital.ts';
import { Applications, membersDesk, networkView, organizationKeys } from './members/index.ts';
import { postApplication } from './members/post-application.ts';
import type { KeyOptions } from './operator/founding.ts';
import { loadGenesis } from './storage/load.ts';
import { WORTH_A_SNAPSHOT } from './snapshots/index.ts';
import { ledgerPeople } from './people/ledger-people.ts';
import { DamagedData, FILES, type NodeFile, readNodeFile } from './storage/data-folder.ts';
import { deriveKeys, keysFolderOf, loadNodeKey, wrapNodeKey } from './storage/node-key.ts';

export interface HospitalOptions extends KeyOptions {
  readonly dataFolder: string;
  /** PEM certificates by which other members' nodes are known, beside those the machine believes. */
  readonly peerCa?: string;
  /** A block that the history which this node joins must hold. */
  readonly knownBlock?: Checkpoint;
  /** Whoever lacks so many transactions joins by a snapshot. */
  readonly snapshotFrom?: number;
}

export interface HospitalPorts {
  readonly clock: Clock;
  readonly timers: Timers;
  /** Shared by the hospitals of one process; awaited once the ledger is open. */
  readonly definitions: Definitions | Promise<Definitions>;
  /** For the operator's log: never health data. */
  readonly onFault: (words: string, fault: unknown) => void;
  /** What went on that is no fault any more, such as a repair; for the operator's log. */
  readonly onNote?: (words: string) => void;
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
  const { clock, timers } = ports;
  const keysFolder = resolve(options.keysFolder ?? keysFolderOf(folder));
  const keyPorts = { aead: nodeAead, random: nodeRandom };
  const nodeKey = loadNodeKey(keysFolder, keyPorts, options.passphrase);
  const keys = deriveKeys(nodeKey);
  const genesis = loadGenesis(folder);
  const chainId = chainIdOf(genesis);
  const held = organizationKeys({ folder, keys, aead: nodeAead, random: nodeRandom, signerOf: createSigner });
  const { signer } = held;
  const organization = parseOrganizationId(readNodeFile(folder).organization);

  const { promise: failed, resolve: fail } = Promise.withResolvers<Error>();
  const stopAfter =
    (words: string) =>
    (fault: unknown): void => {
      ports.onFault(words, fault);
      fail(asDamage(fault));
    };
  const onNote = ports.onNote ?? (() => undefined);
  const onLedgerFault = stopAfter('the ledger engine stopped');
  const ledger = await openLedger(
    {
      folder,
      genesis,
      held,
      organization,
      ca: options.peerCa,
      known: options.knownBlock,
      snapshotFrom: options.snapshotFrom ?? WORTH_A_SNAPSHOT,
    },
    { clock, timers, onFault: onLedgerFault, onNote },
    closing,
  );
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
    definitions: await ports.definitions,
  });
  const reader = new LedgerReader({ genesis, ...ledger, older: ledger.joined.older });
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
  const { damages, engine, network } = ledger;
  await reachRecords(accesses.entries.height, {
    height: () => reader.height,
    resolve: () => engine.peers.resolve(),
    hasPeers: () => network.peers().length > 0,
    damages,
    clock,
    timers,
    onNote,
  });
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
      onOlder: ledger.joined.onOlder,
    }),
  );
  const applications = new Applications({ chainId, verifier: nodeVerifier, clock });
  const { directory, state } = ledger;
  const members = membersDesk({
    organization,
    own,
    engine,
    state,
    directory,
    keys: held,
    applications,
    clock,
    timers,
    apply: (address) => signApplication(chainId, { name, address }, signer),
    post: (address, application) => postApplication(address, application, options.peerCa),
    evidence: () => ledger.consensus.evidence(),
    onFault: ports.onFault,
  });
  closing.add(() => members.close());
  closing.add(engine.onFinal(() => rememberPeers(folder, directory)));
  const pump = startOutboxPump({
    outbox: clinical.outbox,
    engine: ledger.engine,
    clock,
    timers,
    organization: own,
    isWhole: () => reader.older === undefined,
    onRefused: (id, kind, rejection) =>
      ports.onFault(`the ledger refused our own ${kind} ${id}`, new Error(rejection.code)),
    onFault: (fault) => ports.onFault('the outbox stopped', fault),
  });
  closing.add(() => pump.close());
  const giver = openGiver({
    folder,
    genesis,
    reader,
    state,
    verifier: nodeVerifier,
    clock,
    timers,
    onFault: (fault) => ports.onFault('a snapshot for another hospital could not be made', fault),
  });
  closing.add(() => giver.close());

  return {
    folder,
    name,
    chainId,
    organization,
    keys,
    database,
    engine: ledger.engine,
    peers: {
      identity: ledger.identity,
      handler: {
        isBanned: (peer) => engine.peers.isBanned(peer),
        receive: (from, message) => engine.peers.receive(from, message),
        answer: async (from, question) =>
          (await giver.answer(from, question)) ?? (await engine.peers.answer(from, question)),
      },
      hear: (application) => applications.hear(application),
      headsOver: (nonce) => engine.peers.headsOver(nonce),
      resolve: () => engine.peers.resolve(),
      addressOf: (one) => directory.addressOf(one),
      tell: (one, address) => directory.tell(one, address),
      view: () =>
        networkView({
          organization,
          directory,
          applications,
          heads: () => engine.peers.heads(),
          peerStates: () => ledger.network.peerStates(),
          bansOf: (peer) => engine.peers.bansOf(peer),
          reasonsOf: (peer) => engine.peers.reasonsOf(peer),
          isBanned: (peer) => engine.peers.isBanned(peer),
          evidence: () => ledger.consensus.evidence(),
          repairs: () => damages.repairs(),
          older: () => reader.older,
          entriesOf: (prefix, most) => state.entriesOf(prefix, most),
          headState: () => engine.headState,
          pending: () => engine.pending(),
          lastVotes: () => engine.peers.lastVotes(),
          timeOf: (height) => reader.header(height)?.time,
          blockTime: () => reader.header(reader.height)?.time ?? genesis.createdAt,
        }),
    },
    members,
    blocks: ledger.blocks,
    state: ledger.state,
    links: ledger.links,
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

/** What the stores found broken becomes one kind of fault, with its place. */
function asDamage(fault: unknown): Error {
  if (fault instanceof BlockStoreError || fault instanceof LedgerFault || fault instanceof StateDamaged)
    return new DamagedData(fault.message);
  const code = (fault as { code?: string } | undefined)?.code;
  if (fault instanceof Error && code === 'ERR_SQLITE_ERROR')
    return new DamagedData(`a database does not read: ${fault.message}`);
  return fault instanceof Error ? fault : new Error(String(fault));
}
