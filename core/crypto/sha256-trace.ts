/** SHA-256 step by step, to be looked at: padded blocks, message schedule and the eight words after each round (FIPS 180-4 §6.2). */
import { INITIAL_HASH, ROUND_CONSTANTS } from './sha256-constants.ts';

/** The functions of FIPS 180-4 §4.1.2 on 32-bit words. */
export interface RoundFunctions {
  choose(x: number, y: number, z: number): number;
}

export const STANDARD: RoundFunctions = { choose: (x, y, z) => (x & y) ^ (~x & z) };

/** The paper prints Ch without the complement; a test shows that its own values then fail. */
export const AS_PRINTED_IN_THE_PAPER: RoundFunctions = { choose: (x, y, z) => (x & y) ^ (x & z) };

/** Words are unsigned 32-bit numbers. */
export interface BlockTrace {
  /** 64 words. */
  readonly schedule: readonly number[];
  /** a to h after each of the 64 rounds. */
  readonly rounds: readonly (readonly number[])[];
  /** The hash value after the block: 8 words. */
  readonly hash: readonly number[];
}

export interface Sha256Trace {
  readonly padded: Uint8Array;
  readonly blocks: readonly BlockTrace[];
}

const rotate = (word: number, by: number): number => ((word >>> by) | (word << (32 - by))) >>> 0;
const majority = (x: number, y: number, z: number): number => (x & y) ^ (x & z) ^ (y & z);
const bigSigma0 = (x: number): number => rotate(x, 2) ^ rotate(x, 13) ^ rotate(x, 22);
const bigSigma1 = (x: number): number => rotate(x, 6) ^ rotate(x, 11) ^ rotate(x, 25);
const smallSigma0 = (x: number): number => rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3);
const smallSigma1 = (x: number): number => rotate(x, 17) ^ rotate(x, 19) ^ (x >>> 10);

/** Longest input that is traced, bytes. */
export const LONGEST_TRACED_BYTES = 4096;

/** @throws RangeError above LONGEST_TRACED_BYTES. */
export function sha256Trace(bytes: Uint8Array, functions: RoundFunctions = STANDARD): Sha256Trace {
  if (bytes.length > LONGEST_TRACED_BYTES) throw new RangeError('sha256 trace: the input is too long');
  const padded = pad(bytes);
  const blocks: BlockTrace[] = [];
  let hash: readonly number[] = INITIAL_HASH;
  for (let at = 0; at < padded.length; at += 64) {
    const block = traceBlock(padded.subarray(at, at + 64), hash, functions);
    blocks.push(block);
    hash = block.hash;
  }
  return { padded, blocks };
}

function pad(bytes: Uint8Array): Uint8Array {
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const bits = bytes.length * 8;
  for (let byte = 0; byte < 4; byte += 1) padded[padded.length - 1 - byte] = bits >>> (8 * byte);
  return padded;
}

function scheduleOf(block: Uint8Array): number[] {
  const words: number[] = [];
  for (let index = 0; index < 64; index += 1) {
    if (index < 16) {
      const [a = 0, b = 0, c = 0, d = 0] = block.subarray(4 * index, 4 * index + 4);
      words.push(((a << 24) | (b << 16) | (c << 8) | d) >>> 0);
    } else {
      const at = (back: number): number => words[index - back] as number;
      words.push((smallSigma1(at(2)) + at(7) + smallSigma0(at(15)) + at(16)) >>> 0);
    }
  }
  return words;
}

function traceBlock(block: Uint8Array, before: readonly number[], { choose }: RoundFunctions): BlockTrace {
  const schedule = scheduleOf(block);
  const rounds: number[][] = [];
  let state = before as [number, number, number, number, number, number, number, number];
  for (const [index, constant] of ROUND_CONSTANTS.entries()) {
    const [a, b, c, d, e, f, g, h] = state;
    const first = (h + bigSigma1(e) + choose(e, f, g) + constant + (schedule[index] as number)) >>> 0;
    const second = (bigSigma0(a) + majority(a, b, c)) >>> 0;
    state = [(first + second) >>> 0, a, b, c, (d + first) >>> 0, e, f, g];
    rounds.push(state);
  }
  return { schedule, rounds, hash: before.map((word, index) => (word + (state[index] as number)) >>> 0) };
}
