import type { LabCopy } from '@clearchart/api';

/** Whether what lies on the disk is not what was written there. */
export function isDamaged(copy: LabCopy | undefined): boolean {
  return copy !== undefined && (copy.found === undefined || copy.kept !== copy.found);
}

/** Each whole, and all of them the same. */
export function areSame(copies: readonly LabCopy[]): boolean {
  return !copies.some(isDamaged) && new Set(copies.map(({ found }) => found)).size === 1;
}
