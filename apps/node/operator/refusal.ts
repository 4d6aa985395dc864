/** What an operator asked for and does not get, in plain words: neither a fault of the program nor damage. */
import type { OlderBlocks } from '../ledger/older-blocks.ts';

export type RefusalKind = 'not-there' | 'not-yet' | 'usage';

export class OperatorRefusal extends Error {
  override readonly name = 'OperatorRefusal';
  readonly kind: RefusalKind;

  constructor(kind: RefusalKind, words: string) {
    super(words);
    this.kind = kind;
  }
}

const PLAIN_WORDS: Readonly<Record<string, string>> = {
  EACCES: 'may not be written or read by this user',
  EEXIST: 'exists already: choose another name',
  EISDIR: 'is a folder',
  ENOENT: 'is not there',
  ENOTDIR: 'is not inside a folder',
  EROFS: 'is on a disk that is read-only',
};

/** Faults of the file system that the one who named the path can mend become refusals; others stay what they are. */
export function asPathRefusal(fault: unknown, path: string): unknown {
  const words = PLAIN_WORDS[(fault as { code?: string } | undefined)?.code ?? ''];
  return words === undefined ? fault : new OperatorRefusal('usage', `${path} ${words}`);
}

/** @throws OperatorRefusal while a node that has joined by a snapshot lacks older blocks. */
export function refuseWithoutHistory(older: OlderBlocks | undefined, what: string): void {
  if (older === undefined) return;
  const { have, base } = older;
  const words = `this hospital has joined by a snapshot and has ${have} of ${base - 1} older blocks; ${what} needs all of them: try again later`;
  throw new OperatorRefusal('not-yet', words);
}
