// The own votes, and the seal over all of them: a vote that was changed or has gone is noticed, and from then on they are not known.
import { fromHex, labelledHash, toHex } from '@clearchart/crypto';
import { type ChainId, conflictOf, encodeCanonical, type Vote } from '@clearchart/ledger';
import type { DatabaseSync } from 'node:sqlite';
import { checksumOf, readRows, voteOf } from './checked-rows.ts';
import { readFact, writeFact } from './schema.ts';

/** Stands in place of the seal while the own votes are not known. */
const NOT_KNOWN = '';

export interface OwnVotes {
  readonly isKnown: boolean;
  /** Lowest target first. */
  readonly votes: readonly Vote[];
}

/** The rows that are sound, and whether they are all that were ever written. */
export function readOwnVotes(database: DatabaseSync, chainId: ChainId): OwnVotes {
  const rows = readRows(database, 'SELECT target, vote, checksum FROM own_votes');
  const votes = sorted(rows.map((row) => voteOf(row, chainId)).filter((vote) => vote !== undefined));
  return { isKnown: readFact(database, 'own_votes_seal') === sealOf(chainId, votes), votes };
}

/** @throws Error for a vote that this member must not send: a bug of the caller, stopped before it is on disk. */
export function assertMayBeSent(vote: Vote, { isKnown, votes }: OwnVotes): void {
  if (!isKnown) throw new Error('a vote is saved while the own votes are not known');
  const isConflicting = votes.some((kept) => conflictOf(kept, vote) !== undefined);
  if (isConflicting) throw new Error(`a vote for height ${vote.target.height} conflicts with an own one`);
}

/** For use inside a database transaction, as are the others that write. */
export function addOwnVote(database: DatabaseSync, chainId: ChainId, { votes }: OwnVotes, vote: Vote): OwnVotes {
  const kept = sorted([...votes, vote]);
  insertVotes(database, [vote]);
  writeFact(database, 'own_votes_seal', sealOf(chainId, kept));
  return { isKnown: true, votes: kept };
}

/** All rows anew, damaged ones with them. */
export function replaceOwnVotes(database: DatabaseSync, chainId: ChainId, { isKnown, votes }: OwnVotes): OwnVotes {
  const kept = sorted(votes);
  database.exec('DELETE FROM own_votes');
  insertVotes(database, kept);
  writeFact(database, 'own_votes_seal', isKnown ? sealOf(chainId, kept) : NOT_KNOWN);
  return { isKnown, votes: kept };
}

/** Those with a target above the final block, and the newest ever. */
export function votesStillNeeded(votes: readonly Vote[], finalHeight: number): Vote[] {
  const newest = votes.at(-1)?.target.height ?? 0;
  return votes.filter(({ target }) => target.height > finalHeight || target.height === newest);
}

/** For a new file: no vote was ever sent, or nobody knows. */
export function firstSeal(chainId: ChainId, isKnown: boolean): string {
  return isKnown ? sealOf(chainId, []) : NOT_KNOWN;
}

function insertVotes(database: DatabaseSync, votes: readonly Vote[]): void {
  const insert = database.prepare('INSERT OR REPLACE INTO own_votes VALUES (?, ?, ?)');
  for (const vote of votes) {
    const bytes = encodeCanonical(vote);
    const { height } = vote.target;
    insert.run(height, bytes, checksumOf('own_votes', [height], bytes));
  }
}

function sealOf(chainId: ChainId, votes: readonly Vote[]): string {
  return toHex(labelledHash('clearchart/own-votes/v0', fromHex(chainId), ...votes.map(encodeCanonical)));
}

/** Each once, lowest target first. */
function sorted(votes: readonly Vote[]): Vote[] {
  const byText = new Map(votes.map((vote) => [toHex(encodeCanonical(vote)), vote]));
  const entries = [...byText].sort(
    ([left, one], [right, other]) => one.target.height - other.target.height || (left < right ? -1 : 1),
  );
  return entries.map(([, vote]) => vote);
}
