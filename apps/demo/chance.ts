/** Chance that repeats itself: the same seed and label give the same numbers on every machine. */

export interface Chance {
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  /** `value` moved by at most `spread`, rounded to `decimals` places. */
  around(value: number, spread: number, decimals?: number): number;
  pick<T>(choices: readonly T[]): T;
  /** A UUID in the form of RFC 9562 version 4; not secret, for it can be guessed from the seed. */
  uuid(): string;
}

/** Each label has a sequence of its own, so one person more changes nobody else. */
export function chanceFrom(seed: number, label: string): Chance {
  const next = numbersFrom(mix(seed, label));
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  const digits = (count: number) => Array.from({ length: count }, () => between(0, 15).toString(16)).join('');
  return {
    between,
    around: (value, spread, decimals = 0) => {
      const moved = value + (next() * 2 - 1) * spread;
      return Number(moved.toFixed(decimals));
    },
    pick: (choices) => {
      const choice = choices[between(0, choices.length - 1)];
      if (choice === undefined) throw new Error('there is nothing to pick from');
      return choice;
    },
    uuid: () => {
      const variant = between(8, 11).toString(16);
      return `${digits(8)}-${digits(4)}-4${digits(3)}-${variant}${digits(3)}-${digits(12)}`;
    },
  };
}

/** FNV-1a over the label, started from the seed. */
function mix(seed: number, label: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (const letter of label) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
}

/** Mulberry32 (Tommy Ettinger, 2017): 32 bits of state, numbers in [0, 1). */
function numbersFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
