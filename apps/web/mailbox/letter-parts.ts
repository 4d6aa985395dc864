// A letter's text in paragraphs; one that is a link into this node becomes its path, so that it leads back to where one is.
export interface LetterPart {
  readonly text: string;
  /** Path and fragment; undefined for words. */
  readonly path?: string;
  /** Letters tell everything in both languages. */
  readonly language?: 'hi';
}

const DEVANAGARI = /\p{Script=Devanagari}/u;

export function letterParts(text: string): LetterPart[] {
  return text
    .split(/\n\n+/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      if (DEVANAGARI.test(part)) return { text: part, language: 'hi' };
      if (!/^https?:\/\/\S+$/.test(part) || !URL.canParse(part)) return { text: part };
      const { pathname, hash } = new URL(part);
      return { text: part, path: pathname + hash };
    });
}
