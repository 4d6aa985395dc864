// What goes wrong from outside: wires, power, disks, clocks, whole nights.
import { scanBlocks } from '@clearchart/block-store';
import { MEMBERS_KEY, type MemberSet, type OrganizationId, decodeValue, isAlone } from '@clearchart/ledger';
import type { Build } from './build.ts';
import { checkFlipIsFound } from './checkers/flips.ts';
import type { Coverage } from './coverage.ts';
import type { SeededRandom } from './random.ts';
import type { Calendar } from './simulated-clock.ts';
import type { SimulatedMember } from './simulated-member.ts';
import type { SimulatedNetwork } from './simulated-network.ts';
import { vouchForFlip } from './vouch-for-flip.ts';

export interface Disturbed {
  readonly network: SimulatedNetwork;
  readonly calendar: Calendar;
  readonly coverage: Coverage;
  readonly random: SeededRandom;
  /** Everybody on the network, byzantine members too. */
  readonly stations: readonly OrganizationId[];
  readonly build: Build;
}

const HOUR_MS = 3_600_000;
const FATES = ['spared', 'spared', 'restored', 'wiped', 'damaged'] as const;

/** @returns after how long the wires are to be healed. */
export function cutWires({ network, coverage, random, stations }: Disturbed): number {
  coverage.partitions += 1;
  const [one, other] = [random.pick(stations), random.pick(stations)];
  const kind = random.below(4);
  const side = new Set(kind === 0 ? stations.filter(() => random.chance(0.5)) : [one]);
  for (const from of stations) {
    for (const to of stations) {
      if (kind === 3) {
        if (from === one && to === other) network.cut(from, to);
      } else if (side.has(from) !== side.has(to) && (kind !== 2 || side.has(from))) network.cut(from, to);
    }
  }
  return 500 + random.below(random.chance(0.3) ? 25_000 : 6_000);
}

export function skipNight({ calendar, coverage, random }: Disturbed): void {
  coverage.nights += 1;
  calendar.skippedMs += random.below(3 * HOUR_MS);
}

/** The power goes within so many acts on the disk. */
export function cutWithin(acts: number, { power }: SimulatedMember, random: SeededRandom): void {
  const choice = random.below(2 * acts);
  power.cutAfter(1 + Math.floor(choice / 2), choice % 2 === 0);
}

/** The process ends, at once or in the middle of something. */
export async function strike(member: SimulatedMember, { coverage, random }: Disturbed): Promise<void> {
  const dice = random.below(10);
  if (dice < 4) cutWithin(25, member, random);
  else if (dice < 5) member.disk.failSyncAfter(random.below(4));
  else if (dice < 8) {
    coverage.crashes += 1;
    await member.crash();
  } else await member.stop();
}

/**
 * What may happen to its disks while it is down.
 * @returns whether it has fewer blocks than it had told of
 */
export async function harm(member: SimulatedMember, isUnlucky: boolean, disturbed: Disturbed): Promise<boolean> {
  const { coverage, random } = disturbed;
  if (random.chance(0.15)) await flip(member, disturbed);
  const fate = isUnlucky ? random.pick(FATES) : 'spared';
  if (fate === 'wiped') {
    coverage.wiped += 1;
    member.wipe();
  } else if (fate === 'restored' && member.hasBackup) {
    coverage.restored += 1;
    member.restore();
  } else if (fate === 'damaged') {
    if (member.disk.flipBit() === undefined) return false;
    coverage.damaged += 1;
    // By the state the start mends it in its place; without, by what follows, and what nothing follows is fetched anew.
    if (!random.chance(0.3)) return false;
    member.loseState();
  } else {
    // Found damaged, a state is thrown away and made again from the blocks.
    if (random.chance(0.15) && !(isOnItsOwn(member) && (await hasDamagedEnd(member)))) {
      coverage.lostStates += 1;
      member.loseState();
    }
    return false;
  }
  return true;
}

/** Whether nobody else could tell it what it has promised. */
function isOnItsOwn({ file }: SimulatedMember): boolean {
  const members = file.entries.get(MEMBERS_KEY);
  return members !== undefined && isAlone(decodeValue(members) as MemberSet);
}

/** As a crash may leave it. The state says that the last block was not promised; without it, alone, only a backup helps (docs/operations/repair.md). */
async function hasDamagedEnd({ disk }: SimulatedMember): Promise<boolean> {
  for await (const item of scanBlocks(disk)) if ('code' in item && item.code !== 'block-torn') return true;
  return false;
}

/** A bit turns over for a moment: the scan must say where. */
async function flip(member: SimulatedMember, { build, coverage }: Disturbed): Promise<void> {
  const flipped = member.disk.flipBit(!build.isKeepingDamage);
  if (flipped === undefined) return;
  coverage.flips += 1;
  if (!build.isChecksummed) await vouchForFlip(member.disk, flipped);
  await checkFlipIsFound(member.disk, flipped);
  if (build.isKeepingDamage) member.disk.flipBitAt(flipped.name, flipped.offset, flipped.bit);
}
