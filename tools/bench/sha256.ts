// Our SHA-256 against @noble/hashes and node:crypto, one thread, each size in alternating turns so that a noisy machine is the same
// for all. node:crypto may use the processor's SHA instructions, which JavaScript cannot.
import { sha256 } from '@clearchart/crypto';
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { hash } from 'node:crypto';

const TURNS = 61;
const BYTES_A_TURN = 1024 * 1024;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

const rivals = {
  '@noble/hashes': (bytes: Uint8Array): unknown => nobleSha256(bytes),
  "crypto.hash('sha256', …), hexadecimal": (bytes: Uint8Array): unknown => hash('sha256', bytes),
  "crypto.hash('sha256', …, 'buffer')": (bytes: Uint8Array): unknown => hash('sha256', bytes, 'buffer'),
};

/** Nanoseconds a hash. */
function turn(run: (bytes: Uint8Array) => unknown, input: Uint8Array): number {
  const hashes = Math.max(1, Math.floor(BYTES_A_TURN / Math.max(input.length, 512)));
  const start = process.hrtime.bigint();
  for (let index = 0; index < hashes; index += 1) run(input);
  return Number(process.hrtime.bigint() - start) / hashes;
}

for (const size of [64, 1024, 1024 * 1024]) {
  const input = Uint8Array.from({ length: size }, (_, index) => index * 7);
  const own: number[] = [];
  const others = Object.entries(rivals).map(([name, run]) => ({ name, run, times: [] as number[] }));
  for (let index = 0; index < TURNS; index += 1) {
    own.push(turn(sha256, input));
    for (const { run, times } of others) times.push(turn(run, input));
  }
  for (const { name, times } of others) {
    const line = {
      name: `sha256 ${size} bytes`,
      value: Math.round(median(own)),
      unit: 'ns',
      against: `${name}, ${Math.round(median(times))} ns`,
      ratio: Number(median(times.map((time, index) => time / (own[index] ?? Number.NaN))).toFixed(2)),
      note: `above 1 ours is faster; medians of ${TURNS} alternating turns, fastest ${Math.round(Math.min(...own))} against ${Math.round(Math.min(...times))} ns`,
    };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  }
}
