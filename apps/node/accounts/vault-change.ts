/** What may change in a stored vault: the node cannot open it, but it can see that keys and recovery words stay. */
import type { StoredVault } from '@clearchart/api';
import { ApiError } from '../http/errors.ts';

/** For a new password. @throws ApiError when the keys or the recovery words' wrap are others than before. */
export function checkOnlyPasswordChanges(before: StoredVault | undefined, after: StoredVault): void {
  if (before?.sealed !== after.sealed || before.wraps.recovery !== after.wraps.recovery) refuse();
}

/** For new recovery words. @throws ApiError when anything but their wrap is another than before, or that one is the same. */
export function checkOnlyWordsChange(before: StoredVault | undefined, after: StoredVault): void {
  if (before?.sealed !== after.sealed || before.wraps.password !== after.wraps.password) refuse();
  if (before.wraps.recovery === after.wraps.recovery) refuse();
}

/** For a key that has got its place on the ledger. @throws ApiError when password or recovery words would open another vault. */
export function checkOnlyContentsChange(before: StoredVault | undefined, after: StoredVault): void {
  if (before?.wraps.password !== after.wraps.password || before.wraps.recovery !== after.wraps.recovery) refuse();
}

function refuse(): never {
  throw new ApiError('bad-request', { detail: 'the vault is not the one that was stored; sign in again' });
}
