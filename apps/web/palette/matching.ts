export interface Entry {
  readonly id: string;
  readonly words: string;
  /** Other words that find it, not shown. */
  readonly also?: string;
}

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();

const wordsOf = (text: string): string[] =>
  plain(text)
    .split(/[\s,.·’'-]+/)
    .filter(Boolean);

/** Entries of which some word begins with each word that was typed; those whose first word does stand first. */
export function matching<Found extends Entry>(entries: readonly Found[], typed: string): Found[] {
  const wanted = wordsOf(typed);
  const rank = ({ words }: Found): number => (plain(words).startsWith(wanted[0] ?? '') ? 0 : 1);
  return entries
    .filter(({ words, also = '' }) => {
      const have = wordsOf(`${words} ${also}`);
      return wanted.every((word) => have.some((one) => one.startsWith(word)));
    })
    .toSorted((left, right) => rank(left) - rank(right));
}
