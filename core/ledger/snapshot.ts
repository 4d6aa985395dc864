/**
 * What a member that joins asks others for, so that it need not apply the whole history before it takes part: a final header, the state
 * under it in parts (state-part.ts), and the used ids that the state holds only as running hashes.
 */
import { utf8 } from '@clearchart/crypto';
import { parseJson } from './encoding.ts';
import type { FinalityProof, MemberChange } from './finality-proof.ts';
import { type Header, parseHeaderValue } from './header.ts';
import { type Hash, isHex, type TransactionId } from './identifiers.ts';
import { isRejection } from './rejection.ts';
import { decodeValue, nextUsedIdHash, NO_HASH, REPLAY_HOURS_KEY, replayKey, type ReplayState } from './state.ts';
import { isTreePath, type TreePath } from './state-part.ts';

export type SnapshotQuestion =
  /** Which state can be given, when there are so many transactions up to it. */
  | { readonly kind: 'snapshot'; readonly atLeast: number }
  /** What lies at a place of the tree with this root. */
  | { readonly kind: 'state-part'; readonly stateRoot: Hash; readonly path: TreePath }
  /** Ids used in an hour under this root, from a place in their order on. */
  | { readonly kind: 'used-ids'; readonly stateRoot: Hash; readonly hour: number; readonly from: number }
  /** Headers of blocks that follow each other, lowest first. */
  | { readonly kind: 'headers'; readonly from: number; readonly count: number };

/** Nothing in it is believed before `checkFinal` has looked. */
export interface SnapshotOffer {
  readonly final: FinalityProof;
  readonly memberChanges: readonly MemberChange[];
  /** How many there are up to this block: says whether it is worth while, and is not checked. */
  readonly transactions: number;
}

/** `soon`: the copy that parts are read from is being made. */
export type SnapshotAnswer = SnapshotOffer | 'soon';

/** In one answer. */
export const USED_IDS_AT_A_TIME = 16_384;
export const HEADERS_AT_A_TIME = 1_000;

export function encodeSnapshotQuestion(question: SnapshotQuestion): Uint8Array {
  return utf8(JSON.stringify(question));
}

/** Undefined for everything else, the engine's questions among it. */
export function parseSnapshotQuestion(bytes: Uint8Array): SnapshotQuestion | undefined {
  const value = parseJson(bytes)?.value;
  if (typeof value !== 'object' || value === null) return undefined;
  const { kind, atLeast, stateRoot, path, hour, from, count } = value as Record<string, unknown>;
  const names = Object.keys(value).length;
  if (kind === 'snapshot' && names === 2 && isCount(atLeast)) return { kind, atLeast };
  if (kind === 'headers' && names === 3 && isCount(from) && isCount(count) && count <= HEADERS_AT_A_TIME)
    return { kind, from, count };
  if (!isHex(stateRoot, 64)) return undefined;
  const root = stateRoot as Hash;
  if (kind === 'state-part' && names === 3 && isTreePath(path)) return { kind, stateRoot: root, path };
  if (kind !== 'used-ids' || names !== 4 || !isCount(hour) || !isCount(from)) return undefined;
  return { kind, stateRoot: root, hour, from };
}

export function encodeSnapshotAnswer(answer: SnapshotAnswer): Uint8Array {
  return utf8(JSON.stringify(answer));
}

/** Its proofs are any JSON still. Undefined for anything else. */
export function parseSnapshotAnswer(bytes: Uint8Array): SnapshotAnswer | undefined {
  const value = parseJson(bytes)?.value;
  if (value === 'soon') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  const { final, memberChanges, transactions } = value as Record<string, unknown>;
  if (typeof final !== 'object' || final === null || !Array.isArray(memberChanges) || !isCount(transactions))
    return undefined;
  const header = (final as { header?: unknown }).header;
  if (typeof header !== 'object' || header === null) return undefined;
  return { final: final as FinalityProof, memberChanges: memberChanges as MemberChange[], transactions };
}

export function encodeUsedIds(ids: readonly TransactionId[]): Uint8Array {
  return utf8(JSON.stringify(ids));
}

export function parseUsedIds(bytes: Uint8Array): readonly TransactionId[] | undefined {
  const value = parseJson(bytes)?.value;
  if (!Array.isArray(value) || value.length > USED_IDS_AT_A_TIME) return undefined;
  return value.every((id) => isHex(id, 64)) ? (value as TransactionId[]) : undefined;
}

export function encodeHeaders(headers: readonly Header[]): Uint8Array {
  return utf8(JSON.stringify(headers));
}

export function parseHeaders(bytes: Uint8Array): readonly Header[] | undefined {
  const value = parseJson(bytes)?.value;
  if (!Array.isArray(value) || value.length > HEADERS_AT_A_TIME) return undefined;
  const headers: Header[] = [];
  for (const one of value) {
    const header = parseHeaderValue(one);
    if (isRejection(header)) return undefined;
    headers.push(header);
  }
  return headers;
}

/** An hour whose used ids count still, as the state has it. */
export interface UsedIdsBucket extends ReplayState {
  readonly hour: number;
}

export function usedIdsBuckets(state: { get(key: string): Uint8Array | undefined }): UsedIdsBucket[] {
  const read = <Value>(key: string): Value | undefined => {
    const bytes = state.get(key);
    return bytes === undefined ? undefined : (decodeValue(bytes) as Value);
  };
  const hours = read<{ hours: number[] }>(REPLAY_HOURS_KEY)?.hours ?? [];
  return hours.map((hour) => ({ hour, count: 0, runningHash: NO_HASH, ...read<ReplayState>(replayKey(hour)) }));
}

/** Whether these are the ids of the hour, all of them and in order. */
export function areUsedIds({ count, runningHash }: ReplayState, ids: readonly TransactionId[]): boolean {
  if (ids.length !== count) return false;
  return ids.reduce(nextUsedIdHash, NO_HASH) === runningHash;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
