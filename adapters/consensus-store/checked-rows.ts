// Rows that show damage: a checksum over the table's name, the row's place in it and its content. A row that does not match is none.
import { equalBytes, labelledHash, utf8 } from '@clearchart/crypto';
import {
  type ChainId,
  decodeCanonical,
  type Evidence,
  isRejection,
  type Json,
  parseLinkValue,
  parseVoteValue,
  type SupermajorityLink,
  type TipBlock,
  type Vote,
} from '@clearchart/ledger';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';

type Table = 'own_votes' | 'heard_votes' | 'tip_blocks' | 'links' | 'evidence';
/** As SQLite gives it. */
export type Row = Readonly<Record<string, unknown>>;

export function checksumOf(table: Table, place: readonly (string | number)[], content: Uint8Array): Uint8Array {
  return labelledHash('clearchart/consensus-row/v0', utf8(table), utf8(JSON.stringify(place)), content);
}

/** All rows, whole numbers as bigints: one that was damaged may be too large for a number, and reading it must not fail. */
export function readRows(database: DatabaseSync, query: string, ...values: readonly SQLInputValue[]): Row[] {
  const statement = database.prepare(query);
  statement.setReadBigInts(true);
  return statement.all(...values);
}

export function voteOf({ target, vote, checksum }: Row, chainId: ChainId): Vote | undefined {
  return parseVoteOf(soundValue('own_votes', [target], vote, checksum), chainId);
}

export function heardVoteOf({ target, vote, checksum }: Row, chainId: ChainId): Vote | undefined {
  return parseVoteOf(soundValue('heard_votes', [target], vote, checksum), chainId);
}

export function tipBlockOf({ height, hash, bytes, checksum }: Row): TipBlock | undefined {
  const content = soundContent('tip_blocks', [height, hash], bytes, checksum);
  return content === undefined ? undefined : { height: Number(height), hash: String(hash), bytes: content };
}

export function linkOf({ source, target, link, checksum }: Row): SupermajorityLink | undefined {
  const parsed = parseLinkValue(soundValue('links', [source, target], link, checksum));
  return isRejection(parsed) ? undefined : parsed;
}

export function evidenceOf({ evidence, checksum }: Row, chainId: ChainId): Evidence | undefined {
  const value = soundValue('evidence', [], evidence, checksum) as Record<keyof Evidence, Json> | undefined;
  const first = parseVoteOf(value?.first, chainId);
  const second = parseVoteOf(value?.second, chainId);
  const kind = value?.kind;
  if (first === undefined || second === undefined) return undefined;
  return kind === 'double-vote' || kind === 'surround-vote' ? { kind, first, second } : undefined;
}

function parseVoteOf(value: unknown, chainId: ChainId): Vote | undefined {
  const vote = parseVoteValue(value);
  return isRejection(vote) || vote.chainId !== chainId ? undefined : vote;
}

function soundValue(table: Table, place: readonly unknown[], content: unknown, checksum: unknown): Json | undefined {
  const bytes = soundContent(table, place, content, checksum);
  const decoded = bytes === undefined ? undefined : decodeCanonical(bytes);
  return decoded === undefined || isRejection(decoded) ? undefined : decoded.value;
}

function soundContent(
  table: Table,
  place: readonly unknown[],
  content: unknown,
  checksum: unknown,
): Uint8Array | undefined {
  if (!(content instanceof Uint8Array) || !(checksum instanceof Uint8Array)) return undefined;
  const written = place.map((part) => (typeof part === 'bigint' ? Number(part) : String(part)));
  return equalBytes(checksum, checksumOf(table, written, content)) ? content : undefined;
}
