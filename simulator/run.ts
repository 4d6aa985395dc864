// A run: from its seed alone follow all transactions, crashes, faults of the disk and steps of the clock. After every step
// the checkers look; a broken promise is thrown with seed and step, and the same seed shows it again.
import { fromHex } from '@clearchart/crypto';
import {
  type Block,
  MEMBERS_KEY,
  type MemberSet,
  type StateReader,
  decodeValue,
  headerHash,
  isRejection,
  transactionId,
} from '@clearchart/ledger';
import { nodeVerifier } from '@clearchart/node-crypto';
import { VerifiedSignatures } from '@clearchart/proof-of-work';
import {
  type Acknowledged,
  PromiseBroken,
  checkFlipIsFound,
  checkNothingLost,
  checkReplay,
  readAll,
} from './checkers.ts';
import { Hospital } from './hospital.ts';
import { PowerLoss } from './power.ts';
import { type SeededRandom, seededRandom } from './random.ts';
import { FIRST_MOMENT_MS } from './simulated-clock.ts';
import { SimulatedNode, type Variant, rest } from './simulated-node.ts';
import { vouchForFlip } from './vouch-for-flip.ts';
import { wrongVersionsOf } from './wrong-blocks.ts';

export type RunOptions = {
  seed: number;
  steps: number;
  variant?: Variant;
  /** Only transactions and time, no faults but the one below. */
  isCalm?: boolean;
  /** The power goes after so many acts of the first start. */
  cutAfter?: number;
};
export type RunReport = {
  seed: number;
  steps: number;
  blocks: number;
  transactions: number;
  crashes: number;
  flips: number;
};

const LONGEST_PAUSE_MS = 40;
const CALM_DICE = 75;
const A_LONG_PAUSE_MS = 3_000_000;

export async function simulate(options: RunOptions): Promise<RunReport> {
  const run = new Run(options);
  for (let step = 0; step <= options.steps; step += 1) {
    try {
      if (step === 0) await run.begin();
      else await run.step();
    } catch (error) {
      if (error instanceof PromiseBroken) error.message += ` (seed ${options.seed}, step ${step})`;
      throw error;
    }
  }
  return run.end();
}

class Run {
  readonly #options: RunOptions;
  readonly #random: SeededRandom;
  readonly #hospital: Hospital;
  readonly #node: SimulatedNode;
  readonly #signatures = new VerifiedSignatures(nodeVerifier);
  readonly #acknowledged: Acknowledged = { hashes: new Map(), heights: new Map() };
  readonly #report: RunReport;

  constructor(options: RunOptions) {
    this.#options = options;
    this.#random = seededRandom(options.seed);
    this.#hospital = new Hospital(this.#random, FIRST_MOMENT_MS - 1_000);
    this.#report = { seed: options.seed, steps: options.steps, blocks: 0, transactions: 0, crashes: 0, flips: 0 };
    this.#node = new SimulatedNode(this.#hospital, this.#random, options.variant ?? 'sound', ({ block }) =>
      this.#learn(block),
    );
  }

  async begin(): Promise<void> {
    if (this.#options.cutAfter !== undefined) this.#node.power.cutAfter(this.#options.cutAfter);
    await this.#start();
  }

  async step(): Promise<void> {
    const random = this.#random;
    const dice = random.below(this.#options.isCalm === true ? CALM_DICE : 100);
    if (dice < 55) await this.#submit();
    else if (dice < 75) this.#node.clock.advance(random.below(LONGEST_PAUSE_MS));
    else if (dice < 78) this.#node.clock.advance(random.below(A_LONG_PAUSE_MS));
    else if (dice < 84) this.#node.power.cutAfter(1 + random.below(25));
    else if (dice < 87) this.#node.disk.failSyncAfter(random.below(4));
    else if (dice < 91) await this.#restart();
    else if (dice < 96) await this.#flip();
    else await this.#crash();
    await this.#settle();
  }

  async end(): Promise<RunReport> {
    await this.#crash();
    this.#node.clock.advance(LONGEST_PAUSE_MS);
    await this.#settle();
    await this.#node.stop();
    await this.#checkReplay();
    this.#report.blocks = this.#acknowledged.hashes.size;
    this.#report.transactions = this.#acknowledged.heights.size;
    return this.#report;
  }

  /** Lets the node come to rest, brings it up again if it went down, and looks at what it holds. */
  async #settle(): Promise<void> {
    await rest();
    if (this.#node.power.isOff || this.#node.fault !== undefined) await this.#crash();
    if (this.#random.chance(0.05)) await this.#check();
  }

  async #submit(): Promise<void> {
    const { engine, clock } = this.#node;
    const isBad = this.#random.chance(0.15);
    const transaction = isBad ? this.#hospital.badTransaction(clock.now()) : this.#hospital.transaction(clock.now());
    const answer = await engine?.submit(transaction).catch((error: unknown) => this.#expectFailure(error as Error));
    if (isBad && answer !== undefined && !isRejection(answer))
      throw new PromiseBroken('A bad transaction was admitted');
    const isKnown = isRejection(answer) && !isBad && (engine?.pending().length ?? 0) === 0;
    if (isKnown) throw new PromiseBroken(`A good transaction was refused: ${answer.code}`);
  }

  /** An engine may fail when the disk does, and only then. */
  #expectFailure(error: Error): undefined {
    if (!this.#node.power.isOff && this.#node.fault === undefined) throw error;
    return undefined;
  }

  async #restart(): Promise<void> {
    await this.#node.stop();
    if (this.#node.power.isOff || this.#node.fault !== undefined) return;
    if (this.#random.chance(0.3)) this.#node.loseState();
    await this.#start();
  }

  async #crash(): Promise<void> {
    this.#report.crashes += 1;
    await this.#node.crash();
    await this.#start();
    await this.#check();
    if (this.#random.chance(0.1)) await this.#checkReplay();
  }

  async #start(): Promise<void> {
    try {
      await this.#node.start();
    } catch (error) {
      if (error instanceof PowerLoss || this.#node.power.isOff || this.#node.disk.hasFailed) return this.#crash();
      throw new PromiseBroken(`The node does not start on what it has stored: ${(error as Error).message}`);
    }
    await this.#undisturbed(() => this.#learnWhatWasStored());
  }

  /** A block that was stored but never announced is final all the same once a start has found it. */
  async #learnWhatWasStored(): Promise<void> {
    const stored = await readAll(this.#node.disk);
    for (const block of stored.slice(this.#acknowledged.hashes.size)) this.#learn(block);
  }

  /** Called for each block that somebody may have been told of. */
  #learn(block: Block): void {
    this.#acknowledged.hashes.set(block.header.height, headerHash(block.header));
    for (const transaction of block.transactions)
      this.#acknowledged.heights.set(transactionId(transaction), block.header.height);
    this.#hospital.learn(block);
  }

  async #check(): Promise<void> {
    await this.#undisturbed(() => checkNothingLost(this.#acknowledged, this.#node.file, this.#node.disk));
  }

  async #checkReplay(): Promise<void> {
    await this.#undisturbed(() =>
      checkReplay(this.#hospital.genesis, this.#node.disk, this.#node.file, this.#signatures, this.#wrongVersionsOf),
    );
  }

  readonly #wrongVersionsOf = (block: Block, state: StateReader): Block[] => {
    if (!this.#random.chance(0.2)) return [];
    const members = decodeValue(state.get(MEMBERS_KEY) ?? new Uint8Array(0)) as MemberSet;
    const signer = this.#hospital.signerFor(fromHex(members.members[0]?.publicKey ?? ''));
    return signer === undefined ? [] : wrongVersionsOf(block, signer, this.#random);
  };

  async #flip(): Promise<void> {
    await rest();
    const flipped = this.#node.power.isOff ? undefined : this.#node.disk.flipBit();
    if (flipped === undefined) return;
    this.#report.flips += 1;
    if (this.#options.variant === 'no-checksum') await this.#undisturbed(() => vouchForFlip(this.#node.disk, flipped));
    await this.#undisturbed(() => checkFlipIsFound(this.#node.disk, flipped));
    if (this.#options.variant === 'truncate-at-first-error') return this.#crash();
    this.#node.disk.flipBitAt(flipped.name, flipped.offset, flipped.bit);
  }

  /** Looking is not part of the run: no crash falls into it. */
  async #undisturbed(look: () => Promise<void>): Promise<void> {
    const resume = this.#node.power.suspend();
    try {
      await look();
    } finally {
      resume();
    }
  }
}
