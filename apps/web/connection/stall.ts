import type { LedgerStatus } from '@clearchart/api';

export interface Stall {
  finalHeight: number;
  /** Since when something waits and nothing new became final; undefined while nothing waits. Milliseconds. */
  since: number | undefined;
  isLong: boolean;
  /** Blocks that wait for votes, without the one at rest. */
  blocks: number;
}

const LONG_MS = 10_000;
/** An empty block stands above the newest final one while nothing is to be done. */
const AT_REST = 1;

/** @param at When the status was told, milliseconds. */
export function stallAfter(
  before: Stall | undefined,
  { finalHeight, height, members, pending }: Pick<LedgerStatus, 'finalHeight' | 'height' | 'members' | 'pending'>,
  at: number,
): Stall {
  const above = height - finalHeight;
  const blocks = Math.max(0, above - AT_REST);
  const isWaiting = members.length > 1 && (pending > 0 || blocks > 0 || (finalHeight === 0 && above > 0));
  if (!isWaiting) return { finalHeight, since: undefined, isLong: false, blocks };
  const isSame = before?.finalHeight === finalHeight && before.since !== undefined;
  const since = isSame ? before.since : at;
  return { finalHeight, since, isLong: since !== undefined && at - since > LONG_MS, blocks };
}
