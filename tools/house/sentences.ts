/** The numbered sentences of docs/protocol and the tests that cite them: a promise that nothing tests is none. */
import { isCode, isTest } from './source-files.ts';

export interface Sentence {
  /** A letter and a number, such as C6. */
  readonly number: string;
  readonly path: string;
}

const NUMBERED = /^- \*\*([A-Z]\d+)\*\*/gm;
const CITED = /\b[A-Z]\d+\b/g;
/** What a citing text may be: the name of a test, or a comment. */
const PLACES = /\btest(?:\.\w+)?\(\s*(['"`])(?:(?!\1).)*\1|\/\*\*?[^]*?\*\/|\/\/.*/g;

export function numberedSentences(files: readonly string[], read: (path: string) => string): Sentence[] {
  return files
    .filter((path) => /^docs\/protocol\/.*\.md$/.test(path))
    .flatMap((path) => [...read(path).matchAll(NUMBERED)].map(([, number = '']) => ({ number, path })));
}

/** Sentences that no test names, as `docs/protocol/access.md: C6`. */
export function untestedSentences(files: readonly string[], read: (path: string) => string): string[] {
  const cited = new Set<string>();
  for (const path of files.filter((one) => isCode(one) && isTest(one))) {
    for (const [place] of read(path).matchAll(PLACES)) for (const [number] of place.matchAll(CITED)) cited.add(number);
  }
  const sentences = numberedSentences(files, read);
  return sentences.filter(({ number }) => !cited.has(number)).map(({ number, path }) => `${path}: ${number}`);
}
