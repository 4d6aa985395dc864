// The 24 recovery words (BIP39, English): 32 random bytes and a check, as a person can write them down.
import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';

const ENTROPY_BYTES = 32;

export function wordsFromEntropy(entropy: Uint8Array): string[] {
  if (entropy.length !== ENTROPY_BYTES) throw new RangeError('recovery words: 32 bytes expected');
  return entropyToMnemonic(entropy, wordlist).split(' ');
}

/** Undefined when a word is unknown or the check fails: most slips are found before anything is sent. */
export function entropyFromWords(words: string | readonly string[]): Uint8Array | undefined {
  const text = (typeof words === 'string' ? words : words.join(' ')).normalize('NFKD').trim().toLowerCase();
  const list = text.split(/\s+/);
  if (list.length !== 24) return undefined;
  try {
    return mnemonicToEntropy(list.join(' '), wordlist);
  } catch {
    return undefined;
  }
}
