/** What a node that has joined by a snapshot lacks still, and how it says so instead of answering as if there were nothing. */
import type { MemberChange, NodeReader } from '@clearchart/ledger';
import { ApiError } from '../http/errors.ts';

/** Of a node that has joined by a snapshot: what it has of the blocks before it. */
export interface OlderBlocks {
  /** The highest that is here, counted from the first. */
  readonly have: number;
  /** The lowest that came with the snapshot. */
  readonly base: number;
  /** Decisions up to the base, as they were given, and proved. */
  readonly memberChanges: readonly MemberChange[];
  /** For proofs under the root of a block that is here. */
  readonly nodesOf: (height: number) => NodeReader;
}

/** When to ask again for what older blocks tell. */
const RETRY_SECONDS = 30;

/** How many of the older blocks are here, those above the snapshot not counted; undefined when none is lacking. */
export function historyOf(older: OlderBlocks | undefined): { have: number; of: number } | undefined {
  return older === undefined || isWhole(older) ? undefined : { have: older.have, of: older.base - 1 };
}

function isWhole({ base, have }: OlderBlocks): boolean {
  return have >= base - 1;
}

/** @throws ApiError while the block is not here yet. */
export function assertHere(older: OlderBlocks | undefined, height: number): void {
  if (older !== undefined && height > older.have && height < older.base) throw incomplete(older);
}

/** For what might stand in any block, such as a transaction that is not known. @throws ApiError while one is lacking. */
export function assertWhole(older: OlderBlocks | undefined): void {
  if (older !== undefined && !isWhole(older)) throw incomplete(older);
}

function incomplete({ have, base }: OlderBlocks): ApiError {
  const detail = `this hospital has joined by a snapshot and still fetches blocks ${have + 1} to ${base - 1}`;
  return new ApiError('history-incomplete', { detail, retryAfterSeconds: RETRY_SECONDS });
}
