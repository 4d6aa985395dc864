// Free text as whole words, the same for every way of writing them. English and Hindi; pure.

/** Longest text looked at, in UTF-16 units; what a person writes beyond it is cut, and the caller should not let it grow so long. */
export const MAX_TEXT_LENGTH = 5_000;

/** Stands between two sentences or list items: no phrase and no negation reaches across it. */
export const BREAK = '\n';

/** One way of writing: Unicode NFKD, lower case, no Latin accents, no nukta, chandrabindu as anusvara, no apostrophes. */
export function plainText(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f\u093c'’‘`]|\u200c|\u200d/g, '')
    .replace(/\u0901/g, '\u0902');
}

/** Words of a text in order, with BREAK where a sentence or a list item ends. A point inside a number ends nothing. */
export function words(text: string): string[] {
  const found = plainText(text.slice(0, MAX_TEXT_LENGTH)).match(/[\p{L}\p{M}\p{N}]+|[.!?,;:।|\n\r]+/gu) ?? [];
  const pieces = found.map((piece) => (/[\p{L}\p{N}]/u.test(piece) ? piece : BREAK));
  // "can not" is no denial: one word, as "cannot" is.
  return pieces.flatMap((word, at) => {
    if (word === 'can' && pieces[at + 1] === 'not') return ['cannot'];
    return word === 'not' && pieces[at - 1] === 'can' ? [] : [word];
  });
}
