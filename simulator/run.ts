// A run: from its seed alone follow the network's weather, its people, its byzantine members and all chance. A broken promise is
// thrown with seed and step, and the same seed shows it again.
import { type TransactionId, isRejection } from '@clearchart/ledger';
import { type Build, SOUND } from './build.ts';
import { misbehave } from './byzantine/acts.ts';
import { checkNoHonestAccused, checkNoHonestBan } from './checkers/fair-peers.ts';
import { isTogether, whereTheyAre } from './checkers/liveness.ts';
import { PromiseBroken } from './checkers/promise-broken.ts';
import type { Coverage } from './coverage.ts';
import { cutWires, skipNight, strike } from './disturbances.ts';
import { type SimulatedMember, rest } from './simulated-member.ts';
import { FAIR_LINKS } from './simulated-network.ts';
import { Stage, chanceOf } from './stage.ts';
import { type Weather, drawWeather } from './weather.ts';

export interface RunOptions {
  readonly seed: number;
  /** Of simulated time, before everything is healed. */
  readonly minutes?: number;
  /** Instead of what the seed would draw. */
  readonly weather?: Partial<Weather>;
  readonly build?: Build;
  /** The power of the first member goes after so many acts on its disks, the last of them done or not. */
  readonly cutAfter?: { readonly acts: number; readonly isLastDone: boolean };
  /** Plans what is to happen beside the weather. */
  readonly script?: (stage: Stage) => void;
}

export interface RunReport {
  readonly seed: number;
  readonly steps: number;
  readonly weather: Weather;
  /** Time from healing until all had come together, milliseconds. */
  readonly healedMs: number;
  readonly coverage: Coverage;
  /** Equal for equal runs. */
  readonly trace: string;
}

const MINUTES = 1;
/** When all is healed, all must have come together within this. */
const HEALING_MS = 180_000;
const LOOK_MS = 500;
/** Clocks that were further off are set. */
const FAIR_SKEW_MS = 3_000;
const CHANGES_EVERY_MS = 3_000;
const BACKUP_EVERY_MS = 10_000;
const BYZANTINE_EVERY_MS = 400;

export async function simulate({
  seed,
  minutes = MINUTES,
  weather: instead,
  build = SOUND,
  cutAfter,
  script,
}: RunOptions): Promise<RunReport> {
  const weather = { ...drawWeather(chanceOf(seed, 1)), ...instead };
  const stage = new Stage(seed, weather, build);
  try {
    if (cutAfter !== undefined) stage.members[0]?.power.cutAfter(cutAfter.acts, cutAfter.isLastDone);
    begin(stage, weather);
    script?.(stage);
    await stage.runUntil(minutes * 60_000);
    const healedMs = await heal(stage);
    const { byzantine, coverage, members, steps } = stage;
    for (const { longChains } of byzantine) coverage.longChains += longChains;
    for (const { consensus, evidence } of members) {
      coverage.evidence += consensus.evidence.length;
      coverage.mended += evidence.repaired;
    }
    for (const member of members) await member.stop();
    return { seed, steps, weather, healedMs, coverage, trace: stage.trace() };
  } catch (error) {
    if (error instanceof PromiseBroken) error.message += ` (seed ${seed}, step ${stage.steps}, ${stage.nowMs} ms)`;
    throw error;
  }
}

function begin(stage: Stage, weather: Weather): void {
  const { worstSkewMs, submitEveryMs, partitionEveryMs, crashEveryMs, nightEveryMs } = weather;
  const { byzantine, changes, disturbed, unlucky, members, network, people, queue, random } = stage;
  for (const member of members) {
    member.machine.skewMs = Math.round((2 * random.fraction() - 1) * worstSkewMs);
    stage.start(member, random.below(500));
    stage.often(submitEveryMs, () => people.act(member), member.organization);
  }
  stage.often(partitionEveryMs, async () => {
    queue.plan(cutWires(disturbed), () => network.heal());
  });
  stage.often(crashEveryMs, async () => {
    const member = random.pick(members);
    if (member.isUp) await strike(member, disturbed);
    if (!member.isUp) stage.startLater(member);
  });
  stage.often(nightEveryMs, async () => skipNight(disturbed));
  if (weather.isChangingMembers) stage.often(CHANGES_EVERY_MS, () => changes.act(members));
  if (unlucky !== undefined) stage.often(BACKUP_EVERY_MS, async () => unlucky.backUp());
  for (const member of byzantine) {
    stage.often(BYZANTINE_EVERY_MS, async () => {
      const kind = misbehave(member, queue);
      if (kind !== undefined) stage.coverage[kind] += 1;
    });
  }
}

/** All that was done from outside ends; then all must come together. @returns how long it took, milliseconds. */
async function heal(stage: Stage): Promise<number> {
  const { checkers, members, network, queue } = stage;
  stage.isHealed = true;
  network.heal();
  network.links = FAIR_LINKS;
  const healedAtMs = queue.nowMs;
  for (const member of members) {
    member.machine.skewMs = Math.max(-FAIR_SKEW_MS, Math.min(FAIR_SKEW_MS, member.machine.skewMs));
    member.power.restore();
    member.disk.failSyncAfter(Number.POSITIVE_INFINITY);
    if (!member.isUp) stage.start(member, 0);
  }
  const lastWords = new Map<SimulatedMember, TransactionId>();
  const speaking = new Set<SimulatedMember>();
  do {
    if (queue.nowMs > healedAtMs + HEALING_MS)
      throw new PromiseBroken(`Healed, the members do not come together: ${whereTheyAre(members)}`);
    await stage.runUntil(queue.nowMs + LOOK_MS);
    for (const member of members) {
      if (speaking.has(member)) continue;
      speaking.add(member);
      // The answer may need time of the queue.
      stage.guard(sayLastWord(member, lastWords).finally(() => speaking.delete(member)));
      await rest();
    }
  } while (!isTogether(members, checkers.reference, lastWords));
  checkNoHonestBan(members);
  checkNoHonestAccused(members);
  checkers.lookAtEnd(members);
  return Math.round(queue.nowMs - healedAtMs);
}

/** Something new of each member must become final too. When its key has just changed, it signs and says it once more. */
async function sayLastWord(member: SimulatedMember, lastWords: Map<SimulatedMember, TransactionId>): Promise<void> {
  const said = lastWords.get(member);
  if (said !== undefined && member.engine?.finality(said) !== undefined) return;
  const answer = await member.engine?.submit(member.hospital.enrolment(member.now()));
  if (answer !== undefined && !isRejection(answer)) lastWords.set(member, answer.transactionId);
}
