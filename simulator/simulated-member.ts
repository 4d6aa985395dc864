// One hospital's machine with the real block store and the real engine on it. Its process can be started, stopped, cut off in the
// middle of anything, and started again on what the disks have kept; the disks can be lost, or set back to what they were.
import {
  type BlockRepairPorts,
  BlockStoreError,
  BlocksDamaged,
  type SegmentedBlockStore,
  firstToLookAt,
  openBlockStore,
  repairBlocks,
  repairStored,
  repairedDisk,
} from '@clearchart/block-store';
import { type FinalBlock, type Genesis, type OrganizationId, chainIdOf, encodeCanonical } from '@clearchart/ledger';
import { type PeerHandler, type PeerNetwork, type ProofOfWork, fetchBlocks } from '@clearchart/proof-of-work';
import type { Build } from './build.ts';
import { type FoundDamage, foundDamage } from './checkers/kept-damage.ts';
import { PromiseBroken } from './checkers/promise-broken.ts';
import type { EventQueue } from './event-queue.ts';
import type { Hospital } from './hospital.ts';
import { Power, PowerLoss } from './power.ts';
import type { SeededRandom } from './random.ts';
import { type Calendar, SimulatedClock } from './simulated-clock.ts';
import { ConsensusFile, openSimulatedConsensus } from './simulated-consensus.ts';
import { SimulatedDisk } from './simulated-disk.ts';
import { EvidenceFolder, keepIn } from './simulated-evidence.ts';
import { simulatedMiner } from './simulated-miner.ts';
import type { SimulatedNetwork, Station } from './simulated-network.ts';
import { StateFile, openSimulatedState } from './simulated-state.ts';

export interface MemberWorld {
  readonly genesis: Genesis;
  readonly queue: EventQueue;
  readonly calendar: Calendar;
  readonly network: SimulatedNetwork;
  readonly random: SeededRandom;
  readonly build: Build;
  readonly miningMs: number;
  readonly onFinal: (final: FinalBlock) => void;
}

type Backup = { disk: ReadonlyMap<string, Uint8Array>; file: StateFile };
type Process = {
  readonly engine: ProofOfWork;
  readonly blocks: SegmentedBlockStore;
};

/** Small, so that a run crosses many segments. */
const SEGMENT_BYTES = 6_000;
/** As a node has it: at a start members that cannot be reached are asked for missing blocks for so long. */
const PATIENCE_MS = 20_000;

export class SimulatedMember implements Station {
  readonly hospital: Hospital;
  readonly disk: SimulatedDisk;
  readonly machine = { skewMs: 0 };
  readonly evidence = new EvidenceFolder();
  /** What a start has found on the disk: it must be in the evidence. */
  found: FoundDamage[] = [];
  file: StateFile;
  consensus: ConsensusFile;
  power = new Power();
  /** The engine has stopped by itself. */
  fault: Error | undefined;
  readonly #world: MemberWorld;
  #clock: SimulatedClock;
  #port: (PeerNetwork & { close(): void }) | undefined;
  #process: Process | undefined;
  #isStarting = false;
  #backup: Backup | undefined;

  /** @param isFounder It knows that it has never voted, as the chain begins with it. */
  constructor(hospital: Hospital, world: MemberWorld, isFounder: boolean) {
    this.hospital = hospital;
    this.#world = world;
    this.disk = new SimulatedDisk(this.power, world.random);
    this.disk.isSyncing = world.build.isBlockSynced;
    this.file = new StateFile(world.genesis);
    this.consensus = new ConsensusFile(isFounder);
    this.#clock = this.#newClock();
    world.network.join(this);
  }

  get organization(): OrganizationId {
    return this.hospital.organization;
  }

  get engine(): ProofOfWork | undefined {
    return this.#process?.engine;
  }

  get handler(): PeerHandler | undefined {
    return this.#process?.engine.peers;
  }

  get isUp(): boolean {
    return this.#process !== undefined;
  }

  now(): number {
    return this.#clock.now();
  }

  /** A start takes time when blocks must come from others. */
  get isStarting(): boolean {
    return this.#isStarting;
  }

  /** False when it did not come up: the power went, the disk failed, or nobody could be reached who has what is damaged here. */
  async start(): Promise<boolean> {
    this.#isStarting = true;
    try {
      this.#process = await this.#open();
      return true;
    } catch (error) {
      if (error instanceof PowerLoss || this.power.isOff || this.disk.hasFailed) return false;
      if (error instanceof BlocksDamaged) return false;
      if (error instanceof BlockStoreError && !this.#world.build.isKeepingDamage) {
        await this.#cutAt(error.fault);
        return this.start();
      }
      throw new PromiseBroken(`A node does not start on what it has stored: ${String(error)}`);
    } finally {
      this.#isStarting = false;
    }
  }

  async #open(): Promise<Process> {
    const { genesis, build, network, random, miningMs } = this.#world;
    const { organization, signerFor } = this.hospital;
    this.fault = undefined;
    this.#clock = this.#newClock();
    this.#port = network.openPort(organization);
    if (build.isKeepingDamage) await this.#repair(this.#port);
    const blocks = await openBlockStore(this.disk, {
      acknowledgedHeight: this.file.headers.length,
      segmentBytes: SEGMENT_BYTES,
    });
    const engine = await build.open({
      genesis,
      proposer: { organization, signerFor },
      blocks,
      state: openSimulatedState(this.file, this.power),
      consensus: openSimulatedConsensus(this.consensus, this.power),
      network: this.#port,
      miner: simulatedMiner(this.#clock, random, miningMs),
      verifier: build.verifier,
      clock: this.#clock,
      onFault: (error) => {
        this.fault = error;
      },
    });
    engine.onFinal((final) => this.#world.onFinal(final));
    return { engine, blocks };
  }

  /**
   * As a node does at a start, before it opens its blocks; and at once what its scan does a little later. A disk on which all is well is left
   * alone, and nothing counts as an act on it.
   */
  async #repair(port: PeerNetwork): Promise<void> {
    const resume = this.power.suspend();
    const damage = await foundDamage(this);
    resume();
    if (damage === undefined) return;
    this.found.push(damage);
    const { headers } = this.file;
    const ports: BlockRepairPorts = {
      ...repairedDisk(this.disk, SEGMENT_BYTES),
      chainId: chainIdOf(this.#world.genesis),
      state: {
        height: headers.length,
        headerBytes: (height) => {
          const header = headers[height - 1];
          return header === undefined ? undefined : encodeCanonical(header);
        },
      },
      peers: () => port.peers(),
      nameOf: () => undefined,
      fetch: async (peer, after) => (await fetchBlocks(port, peer, after)).blocks,
      keep: keepIn(this.evidence, this.disk, this.power),
      clock: this.#clock,
      timers: this.#clock,
      patienceMs: PATIENCE_MS,
      onNote: () => undefined,
    };
    await repairStored(ports, headers.length, await firstToLookAt(this.disk));
    await repairBlocks(ports, { from: 1, to: headers.length });
  }

  /** The process ends in order. */
  async stop(): Promise<void> {
    const ending = this.#process;
    this.#process = undefined;
    this.#port?.close();
    await ending?.engine.close();
    await ending?.blocks.close();
    this.#bury();
  }

  /** The machine goes down as it is, and will come up with what the disk has kept. */
  async crash(): Promise<void> {
    const dying = this.#process;
    this.#process = undefined;
    this.power.cut();
    this.#port?.close();
    this.#clock.stop();
    await dying?.engine.close().catch(() => undefined);
    this.#bury();
    this.disk.crash();
  }

  loseState(): void {
    this.file = new StateFile(this.#world.genesis);
  }

  /** All disks are gone. Only while the process is down. */
  wipe(): void {
    this.disk.wipe();
    this.found = [];
    this.loseState();
    this.#forgetVotes();
  }

  async #cutAt({ segment, offset }: { segment: string; offset: number }): Promise<void> {
    await this.disk.cutAt(segment, offset);
    this.loseState();
  }

  get hasBackup(): boolean {
    return this.#backup !== undefined;
  }

  backUp(): void {
    this.#backup = { disk: this.disk.snapshot(), file: this.file.copy(this.#world.genesis) };
  }

  /** Back to the backup. Only while there is one and the process is down. */
  restore(): void {
    if (this.#backup === undefined) throw new Error('There is no backup');
    this.disk.restore(this.#backup.disk);
    this.found = [];
    this.file = this.#backup.file.copy(this.#world.genesis);
    this.#forgetVotes();
  }

  #forgetVotes(): void {
    this.consensus = new ConsensusFile(false);
  }

  /** Whatever the ended process still tries reaches nothing. */
  #bury(): void {
    this.power.cut();
    this.#clock.stop();
    this.power = new Power();
    this.disk.attach(this.power);
  }

  #newClock(): SimulatedClock {
    const { queue, calendar } = this.#world;
    return new SimulatedClock(queue, calendar, this.machine, this.organization);
  }
}

/** What one says in its name at this moment needs. */
export function withTime(member: SimulatedMember) {
  const { engine, hospital, organization } = member;
  return { engine, hospital, organization, nowMs: member.now() };
}

/** Lets everything that needs no further time come to rest: all of it runs in microtasks. */
export function rest(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
