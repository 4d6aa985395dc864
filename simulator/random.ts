// All chance in a run comes from its seed, so that any failure can be replayed (xoshiro128**, Blackman and Vigna 2018).
import type { Random } from '@clearchart/crypto';

export interface SeededRandom extends Random {
  /** An integer from 0 to `below` − 1. */
  below(below: number): number;
  chance(probability: number): boolean;
  /** From 0 up to, and without, 1. */
  fraction(): number;
  pick<Item>(items: readonly Item[]): Item;
}

export function seededRandom(seed: number): SeededRandom {
  let [a, b, c, d] = [splitMix(seed), splitMix(seed + 1), splitMix(seed + 2), splitMix(seed + 3)];

  function next(): number {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result;
  }

  const random: SeededRandom = {
    bytes: (length) => Uint8Array.from({ length }, () => next() & 0xff),
    below: (below) => Math.floor((next() / 2 ** 32) * below),
    chance: (probability) => next() / 2 ** 32 < probability,
    fraction: () => next() / 2 ** 32,
    pick<Item>(items: readonly Item[]): Item {
      const item = items[random.below(items.length)];
      if (item === undefined) throw new RangeError('Nothing to pick from');
      return item;
    },
  };
  return random;
}

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function splitMix(seed: number): number {
  let mixed = (seed * 0x9e3779b9 + 0x9e3779b9) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
