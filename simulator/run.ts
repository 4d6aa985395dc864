// A run: from its seed alone follow the network's weather, its people, its byzantine members and all chance. After every step the
// checkers look; a broken promise is thrown with seed and step, and the same seed shows it again.
import { createHash } from 'node:crypto';
import { fromHex } from '@clearchart/crypto';
import { type Block, headerHash } from '@clearchart/ledger';
import { type Build, SOUND } from './build.ts';
import { CAREFUL_ACTS, CRUDE_ACTS, withhold } from './byzantine/acts.ts';
import { ByzantineMember } from './byzantine/byzantine-member.ts';
import { Checkers } from './checkers/index.ts';
import { checkNoHonestBan, checkNoHonestAccused } from './checkers/fair-peers.ts';
import { isTogether, whereTheyAre } from './checkers/liveness.ts';
import { PromiseBroken } from './checkers/promise-broken.ts';
import { WireWatch } from './checkers/wire-watch.ts';
import { type Coverage, noCoverage } from './coverage.ts';
import { type Disturbed, cutWires, harm, skipNight, strike } from './disturbances.ts';
import { EventQueue } from './event-queue.ts';
import { found } from './founding.ts';
import { MemberChanges } from './member-changes.ts';
import { People } from './people.ts';
import { seededRandom } from './random.ts';
import { FIRST_MOMENT_MS } from './simulated-clock.ts';
import { SimulatedMember, rest } from './simulated-member.ts';
import { simulatedSigner } from './simulated-signatures.ts';
import { FAIR_LINKS, SimulatedNetwork } from './simulated-network.ts';
import { type Weather, drawWeather } from './weather.ts';

export interface RunOptions {
  readonly seed: number;
  /** Of simulated time, before everything is healed. */
  readonly minutes?: number;
  /** Instead of what the seed would draw. */
  readonly weather?: Partial<Weather>;
  readonly build?: Build;
}

export interface RunReport {
  readonly seed: number;
  readonly steps: number;
  readonly weather: Weather;
  /** Time from healing until all had come together, milliseconds. */
  readonly healedMs: number;
  readonly coverage: Coverage;
  /** Over all final blocks and what happened when: equal for equal runs. */
  readonly trace: string;
}

const MINUTES = 1;
/** When all is healed, all must have come together within this. */
const HEALING_MS = 180_000;
const CHANGES_EVERY_MS = 3_000;
const BACKUP_EVERY_MS = 10_000;
const BYZANTINE_EVERY_MS = 400;
const STALL_MS = 10_000;

export async function simulate(options: RunOptions): Promise<RunReport> {
  const run = new Run(options);
  try {
    return await run.play();
  } catch (error) {
    if (error instanceof PromiseBroken) error.message += ` (seed ${options.seed}, step ${run.steps}, ${run.nowMs} ms)`;
    throw error;
  }
}

class Run {
  readonly #options: RunOptions;
  readonly #weather: Weather;
  readonly #queue = new EventQueue();
  readonly #coverage = noCoverage();
  readonly #trace = createHash('sha256');
  readonly #calendar = { skippedMs: 0 };
  readonly #network: SimulatedNetwork;
  readonly #members: SimulatedMember[];
  readonly #byzantine: ByzantineMember[];
  readonly #forgetful: SimulatedMember | undefined;
  readonly #checkers: Checkers;
  readonly #people: People;
  readonly #changes: MemberChanges;
  readonly #disturbed: Disturbed;
  readonly #random;
  readonly #news = new Map<string, Block>();
  readonly #heads = new Map<SimulatedMember, { height: number; headHash: string }>();
  #errors: unknown[] = [];
  #isHealed = false;
  #lastFinalMs = 0;
  steps = 0;

  constructor(options: RunOptions) {
    const { seed, weather, build = SOUND } = options;
    const chance = (stream: number) => seededRandom(seed * 16 + stream);
    this.#options = options;
    this.#random = chance(0);
    this.#weather = { ...drawWeather(chance(1)), ...weather };
    const { hospitals: count, founders, byzantine, links, miningMs, hasForgetfulMember } = this.#weather;
    const { genesis, hospitals } = found(chance(2), count, founders, simulatedSigner);
    const isHonest = (organization: string) => hospitals.slice(byzantine).some((one) => one.organization === organization);
    const watch = new WireWatch(this.#coverage, isHonest);
    this.#network = new SimulatedNetwork(this.#queue, chance(3), links, (from, bytes) => this.#hear(() => watch.hear(from, bytes)));
    const world = {
      genesis,
      queue: this.#queue,
      calendar: this.#calendar,
      network: this.#network,
      random: chance(4),
      build,
      miningMs,
      onFinal: (_: SimulatedMember, { block, hash }: { block: Block; hash: string }) => this.#news.set(hash, block),
    };
    this.#byzantine = hospitals.slice(0, byzantine).map((hospital) => {
      const now = () => Math.floor(FIRST_MOMENT_MS + this.#queue.nowMs + this.#calendar.skippedMs);
      const member = new ByzantineMember(hospital, chance(5), genesis, (name) => this.#network.openPort(name), now);
      this.#network.join(member);
      return member;
    });
    this.#members = hospitals
      .slice(byzantine)
      .map((hospital, index) => new SimulatedMember(hospital, world, index + byzantine < founders));
    this.#forgetful = hasForgetfulMember ? this.#members[0] : undefined;
    this.#people = new People(chance(6), this.#coverage, (doing) => this.#guard(doing));
    const signerOf = (organization: string, publicKey: string) =>
      hospitals.find((one) => one.organization === organization)?.signerFor(fromHex(publicKey));
    this.#checkers = new Checkers(genesis, chance(7), this.#people, signerOf, (block) => this.#blockIsFinal(block));
    const leaving = this.#weather.isChangingMembers ? hospitals[0]?.organization : undefined;
    this.#changes = new MemberChanges(this.#checkers.reference, hospitals.slice(founders), leaving);
    const stations = hospitals.map(({ organization }) => organization);
    this.#disturbed = { network: this.#network, calendar: this.#calendar, coverage: this.#coverage, random: this.#random, stations };
  }

  get nowMs(): number {
    return Math.round(this.#queue.nowMs);
  }

  async play(): Promise<RunReport> {
    this.#begin();
    await this.#runUntil((this.#options.minutes ?? MINUTES) * 60_000);
    const healedMs = await this.#heal();
    for (const member of this.#members) this.#coverage.evidence += member.consensus.evidence.length;
    for (const member of this.#members) await member.stop();
    return {
      seed: this.#options.seed,
      steps: this.steps,
      weather: this.#weather,
      healedMs,
      coverage: this.#coverage,
      trace: this.#trace.digest('hex'),
    };
  }

  #begin(): void {
    const { worstSkewMs, submitEveryMs, partitionEveryMs, crashEveryMs, nightEveryMs } = this.#weather;
    const random = this.#random;
    for (const member of this.#members) {
      member.machine.skewMs = Math.round((2 * random.fraction() - 1) * worstSkewMs);
      this.#start(member, random.below(500));
      this.#often(submitEveryMs, () => this.#people.act(member), member.organization);
    }
    this.#often(partitionEveryMs, async () => {
      const lastsMs = cutWires(this.#disturbed);
      this.#queue.plan(lastsMs, () => this.#network.heal());
    });
    this.#often(crashEveryMs, async () => {
      const member = random.pick(this.#members);
      if (member.isUp) await strike(member, this.#disturbed);
      if (!member.isUp) this.#startLater(member);
    });
    this.#often(nightEveryMs, async () => skipNight(this.#disturbed));
    if (this.#weather.isChangingMembers) this.#often(CHANGES_EVERY_MS, () => this.#changes.act(this.#members));
    if (this.#forgetful !== undefined) this.#often(BACKUP_EVERY_MS, async () => this.#forgetful?.backUp());
    for (const member of this.#byzantine) this.#often(BYZANTINE_EVERY_MS, async () => this.#misbehave(member));
  }

  /** About every so many milliseconds until everything is healed. */
  #often(meanMs: number, act: () => Promise<void>, owner?: string): void {
    if (meanMs === Number.POSITIVE_INFINITY) return;
    const again = (): void => {
      this.#queue.plan(meanMs * 2 * this.#random.fraction(), () => {
        if (this.#isHealed) return;
        this.#guard(act());
        again();
      }, owner);
    };
    again();
  }

  #misbehave(member: ByzantineMember): void {
    const { random } = member;
    const acts = random.chance(this.#queue.nowMs < 30_000 ? 0.02 : 0.2) ? CRUDE_ACTS : CAREFUL_ACTS;
    const kind = random.chance(0.1)
      ? withhold(member, (delayMs, act) => this.#queue.plan(delayMs, act))
      : random.pick(acts)(member);
    if (kind !== undefined) this.#coverage[kind] += 1;
  }

  async #runUntil(endMs: number): Promise<void> {
    for (;;) {
      const event = this.#queue.next(endMs);
      if (event === undefined) return;
      this.steps += 1;
      event.act();
      await rest();
      if (this.#errors.length > 0) throw this.#errors[0];
      const member = this.#members.find(({ organization }) => organization === event.owner);
      if (member !== undefined) await this.#look(member);
    }
  }

  async #look(member: SimulatedMember): Promise<void> {
    if (member.isUp && (member.power.isOff || member.fault !== undefined)) {
      if (!member.power.isOff && !member.disk.hasFailed)
        throw new PromiseBroken(`An engine has stopped by itself: ${member.fault?.stack}`);
      this.#coverage.cuts += 1;
      await member.crash();
      this.#startLater(member);
    }
    await this.#checkers.look(member, this.#news);
    this.#watchHead(member);
  }

  #watchHead(member: SimulatedMember): void {
    if (member.engine === undefined) return;
    const { height, headHash, pending } = member.engine.status();
    const before = this.#heads.get(member);
    if (before !== undefined && height <= before.height && headHash !== before.headHash) this.#coverage.reorganisations += 1;
    this.#heads.set(member, { height, headHash });
    if (pending > 0 && this.#queue.nowMs - this.#lastFinalMs > STALL_MS) {
      this.#coverage.stalls += 1;
      this.#lastFinalMs = this.#queue.nowMs;
    }
  }

  #blockIsFinal(block: Block): void {
    const { members, next } = this.#checkers.reference.members;
    this.#lastFinalMs = this.#queue.nowMs;
    this.#coverage.blocks += 1;
    this.#coverage.transactions += block.transactions.length;
    this.#people.keep(block.transactions);
    for (const { type } of block.transactions) if (type === 'rotate-organization-key') this.#coverage.keysReplaced += 1;
    if (block.transactions.some(({ type }) => type === 'activate-members')) {
      if (members.length > this.#memberCount) this.#coverage.admitted += 1;
      if (members.length < this.#memberCount) this.#coverage.retired += 1;
    }
    this.#memberCount = members.length;
    for (const { hospital } of [...this.#members, ...this.#byzantine]) hospital.learn(block, next !== undefined);
    this.#trace.update(`${this.#queue.nowMs} ${headerHash(block.header)}\n`);
  }
  #memberCount = Number.NaN;

  #startLater(member: SimulatedMember): void {
    const random = this.#random;
    this.#start(member, 50 + random.below(random.chance(0.2) ? 20_000 : 5_000), true);
  }

  #start(member: SimulatedMember, delayMs: number, mayBeHarmed = false): void {
    this.#queue.plan(delayMs, () => {
      if (!member.isUp) this.#guard(this.#startNow(member, mayBeHarmed));
    }, member.organization);
  }

  async #startNow(member: SimulatedMember, mayBeHarmed: boolean): Promise<void> {
    if (mayBeHarmed && !this.#isHealed) {
      const before = member.file;
      await harm(member, member === this.#forgetful, this.#disturbed);
      if (!member.consensus.knowsOwnVotes || member.file !== before) this.#checkers.forget(member);
    }
    if (this.#random.chance(0.1) && !this.#isHealed) member.power.cutAfter(1 + this.#random.below(10));
    if (await member.start()) await this.#checkers.lookAtStored(member);
    else {
      await member.crash();
      this.#startLater(member);
    }
  }

  async #heal(): Promise<number> {
    this.#isHealed = true;
    this.#network.heal();
    this.#network.links = FAIR_LINKS;
    const healedAtMs = this.#queue.nowMs;
    for (const member of this.#members) {
      member.machine.skewMs = Math.max(-3_000, Math.min(3_000, member.machine.skewMs));
      member.power.restore();
      if (!member.isUp) this.#start(member, 0);
    }
    await this.#runUntil(healedAtMs + 5_000);
    for (const member of this.#members) this.#guard(this.#lastWord(member));
    while (!isTogether(this.#members, this.#checkers.reference)) {
      if (this.#queue.nowMs > healedAtMs + HEALING_MS)
        throw new PromiseBroken(`Healed, the members do not come together: ${whereTheyAre(this.#members)}`);
      await this.#runUntil(this.#queue.nowMs + 500);
    }
    checkNoHonestBan(this.#members);
    checkNoHonestAccused(this.#members);
    this.#checkers.lookAtEnd(this.#members);
    return Math.round(this.#queue.nowMs - healedAtMs);
  }

  async #lastWord(member: SimulatedMember): Promise<void> {
    await member.engine?.submit(member.hospital.enrolment(member.now()));
  }

  #hear(listen: () => void): void {
    try {
      listen();
    } catch (error) {
      this.#errors.push(error);
    }
  }

  #guard(doing: Promise<void>): void {
    doing.catch((error: unknown) => this.#errors.push(error));
  }
}
