import type { NetworkMember } from '@clearchart/api';

interface Reach {
  state: 'self' | 'good' | 'bad' | 'never' | 'banned';
  tone: 'brand' | 'bad' | '';
  /** Of the last time it was reached, milliseconds. */
  at?: number;
  /** In the node's own words. */
  reason?: string;
}

/** Whether this node reaches another: the newer of the last success and the last failure counts. */
export function reachOf(member: NetworkMember): Reach {
  const { isBanned, isSelf, lastFailedAt, lastFailure, lastReachedAt } = member;
  if (isSelf) return { state: 'self', tone: 'brand' };
  if (isBanned) return { state: 'banned', tone: 'bad' };
  const at = lastReachedAt === undefined ? {} : { at: lastReachedAt };
  if (lastReachedAt !== undefined && lastReachedAt >= (lastFailedAt ?? 0))
    return { state: 'good', tone: 'brand', ...at };
  const reason = lastFailure === undefined ? {} : { reason: lastFailure };
  if (lastReachedAt !== undefined) return { state: 'bad', tone: 'bad', ...at, ...reason };
  return { state: 'never', tone: lastFailedAt === undefined ? '' : 'bad', ...reason };
}
