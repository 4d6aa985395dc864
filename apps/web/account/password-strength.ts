// A rough guess at how hard a password is to guess, shown while it is typed. The server never sees the password, so nobody
// but this page can say it.

export type Strength = 'short' | 'weak' | 'fair' | 'good';

/** Shortest password accepted, characters. */
export const PASSWORD_CHARACTERS_AT_LEAST = 12;
/** Bits of guessing from which we call it fair, and good. */
const FAIR_BITS = 50;
const GOOD_BITS = 70;

const COMMON =
  /(?:password|passwort|qwert|asdf|letmein|welcome|admin|hospital|clearchart|iloveyou|12345|abcde|india|monkey|dragon)/gi;

/** Estimated bits: characters that are not repeated, in a row, or part of a common word count in full. */
export function passwordBits(password: string): number {
  const text = password.replace(COMMON, (found) => found.slice(0, 1));
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^\p{L}\p{N}]/u, /[^ -~]/].filter((kind) => kind.test(text)).length;
  const alphabet = [1, 26, 52, 62, 80, 100][kinds] ?? 100;
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0);
  const counted = codes.filter((code, at) => {
    const step = code - (codes[at - 1] ?? Number.NaN);
    return !(step === 0 || step === 1 || step === -1);
  });
  const distinct = new Set(codes).size;
  return Math.min(counted.length, distinct * 2) * Math.log2(alphabet);
}

export function passwordStrength(password: string): Strength {
  if ([...password].length < PASSWORD_CHARACTERS_AT_LEAST) return 'short';
  const bits = passwordBits(password);
  return bits < FAIR_BITS ? 'weak' : bits < GOOD_BITS ? 'fair' : 'good';
}
