// What the hospitals' people do all day: write, read, take new keys, leave; and what thieves and stale programs send beside it.
import { type Finality, type Transaction, type TransactionId, isRejection, transactionId } from '@clearchart/ledger';
import { checkTold } from './checkers/nothing-lost.ts';
import { PromiseBroken } from './checkers/promise-broken.ts';
import type { Coverage } from './coverage.ts';
import type { Hospital } from './hospital.ts';
import type { SeededRandom } from './random.ts';
import type { SimulatedMember } from './simulated-member.ts';

const OLD_KEPT = 200;
/** With so many waiting nobody adds to them: a run is no test of load. */
const MOST_WAITING = 30;
const LONGEST_WAIT_MS = 15_000;
const BAD_RATE = 0.1;
const REPLAY_RATE = 0.1;

export class People {
  readonly #random: SeededRandom;
  readonly #coverage: Coverage;
  readonly #old: Transaction[] = [];
  /** Transactions that may never be on the ledger. */
  readonly bad = new Set<TransactionId>();
  /** Said to be final by some node. */
  readonly told = new Set<TransactionId>();

  readonly #hospitals: readonly Hospital[];
  readonly #guard: (doing: Promise<void>) => void;

  /** @param guard Hears of what goes wrong in what nobody waits for. */
  constructor(
    random: SeededRandom,
    coverage: Coverage,
    hospitals: readonly Hospital[],
    guard: (doing: Promise<void>) => void,
  ) {
    this.#random = random;
    this.#coverage = coverage;
    this.#hospitals = hospitals;
    this.#guard = guard;
  }

  /** One of them does something at this hospital. */
  async act(member: SimulatedMember): Promise<void> {
    const { engine, hospital } = member;
    if (engine === undefined || engine.pending().length > MOST_WAITING) return;
    const random = this.#random;
    if (random.chance(BAD_RATE)) return this.#steal(member);
    if (random.chance(REPLAY_RATE) && this.#old.length > 0) return this.#replay(member);
    const count = random.chance(0.05) ? 1 + random.below(12) : 1;
    for (let one = 0; one < count; one += 1) {
      const transaction = hospital.transaction(member.now());
      const answer = await engine.submit(transaction).catch(() => undefined);
      if (answer !== undefined && !isRejection(answer)) this.#guard(this.#wait(member, transactionId(transaction)));
    }
    const [evidence] = member.consensus.evidence;
    if (evidence !== undefined && random.chance(0.1))
      await engine.submit(hospital.report(evidence, member.now())).catch(() => undefined);
  }

  /** What became final may be sent again by somebody. */
  keep(transactions: readonly Transaction[]): void {
    this.#old.push(...transactions);
    if (this.#old.length > OLD_KEPT) this.#old.splice(0, this.#old.length - OLD_KEPT);
  }

  async #steal(member: SimulatedMember): Promise<void> {
    // A node may not have heard yet that a key was given up; then it must find out before the transaction is final.
    const victim = this.#random.chance(0.3) ? this.#random.pick(this.#hospitals) : member.hospital;
    const transaction = victim.badTransaction(member.now());
    this.#coverage.badTransactions += 1;
    this.bad.add(transactionId(transaction));
    const hasHeard = (member.engine?.status().finalHeight ?? 0) >= victim.learnedHeight;
    const answer = await member.engine?.submit(transaction).catch(() => undefined);
    if (answer !== undefined && !isRejection(answer) && hasHeard)
      throw new PromiseBroken('A bad transaction was admitted');
  }

  async #replay(member: SimulatedMember): Promise<void> {
    const transaction = this.#random.pick(this.#old);
    const isFinalHere = member.engine?.finality(transactionId(transaction)) === 'final';
    this.#coverage.replays += 1;
    const answer = await member.engine?.submit(transaction).catch(() => undefined);
    if (isFinalHere && answer !== undefined && !isRejection(answer))
      throw new PromiseBroken('A transaction that is final was admitted again');
  }

  async #wait(member: SimulatedMember, id: TransactionId): Promise<void> {
    if ((await this.#heard(member, id)) !== 'final') return;
    checkTold(member, id);
    this.told.add(id);
  }

  async #heard(member: SimulatedMember, id: TransactionId): Promise<Finality | undefined> {
    try {
      return await member.engine?.whenFinal(id, LONGEST_WAIT_MS);
    } catch (error) {
      // The engine has ended, or the transaction no longer fits: both were said, and nothing was promised.
      // By name, as a broken variant has a class of its own.
      if (
        (error as Error).name !== 'TransactionDropped' &&
        member.isUp &&
        member.fault === undefined &&
        !member.power.isOff
      )
        throw error;
      return undefined;
    }
  }
}
