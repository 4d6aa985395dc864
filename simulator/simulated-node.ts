// One hospital's node on a simulated disk, with the real block store and the real engine. It can be started, stopped, cut
// off in the middle of anything, and started again on what the disk has kept.
import { BlockStoreError, type Disk, type SegmentedBlockStore, openBlockStore } from '@clearchart/block-store';
import type { Engine, FinalBlock } from '@clearchart/ledger';
import { nodeVerifier } from '@clearchart/node-crypto';
import { type Miner, NOBODY, openProofOfWork, searchNonces } from '@clearchart/proof-of-work';
import type { Hospital } from './hospital.ts';
import { Power } from './power.ts';
import type { SeededRandom } from './random.ts';
import { SimulatedClock } from './simulated-clock.ts';
import { ConsensusFile, openSimulatedConsensus } from './simulated-consensus.ts';
import { SimulatedDisk } from './simulated-disk.ts';
import { StateFile, openSimulatedState } from './simulated-state.ts';

/** Small, so that a run crosses many segments. */
const SEGMENT_BYTES = 6_000;

/** Deliberately broken nodes: each must be caught by a checker. */
export type Variant = 'sound' | 'no-sync' | 'no-checksum' | 'truncate-at-first-error';

const inlineMiner: Miner = {
  search: async (search) => searchNonces(search, 0, 100_000),
  stop: () => undefined,
  close: async () => undefined,
};

export class SimulatedNode {
  readonly power = new Power();
  readonly clock = new SimulatedClock();
  readonly disk: SimulatedDisk;
  file: StateFile;
  readonly consensus = new ConsensusFile(true);
  engine: Engine | undefined;
  /** The engine has stopped by itself. */
  fault: Error | undefined;
  readonly #hospital: Hospital;
  readonly #variant: Variant;
  readonly #onFinal: (final: FinalBlock) => void;
  #blocks: SegmentedBlockStore | undefined;

  constructor(hospital: Hospital, random: SeededRandom, variant: Variant, onFinal: (final: FinalBlock) => void) {
    this.#hospital = hospital;
    this.#variant = variant;
    this.#onFinal = onFinal;
    this.disk = new SimulatedDisk(this.power, random);
    this.disk.isSyncing = variant !== 'no-sync';
    this.file = new StateFile(hospital.genesis);
  }

  async start(): Promise<void> {
    try {
      await this.#startOnce();
    } catch (error) {
      if (this.#variant !== 'truncate-at-first-error' || !(error instanceof BlockStoreError)) throw error;
      await truncateAt(this.disk, error);
      this.loseState();
      await this.#startOnce();
    }
  }

  async stop(): Promise<void> {
    await this.engine?.close();
    await this.#blocks?.close();
    this.engine = undefined;
    this.clock.forgetTimers();
  }

  /** The machine goes down as it is, and comes up with what the disk has kept. */
  async crash(): Promise<void> {
    const dying = this.engine;
    this.engine = undefined;
    this.clock.forgetTimers();
    await dying?.close().catch(() => undefined);
    this.power.restore();
    this.disk.crash();
  }

  loseState(): void {
    this.file = new StateFile(this.#hospital.genesis);
  }

  async #startOnce(): Promise<void> {
    const { genesis, organization, signerFor } = this.#hospital;
    this.fault = undefined;
    this.#blocks = await openBlockStore(this.disk, {
      acknowledgedHeight: this.file.headers.length,
      segmentBytes: SEGMENT_BYTES,
    });
    this.engine = await openProofOfWork({
      genesis,
      proposer: { organization, signerFor },
      blocks: this.#blocks,
      state: openSimulatedState(this.file, this.power),
      consensus: openSimulatedConsensus(this.consensus, this.power),
      network: NOBODY,
      miner: inlineMiner,
      verifier: nodeVerifier,
      clock: this.clock,
      onFault: (error) => {
        this.fault = error;
      },
    });
    this.engine.onFinal(this.#onFinal);
  }
}

/** What many programs do with a damaged log: cut it off where it hurts and carry on. */
async function truncateAt(disk: Disk, { fault }: BlockStoreError): Promise<void> {
  const file = await disk.open(fault.segment, 'write');
  await file.truncate(fault.offset);
  await file.sync();
}

/** Lets everything that needs no further time come to rest: all of it runs in microtasks. */
export function rest(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
