/** Joins the ledger's ports to adapters: stores, engine, and the way to the other members. What is damaged is mended on the way. */
import { join } from 'node:path';
import {
  type BlockRepairPorts,
  BlocksDamaged,
  BlockStoreError,
  firstToLookAt,
  openBlockStore,
  openNodeDisk,
  repairBlocks,
  repairBlocksQuietly,
  repairedDisk,
  repairStored,
} from '@clearchart/block-store';
import { openConsensusStore } from '@clearchart/consensus-store';
import { fromHex, type Signer } from '@clearchart/crypto';
import type { Clock, Timers } from '@clearchart/exchange';
import {
  type BlockStore,
  chainIdOf,
  type Checkpoint,
  type ConsensusStore,
  type Genesis,
  isAlone,
  memberOf,
  type MemberSet,
  type OrganizationId,
  type StateReader,
  type SupermajorityLink,
} from '@clearchart/ledger';
import { nodeRandom, nodeVerifier } from '@clearchart/node-crypto';
import { createThreadMiner, fetchBlocks, openProofOfWork, type ProofOfWork } from '@clearchart/proof-of-work';
import { openStateForReading, openStateStore, type SqliteStateStore, StateDamaged } from '@clearchart/state-store';
import type { Closing } from './closing.ts';
import { type JoinedLedger, joinedLedger } from './compose-joining.ts';
import { DamageLog, keepBlockDamage } from './ledger/damage-log.ts';
import { mendingBlocks } from './ledger/mending-blocks.ts';
import { startQuietScan } from './ledger/quiet-scan.ts';
import { openWhole } from './ledger/whole-file.ts';
import {
  loadKnownPeers,
  type MemberDirectory,
  memberDirectory,
  type OrganizationKeys,
  saveKnownPeers,
} from './members/index.ts';
import { type HttpPeers, httpPeers, type PeerIdentity } from './peers/index.ts';
import { DamagedData, FILES } from './storage/data-folder.ts';

interface LedgerOptions {
  readonly folder: string;
  readonly genesis: Genesis;
  readonly held: OrganizationKeys;
  readonly organization: OrganizationId;
  readonly ca: string | undefined;
  /** A block that a history this node joins must hold (L83). */
  readonly known: Checkpoint | undefined;
  /** Transactions that must be lacking for a snapshot to be worth while. */
  readonly snapshotFrom: number;
}

interface LedgerPorts {
  readonly clock: Clock;
  readonly timers: Timers;
  /** The ledger cannot go on. */
  readonly onFault: (fault: unknown) => void;
  /** For the operator's log. */
  readonly onNote: (words: string) => void;
}

export interface OpenLedger {
  readonly engine: ProofOfWork;
  readonly blocks: BlockStore;
  readonly state: SqliteStateStore;
  readonly consensus: ConsensusStore;
  readonly directory: MemberDirectory;
  readonly identity: PeerIdentity;
  readonly network: HttpPeers;
  readonly damages: DamageLog;
  readonly links: () => Iterable<SupermajorityLink>;
  readonly joined: Pick<JoinedLedger, 'older' | 'onOlder'>;
}

/** At a start the state is looked through for so long at most; the rest is left to the scan while the node runs, milliseconds. */
const VERIFY_MS = 1_000;
/** At a start members that cannot be reached are asked for missing blocks for so long, milliseconds. */
const PATIENCE_MS = 20_000;
const TOLD_EVERY_BLOCKS = 1_000;

export async function openLedger(
  { folder, genesis, held, organization, ca, known, snapshotFrom }: LedgerOptions,
  { clock, timers, onFault, onNote }: LedgerPorts,
  closing: Closing,
): Promise<OpenLedger> {
  const chainId = chainIdOf(genesis);
  const statePath = join(folder, FILES.state);
  const damages = new DamageLog(folder, clock);
  const onStateDamage = (damage: StateDamaged): void => {
    // The next start puts the file away and makes it again.
    if (damages.unrepaired('state', FILES.state) === undefined)
      damages.keep({ what: 'state', where: FILES.state, detail: damage.message });
    onFault(damage);
  };
  const { opened: whole, mending } = openWhole({
    folder,
    file: FILES.state,
    what: 'state',
    open: () => openVerifiedState(statePath, genesis, clock, onStateDamage),
    isDamage: (fault) => fault instanceof StateDamaged,
    damages,
    onNote,
  });
  closing.add(() => whole.close());
  const { opened: consensus, mending: mendingVotes } = openWhole({
    folder,
    file: FILES.consensus,
    what: 'ledger',
    // Made by init, so one that is missing was lost: how this member voted is then not known.
    open: () => openConsensusStore(join(folder, FILES.consensus), chainId, { isNewChain: false }),
    isDamage: isDamagedDatabase,
    damages,
    onNote,
  });
  closing.add(() => consensus.close());
  mendingVotes?.repaired(FILES.consensus);
  let finalState = (): StateReader => whole;
  let headState = finalState;
  const knownPeers = loadKnownPeers(folder);
  const directory = memberDirectory(() => headState(), organization, knownPeers);
  const finalDirectory = memberDirectory(() => finalState(), organization, knownPeers);
  const identity: PeerIdentity = {
    chainId,
    organization,
    // A new key only when it is final: until then there are members that have not heard of it, and they must hear it from this one.
    signer: () => heldKeyOf(finalDirectory.set, organization, held) ?? held.signer,
    verifier: nodeVerifier,
    clock,
    // The head may know a new key too early, and the final block an old one too long: others stand elsewhere on the chain.
    keysOf: (one) => [...new Set([...directory.keysOf(one), ...finalDirectory.keysOf(one)])],
  };
  const network = httpPeers({
    ...identity,
    timers,
    random: nodeRandom,
    peers: () => directory.peers(),
    addressOf: (one) => directory.addressOf(one),
    ...(ca === undefined ? {} : { ca }),
  });
  closing.add(() => network.close());

  const disk = await openNodeDisk(join(folder, FILES.blocks), 'write');
  const repair: BlockRepairPorts = {
    chainId,
    ...repairedDisk(disk),
    state: whole,
    peers: () => network.peers(),
    nameOf: (one) => directory.nameOf(one),
    fetch: async (peer, after) => (await fetchBlocks(network, peer, after)).blocks,
    keep: keepBlockDamage(damages, folder),
    clock,
    timers,
    onNote,
    patienceMs: PATIENCE_MS,
  };
  // A node does not serve a history that it could not show: at its end, and wherever it is read.
  const end = await repairStored(repair, whole.height, await firstToLookAt(disk)).catch(toDamagedData);
  // More than one block above the state: it is being made again, and all of them were promised once.
  const acknowledged = end <= whole.height + 1 ? { acknowledgedHeight: whole.height } : {};
  const stored = await openBlockStore(disk, acknowledged);
  closing.add(() => stored.close());
  const repairNow = { ...repair, patienceMs: 0 };
  const mended = mendingBlocks({
    blocks: stored,
    isDamage: isDamagedBlock,
    mend: (height) => repairBlocks(repairNow, { from: height, to: height }),
    onFault: (fault) => onNote(`a block is damaged and could not be mended: ${String(fault)}`),
  });
  const joining = {
    ...repair,
    folder,
    timers,
    genesis,
    verifier: nodeVerifier,
    known,
    least: snapshotFrom,
    own: whole,
  };
  const joined = await joinedLedger(
    { ...joining, ask: (peer, question) => network.ask(peer, question), onDamage: onStateDamage },
    { state: whole, blocks: mended },
    closing,
  );
  const { state, blocks } = joined;
  finalState = () => state;
  headState = finalState;
  // With no ledger it would be alone again, and begin another history: it waits until the others have told it its votes.
  if (knownPeers.length > 0 && isFounderAlone(directory, organization, state)) consensus.doubtOwnVotes();
  held.followLedger(() => directory.organization(organization)?.publicKey);
  const engine = await openProofOfWork({
    genesis,
    proposer: { organization, signerFor: (key) => held.signerFor(key) },
    blocks,
    state,
    consensus,
    network,
    miner: createThreadMiner(),
    verifier: nodeVerifier,
    clock: { now: () => clock.now(), after: (delayMs, act) => timers.after(delayMs, act) },
    onFault,
    onRecovering: (height, of) => {
      if (height % TOLD_EVERY_BLOCKS === 0) onNote(`the state is made again from the blocks: ${height} of ${of}`);
    },
  });
  headState = () => engine.headState;
  closing.add(() => engine.close());
  mending?.repaired(FILES.state);
  const scan = startQuietScan({
    clock,
    timers,
    async *look() {
      // A block that nobody can give ends the round.
      yield* lookThroughState(statePath, genesis);
      yield* repairBlocksQuietly(repairNow, { from: 1, to: whole.height });
    },
    onFault: (fault) => {
      if (fault instanceof StateDamaged) onStateDamage(fault);
      else onNote(`looking through the ledger found: ${fault instanceof Error ? fault.message : String(fault)}`);
    },
  });
  closing.add(() => scan.close());
  joined.begin({
    fetch: (peer, after) => fetchBlocks(network, peer, after),
    keepLinks: (links) => consensus.settle(0, links),
    onFault,
  });
  const links = () => consensus.links();
  return { engine, blocks, state, consensus, directory, identity, network, damages, links, joined };
}

/** So that a node which loses its ledger still knows whom to ask. */
export function rememberPeers(folder: string, directory: MemberDirectory): void {
  const known = directory.toKnow();
  if (known.length > 0 && JSON.stringify(known) !== JSON.stringify(loadKnownPeers(folder)))
    saveKnownPeers(folder, known);
}

function openVerifiedState(
  path: string,
  genesis: Genesis,
  clock: Clock,
  onDamage: (damage: StateDamaged) => void,
): SqliteStateStore {
  const state = openStateStore(path, genesis, { onDamage });
  try {
    const until = clock.now() + VERIFY_MS;
    for (const _ of state.verify(true)) if (clock.now() >= until) break;
    return state;
  } catch (fault) {
    state.close();
    throw fault;
  }
}

/** As of one moment, beside what is being written. */
async function* lookThroughState(path: string, genesis: Genesis): AsyncGenerator<void> {
  const snapshot = openStateForReading(path, genesis);
  try {
    yield* snapshot.verify(false);
  } finally {
    snapshot.close();
  }
}

function toDamagedData(fault: unknown): never {
  throw fault instanceof BlocksDamaged ? new DamagedData(fault.message) : fault;
}

function heldKeyOf(set: MemberSet, organization: OrganizationId, held: OrganizationKeys): Signer | undefined {
  const publicKey = memberOf(set, organization)?.publicKey;
  return publicKey === undefined ? undefined : held.signerFor(fromHex(publicKey));
}

/** By its own copy of the ledger, on which nobody else was ever a member. */
function isFounderAlone({ set }: MemberDirectory, organization: OrganizationId, state: SqliteStateStore): boolean {
  const hadOthers = state.memberChanges().some((change) => !isAlone(change.set));
  return !hadOthers && isAlone(set) && memberOf(set, organization) !== undefined;
}

function isDamagedBlock(fault: unknown): boolean {
  if (fault instanceof BlockStoreError) return fault.fault.code === 'block-damaged';
  return (fault as NodeJS.ErrnoException).code === 'ENOENT';
}

const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

function isDamagedDatabase(fault: unknown): boolean {
  const { errcode } = ((fault as Error).cause ?? fault) as { errcode?: number };
  return errcode !== undefined && [SQLITE_CORRUPT, SQLITE_NOTADB].includes(errcode & 0xff);
}
