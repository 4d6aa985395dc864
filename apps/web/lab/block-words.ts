// The words of a stored block in which a visitor may change a letter, and the byte at which it lies.

export interface BlockWords {
  /** As the ledger names it. */
  key: string;
  value: string;
  /** Of the first letter of the value, in bytes from the block's beginning. */
  position: number;
}

/** Offered at once. */
const MOST_WORDS = 80;
const WORDS = /"([A-Za-z]+)":"([^"\\]+)"/g;
const LETTER = /^[A-Za-z0-9]$/;

/** @param text The block's canonical text, or its beginning. */
export function wordsOf(text: string): BlockWords[] {
  const words: BlockWords[] = [];
  for (const match of text.matchAll(WORDS)) {
    const [whole, key = '', value = ''] = match;
    if (![...value].some((letter) => LETTER.test(letter))) continue;
    const start = match.index + whole.length - 1 - value.length;
    words.push({ key, value, position: bytesOf(text.slice(0, start)) });
    if (words.length === MOST_WORDS) break;
  }
  return words;
}

/** What a reader knows best comes first. */
const TELLING = ['name', 'address', 'type', 'commitment', 'pseudonym', 'proposer'];

export function mostTelling(words: readonly BlockWords[]): BlockWords | undefined {
  const known = TELLING.map((key) => words.find((one) => one.key === key)).find((one) => one !== undefined);
  return known ?? words[0];
}

/** The words with one letter in the place of another: the next one, in the place of the first. */
export function oneLetterOther(value: string): string {
  const at = [...value].findIndex((letter) => LETTER.test(letter));
  const letters = [...value];
  letters[at] = nextOf(letters[at] ?? '');
  return letters.join('');
}

function nextOf(letter: string): string {
  if (letter === 'z' || letter === 'Z') return letter === 'z' ? 'a' : 'A';
  return letter === '9' ? '0' : String.fromCodePoint((letter.codePointAt(0) ?? 0) + 1);
}

/** The one letter that is other in what was typed; undefined when it is none, or more than that. */
export function letterChanged(words: BlockWords, typed: string): { position: number; letter: string } | undefined {
  const [before, after] = [[...words.value], [...typed]];
  const other = before.flatMap((letter, at) => (letter === after[at] ? [] : [at]));
  const [at = 0] = other;
  const letter = after[at] ?? '';
  if (before.length !== after.length || other.length !== 1) return undefined;
  if (!LETTER.test(before[at] ?? '') || !LETTER.test(letter)) return undefined;
  return { position: words.position + bytesOf(before.slice(0, at).join('')), letter };
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
