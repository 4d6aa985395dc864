/** What an operator asked for and does not get, in plain words: neither a fault of the program nor damage. */
export type RefusalKind = 'not-there' | 'usage';

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
