// All that takes part in a run, and its steps: one event after the other, and after each of them the checkers look.
import { createHash } from 'node:crypto';
import { fromHex } from '@clearchart/crypto';
import { type Block, type FinalBlock, headerHash } from '@clearchart/ledger';
import type { Build } from './build.ts';
import { ByzantineMember } from './byzantine/byzantine-member.ts';
import { Checkers } from './checkers/index.ts';
import { PromiseBroken } from './checkers/promise-broken.ts';
import { WireWatch } from './checkers/wire-watch.ts';
import { noCoverage } from './coverage.ts';
import { type Disturbed, cutWithin, harm } from './disturbances.ts';
import { EventQueue } from './event-queue.ts';
import { found } from './founding.ts';
import { MemberChanges } from './member-changes.ts';
import { People } from './people.ts';
import { type SeededRandom, seededRandom } from './random.ts';
import { FIRST_MOMENT_MS } from './simulated-clock.ts';
import { SimulatedMember, rest } from './simulated-member.ts';
import { SimulatedNetwork } from './simulated-network.ts';
import { createSharedSigner } from './shared-signatures.ts';
import type { Weather } from './weather.ts';

/** Streams of chance that a seed gives, so that a change in one part of a run leaves the others as they were. */
const STREAMS = 16;
const STALL_MS = 10_000;

export const chanceOf = (seed: number, stream: number): SeededRandom => seededRandom(seed * STREAMS + stream);

export class Stage {
  readonly queue = new EventQueue();
  readonly coverage = noCoverage();
  readonly random: SeededRandom;
  readonly network: SimulatedNetwork;
  readonly members: readonly SimulatedMember[];
  readonly byzantine: readonly ByzantineMember[];
  /** The one whose disks may be lost, damaged, or set back. */
  readonly unlucky: SimulatedMember | undefined;
  readonly checkers: Checkers;
  readonly people: People;
  readonly changes: MemberChanges;
  readonly disturbed: Disturbed;
  isHealed = false;
  steps = 0;
  readonly #trace = createHash('sha256');
  readonly #news = new Map<string, Block>();
  readonly #heads = new Map<SimulatedMember, { height: number; headHash: string }>();
  readonly #errors: unknown[] = [];
  #lastFinalMs = 0;
  #memberCount: number;

  constructor(seed: number, weather: Weather, build: Build) {
    const { queue, coverage } = this;
    const { hospitals: count, founders, byzantine, links, miningMs, hasUnluckyMember, isChangingMembers } = weather;
    this.random = chanceOf(seed, 0);
    this.#memberCount = founders;
    const { genesis, hospitals } = found(chanceOf(seed, 2), count, founders, createSharedSigner);
    const honest = new Set<string>(hospitals.slice(byzantine).map(({ organization }) => organization));
    const watch = new WireWatch(coverage, (organization) => honest.has(organization));
    const network = new SimulatedNetwork(queue, chanceOf(seed, 3), links, (from, bytes) =>
      this.#catch(() => watch.hear(from, bytes)),
    );
    const calendar = { skippedMs: 0 };
    const onFinal = ({ block, hash }: FinalBlock): unknown => this.#news.set(hash, block);
    const world = { genesis, queue, calendar, network, random: chanceOf(seed, 4), build, miningMs, onFinal };
    const now = () => Math.floor(FIRST_MOMENT_MS + queue.nowMs + calendar.skippedMs);
    this.byzantine = hospitals
      .slice(0, byzantine)
      .map((hospital) => new ByzantineMember(hospital, chanceOf(seed, 5), genesis, network, now));
    this.members = hospitals
      .slice(byzantine)
      .map((hospital, index) => new SimulatedMember(hospital, world, index + byzantine < founders));
    this.unlucky = hasUnluckyMember ? this.members[0] : undefined;
    this.network = network;
    this.people = new People(chanceOf(seed, 6), coverage, hospitals, (doing) => this.guard(doing));
    const signerOf = (organization: string, publicKey: string) =>
      hospitals.find((one) => one.organization === organization)?.signerFor(fromHex(publicKey));
    this.checkers = new Checkers(genesis, chanceOf(seed, 7), this.people, signerOf, (block) =>
      this.#becameFinal(block),
    );
    const leaving = isChangingMembers ? hospitals[0]?.organization : undefined;
    this.changes = new MemberChanges(this.checkers.reference, hospitals.slice(founders), leaving);
    const stations = hospitals.map(({ organization }) => organization);
    this.disturbed = { network, calendar, coverage, random: this.random, stations, build };
  }

  get nowMs(): number {
    return Math.round(this.queue.nowMs);
  }

  /** Over all final blocks and when they were. */
  trace(): string {
    return this.#trace.digest('hex');
  }

  async runUntil(endMs: number): Promise<void> {
    for (;;) {
      const event = this.queue.next(endMs);
      if (event === undefined) return;
      this.steps += 1;
      event.act();
      await rest();
      if (this.#errors.length > 0) throw this.#errors[0];
      const member = this.members.find(({ organization }) => organization === event.owner);
      if (member !== undefined) await this.#look(member);
    }
  }

  /** About every so many milliseconds until everything is healed. */
  often(meanMs: number, act: () => Promise<void>, owner?: string): void {
    if (meanMs === Number.POSITIVE_INFINITY) return;
    const next = (): void => {
      if (this.isHealed) return;
      this.guard(act());
      this.queue.plan(meanMs * 2 * this.random.fraction(), next, owner);
    };
    this.queue.plan(meanMs * 2 * this.random.fraction(), next, owner);
  }

  /** What goes wrong in what nobody waits for ends the run. */
  guard(doing: Promise<void>): void {
    doing.catch((error: unknown) => this.#errors.push(error));
  }

  start(member: SimulatedMember, delayMs: number, mayBeHarmed = false): void {
    const act = (): void => {
      if (!member.isUp && !member.isStarting) this.guard(this.#startNow(member, mayBeHarmed));
    };
    this.queue.plan(delayMs, act, member.organization);
  }

  startLater(member: SimulatedMember): void {
    const { random } = this;
    this.start(member, 50 + random.below(random.chance(0.2) ? 20_000 : 5_000), true);
  }

  async #startNow(member: SimulatedMember, mayBeHarmed: boolean): Promise<void> {
    if (mayBeHarmed && !this.isHealed) {
      const hasLostBlocks = await harm(member, member === this.unlucky, this.disturbed);
      if (hasLostBlocks) this.checkers.forget(member);
    }
    if (this.random.chance(0.1) && !this.isHealed && mayBeHarmed) cutWithin(10, member, this.random);
    if (await member.start()) await this.checkers.lookAtStored(member);
    else {
      if (member.power.isOff || member.disk.hasFailed) this.coverage.cuts += 1;
      await member.crash();
      this.startLater(member);
    }
  }

  async #look(member: SimulatedMember): Promise<void> {
    if (member.isUp && (member.power.isOff || member.fault !== undefined)) {
      if (!member.power.isOff && !member.disk.hasFailed)
        throw new PromiseBroken(`An engine has stopped by itself: ${member.fault?.stack}`);
      this.coverage.cuts += 1;
      await member.crash();
      this.startLater(member);
    }
    await this.checkers.look(member, this.#news);
    this.#watchHead(member);
  }

  #watchHead(member: SimulatedMember): void {
    if (member.engine === undefined) return;
    const { height, headHash, pending } = member.engine.status();
    const before = this.#heads.get(member);
    if (before !== undefined && height <= before.height && headHash !== before.headHash)
      this.coverage.reorganisations += 1;
    this.#heads.set(member, { height, headHash });
    if (pending === 0 || this.queue.nowMs - this.#lastFinalMs < STALL_MS) return;
    this.coverage.stalls += 1;
    this.#lastFinalMs = this.queue.nowMs;
  }

  #becameFinal(block: Block): void {
    const { coverage } = this;
    const { members, next } = this.checkers.reference.members;
    this.#lastFinalMs = this.queue.nowMs;
    coverage.blocks += 1;
    coverage.transactions += block.transactions.length;
    for (const { type } of block.transactions) if (type === 'rotate-organization-key') coverage.keysReplaced += 1;
    if (members.length > this.#memberCount) coverage.admitted += 1;
    if (members.length < this.#memberCount) coverage.retired += 1;
    this.#memberCount = members.length;
    this.people.keep(block.transactions);
    for (const { hospital } of [...this.members, ...this.byzantine]) hospital.learn(block, next !== undefined);
    this.#trace.update(`${this.queue.nowMs} ${headerHash(block.header)}\n`);
  }

  #catch(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#errors.push(error);
    }
  }
}
