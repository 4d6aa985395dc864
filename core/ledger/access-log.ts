/** A patient's access log: every event moves a running hash, so that a list with something missing cannot match. */
import { fromHex, labelledHash, toHex } from '@clearchart/crypto';
import type { AccessEntry } from './access-entry.ts';
import { encodeCanonical } from './encoding.ts';
import type { Hash, OrganizationId, Pseudonym } from './identifiers.ts';
import { accessLogKey, type StateOverlay } from './state.ts';

export interface DeclaredAccess {
  readonly entry: AccessEntry;
  readonly organization: OrganizationId;
}

/** The running hash before the first event. */
export const EMPTY_ACCESS_LOG = '0'.repeat(64) as Hash;

export function nextRunningHash(previous: Hash, declared: DeclaredAccess): Hash {
  const { entry, organization } = declared;
  return toHex(
    labelledHash('clearchart/access-entry/v0', fromHex(previous), encodeCanonical({ entry, organization })),
  ) as Hash;
}

/** Of a whole list, first event first. */
export function runningHashOf(list: readonly DeclaredAccess[]): Hash {
  return list.reduce(nextRunningHash, EMPTY_ACCESS_LOG);
}

export function extendAccessLog(
  state: StateOverlay,
  patient: Pseudonym,
  declared: DeclaredAccess,
  block: { readonly height: number; readonly time: number },
): void {
  const before = state.read(accessLogKey(patient)) ?? { count: 0, runningHash: EMPTY_ACCESS_LOG };
  state.write(accessLogKey(patient), {
    count: before.count + 1,
    runningHash: nextRunningHash(before.runningHash, declared),
    height: block.height,
    time: block.time,
  });
}
