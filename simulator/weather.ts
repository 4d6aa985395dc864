// How rough a run is: drawn from its seed, so that seeds differ in kind and not only in chance.
import type { SeededRandom } from './random.ts';
import type { LinkWeather } from './simulated-network.ts';

export interface Weather {
  /** Hospitals at the end at most; those that are members from the beginning; those of them that are byzantine. */
  readonly hospitals: number;
  readonly founders: number;
  readonly byzantine: number;
  readonly links: LinkWeather;
  /** Mean time to make a block. */
  readonly miningMs: number;
  /** Of a clock, either way. */
  readonly worstSkewMs: number;
  /** Mean times between such events; infinite when there are none. */
  readonly submitEveryMs: number;
  readonly partitionEveryMs: number;
  readonly crashEveryMs: number;
  readonly nightEveryMs: number;
  /** One member, always the same, loses its disks, finds its blocks damaged, or comes back from an old backup. */
  readonly hasUnluckyMember: boolean;
  readonly isChangingMembers: boolean;
}

export const CALM: Weather = {
  hospitals: 4,
  founders: 4,
  byzantine: 0,
  links: { delayMs: 10, dropRate: 0, duplicateRate: 0, isOrdered: true },
  miningMs: 20,
  worstSkewMs: 0,
  submitEveryMs: 1_000,
  partitionEveryMs: Number.POSITIVE_INFINITY,
  crashEveryMs: Number.POSITIVE_INFINITY,
  nightEveryMs: Number.POSITIVE_INFINITY,
  hasUnluckyMember: false,
  isChangingMembers: false,
};

export function drawWeather(random: SeededRandom): Weather {
  const isFoundedByOne = random.chance(0.15);
  const size = random.chance(0.7) ? 4 : 5 + random.below(3);
  const hospitals = isFoundedByOne ? 4 : random.chance(0.2) ? size + 1 : size;
  const founders = isFoundedByOne ? 1 : size;
  const tolerated = Math.floor((founders - 1) / 3);
  const byzantine = random.chance(0.6) ? random.below(tolerated + 1) : tolerated;
  const sometimes = (rate: number, meanMs: number): number =>
    random.chance(rate) ? meanMs * (0.5 + random.fraction()) : Number.POSITIVE_INFINITY;
  return {
    hospitals,
    founders,
    byzantine,
    links: {
      delayMs: random.pick([3, 15, 40, 150]),
      dropRate: random.pick([0, 0, 0.02, 0.15]),
      duplicateRate: random.pick([0, 0, 0.05]),
      isOrdered: random.chance(0.6),
    },
    miningMs: random.pick([5, 30, 150]),
    worstSkewMs: random.pick([0, 1_000, 3_000, 3_000, 3_000, 15_000]),
    submitEveryMs: random.pick([700, 2_000, 5_000]),
    partitionEveryMs: sometimes(0.5, 15_000),
    crashEveryMs: sometimes(0.6, 10_000),
    nightEveryMs: sometimes(0.3, 30_000),
    hasUnluckyMember: byzantine < tolerated && random.chance(0.8),
    isChangingMembers: hospitals > founders || random.chance(0.15),
  };
}
