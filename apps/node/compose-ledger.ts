/** Joins the ledger's ports to adapters: stores, engine, and the way to the other members. */
import { join } from 'node:path';
import { openBlockStore, openNodeDisk, scanBlocks } from '@clearchart/block-store';
import { openConsensusStore } from '@clearchart/consensus-store';
import type { Clock, Timers } from '@clearchart/exchange';
import {
  type BlockStore,
  chainIdOf,
  type ConsensusStore,
  type Genesis,
  type OrganizationId,
  type StateReader,
} from '@clearchart/ledger';
import { nodeRandom, nodeVerifier } from '@clearchart/node-crypto';
import { createThreadMiner, openProofOfWork, type ProofOfWork } from '@clearchart/proof-of-work';
import { openStateStore, type SqliteStateStore } from '@clearchart/state-store';
import type { Closing } from './closing.ts';
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
}

export interface OpenLedger {
  readonly engine: ProofOfWork;
  readonly blocks: BlockStore;
  readonly state: SqliteStateStore;
  readonly consensus: ConsensusStore;
  readonly directory: MemberDirectory;
  readonly identity: PeerIdentity;
  readonly network: HttpPeers;
}

export async function openLedger(
  { folder, genesis, held, organization, ca }: LedgerOptions,
  { clock, timers, onFault }: { clock: Clock; timers: Timers; onFault: (fault: unknown) => void },
  closing: Closing,
): Promise<OpenLedger> {
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
  let headState = (): StateReader => state;
  const directory = memberDirectory(() => headState(), organization, loadKnownPeers(folder));
  const identity: PeerIdentity = {
    chainId: chainIdOf(genesis),
    organization,
    signer: () => held.signer,
    verifier: nodeVerifier,
    clock,
    keysOf: (one) => directory.keysOf(one),
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
  });
  headState = () => engine.headState;
  closing.add(() => engine.close());
  return { engine, blocks, state, consensus, directory, identity, network };
}

/** So that a node which loses its ledger still knows whom to ask. */
export function rememberPeers(folder: string, directory: MemberDirectory): void {
  const known = directory.toKnow();
  if (known.length > 0 && JSON.stringify(known) !== JSON.stringify(loadKnownPeers(folder)))
    saveKnownPeers(folder, known);
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
