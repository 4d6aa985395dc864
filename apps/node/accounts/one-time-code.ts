/** A code that a person can read out: 128 random bits in Crockford's base 32, 26 letters. */
import type { Random } from '@clearchart/crypto';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LETTERS = 26;

export function makeCode(random: Random): string {
  let bits = 0n;
  for (const byte of random.bytes(16)) bits = (bits << 8n) | BigInt(byte);
  let code = '';
  for (let letter = 0; letter < LETTERS; letter += 1) {
    code = ALPHABET[Number(bits & 31n)] + code;
    bits >>= 5n;
  }
  return code;
}

/** As it was made, however it was typed: small letters, groups, O for 0, I and L for 1. Undefined for anything else. */
export function parseCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return code.length === LETTERS && [...code].every((letter) => ALPHABET.includes(letter)) ? code : undefined;
}
