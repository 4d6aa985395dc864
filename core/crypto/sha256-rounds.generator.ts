/**
 * Writes sha256-rounds.generated.ts: the compression function with its 64 rounds unrolled, every word in a local variable and
 * every sum an int32, so that V8 keeps them as machine words; a DataView reads a word in one instruction.
 */
import { ROUND_CONSTANTS } from './sha256-constants.ts';

const STATE = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const;

/** The name that plays the part of `STATE[position]` in this round: names rotate instead of values. */
function nameAt(position: number, round: number): string {
  return STATE[(position + 64 - round) % 8] as string;
}

function loadWord(index: number): string {
  return `  let w${index} = block.getInt32(offset + ${4 * index});`;
}

/** Every sum is cut to an int32 at once: a longer one would be computed as a float. */
function sum(...terms: readonly string[]): string {
  return terms.reduce((left, right) => `((${left} + ${right}) | 0)`);
}

function rotations(name: string, first: number, second: number, third: number): string {
  const rotated = (by: number): string => `((${name} >>> ${by}) | (${name} << ${32 - by}))`;
  return `(${rotated(first)} ^ ${rotated(second)} ^ ${rotated(third)})`;
}

function smallSigma(name: string, first: number, second: number, shift: number): string {
  const rotated = (by: number): string => `((${name} >>> ${by}) | (${name} << ${32 - by}))`;
  return `(${rotated(first)} ^ ${rotated(second)} ^ (${name} >>> ${shift}))`;
}

function scheduleWord(round: number): string {
  const [target, early, middle, late] = [0, 1, 9, 14].map((ahead) => `w${(round + ahead) % 16}`) as [
    string,
    string,
    string,
    string,
  ];
  return `  ${target} = ${sum(target, smallSigma(early, 7, 18, 3), middle, smallSigma(late, 17, 19, 10))};`;
}

function round(index: number): string {
  const [a, b, , d, e, f, g, h] = STATE.map((_, position) => nameAt(position, index)) as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const constant = String((ROUND_CONSTANTS[index] as number) | 0);
  const choice = `(${g} ^ (${e} & (${f} ^ ${g})))`;
  // Maj(a, b, c) = b ^ ((a ^ b) & (b ^ c)), and b ^ c is the a ^ b of the round before.
  const [difference, before] = index % 2 === 0 ? ['x', 'y'] : ['y', 'x'];
  const majority = `(${b} ^ (${difference} & ${before}))`;
  return [
    ...(index < 16 ? [] : [scheduleWord(index)]),
    `  t = ${sum(h, rotations(e, 6, 11, 25), choice, constant, `w${index % 16}`)};`,
    `  ${d} = ${sum(d, 't')};`,
    `  ${difference} = ${a} ^ ${b};`,
    `  ${h} = ${sum('t', rotations(a, 2, 13, 22), majority)};`,
  ].join('\n');
}

export function generateRounds(): string {
  const indices = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
  return `// Written by sha256-rounds.generator.ts; a test compares. FIPS 180-4 §6.2.2, one block of 64 bytes.
export function compress(state: Int32Array, block: DataView, offset: number): void {
  let t = 0;
${indices(16).map(loadWord).join('\n')}
${STATE.map((name, index) => `  let ${name} = state[${index}] as number;`).join('\n')}
  let x = 0;
  let y = b ^ c;
${indices(64).map(round).join('\n')}
${STATE.map((name, index) => `  state[${index}] = ((state[${index}] as number) + ${name}) | 0;`).join('\n')}
}
`;
}
