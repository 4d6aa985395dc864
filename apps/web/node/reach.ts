import type { NetworkMember, PeerFailure } from '@clearchart/api';

interface Reach {
  state: 'self' | 'good' | 'bad' | 'never' | 'banned';
  tone: 'brand' | 'bad' | '';
  /** Of the last time it was reached, milliseconds. */
  at?: number;
  failure?: PeerFailure;
}

/** Whether this node reaches another: the newer of the last success and the last failure counts. */
export function reachOf(member: NetworkMember): Reach {
  const { isBanned, isSelf, lastFailedAt, lastFailure, lastReachedAt } = member;
  if (isSelf) return { state: 'self', tone: 'brand' };
  if (isBanned) return { state: 'banned', tone: 'bad' };
  const at = lastReachedAt === undefined ? {} : { at: lastReachedAt };
  if (lastReachedAt !== undefined && lastReachedAt >= (lastFailedAt ?? 0))
    return { state: 'good', tone: 'brand', ...at };
  const failure = lastFailure === undefined ? {} : { failure: lastFailure };
  if (lastReachedAt !== undefined) return { state: 'bad', tone: 'bad', ...at, ...failure };
  return { state: 'never', tone: lastFailedAt === undefined ? '' : 'bad', ...failure };
}
