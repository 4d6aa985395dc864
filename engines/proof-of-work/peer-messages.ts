// What members say to each other: JSON objects with exactly these members. What arrives is parsed once, here, under limits.
import { concatBytes, utf8 } from '@clearchart/crypto';
import {
  type Block,
  type Checkpoint,
  type Rejection,
  type SignedHead,
  type SupermajorityLink,
  type Transaction,
  type Vote,
  encodeBlock,
  encodeTransaction,
  isHex,
  isRejection,
  parseBlockValue,
  parseHeadValue,
  parseJson,
  parseLinkValue,
  parseTransactionValue,
  parseVoteValue,
} from '@clearchart/ledger';
import { ANSWER_BLOCKS, LOCATOR_PLACES, MESSAGE_TRANSACTIONS, MESSAGE_VOTES } from './peer-limits.ts';

/** Sent unasked. */
export interface PeerMessage {
  readonly transactions: readonly Transaction[];
  readonly blocks: readonly Block[];
  readonly votes: readonly Vote[];
  /** How far the sender is: one of these, or none. */
  readonly heads: readonly SignedHead[];
  readonly tips: readonly Checkpoint[];
}

export type PeerQuestion =
  /** What follows the first of these places that is on the peer's chain; the asker's newest first. */
  | { readonly kind: 'chain'; readonly locator: readonly Checkpoint[] }
  | { readonly kind: 'head'; readonly nonce: string }
  | { readonly kind: 'votes'; readonly organization: string };

export interface ChainAnswer {
  readonly blocks: readonly Block[];
  readonly links: readonly SupermajorityLink[];
  readonly votes: readonly Vote[];
  readonly tip: Checkpoint;
}

const NOTHING: PeerMessage = { transactions: [], blocks: [], votes: [], heads: [], tips: [] };

const rawList = (items: readonly Uint8Array[]): Uint8Array =>
  concatBytes(utf8('['), ...items.flatMap((item, index) => (index === 0 ? [item] : [utf8(','), item])), utf8(']'));
const json = (value: unknown): Uint8Array => utf8(JSON.stringify(value));

export function encodeMessage(message: Partial<PeerMessage>): Uint8Array {
  const { transactions, blocks, votes, heads, tips } = { ...NOTHING, ...message };
  return concatBytes(
    utf8('{"transactions":'),
    rawList(transactions.map(encodeTransaction)),
    utf8(',"blocks":'),
    rawList(blocks.map(encodeBlock)),
    utf8(',"votes":'),
    json(votes),
    utf8(',"heads":'),
    json(heads),
    utf8(',"tips":'),
    json(tips),
    utf8('}'),
  );
}

/** Undefined for anything else than a message. */
export function parseMessage(bytes: Uint8Array): PeerMessage | undefined {
  const value = objectOf(bytes, ['transactions', 'blocks', 'votes', 'heads', 'tips']);
  if (value === undefined) return undefined;
  const transactions = listOf(value['transactions'], MESSAGE_TRANSACTIONS, accepted(parseTransactionValue));
  const blocks = listOf(value['blocks'], 2, accepted(parseBlockValue));
  const votes = listOf(value['votes'], MESSAGE_VOTES, accepted(parseVoteValue));
  const heads = listOf(value['heads'], 1, accepted(parseHeadValue));
  const tips = listOf(value['tips'], 1, parseCheckpoint);
  if (!(transactions && blocks && votes && heads && tips)) return undefined;
  return { transactions, blocks, votes, heads, tips };
}

export function encodeQuestion(question: PeerQuestion): Uint8Array {
  return json(question);
}

export function parseQuestion(bytes: Uint8Array): PeerQuestion | undefined {
  const value = parseJson(bytes)?.value as Record<string, unknown> | null | undefined;
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 2) return undefined;
  const { kind, locator, nonce, organization } = value;
  if (kind === 'head' && isHex(nonce, 64)) return { kind, nonce };
  if (kind === 'votes' && isHex(organization, 32)) return { kind, organization };
  const places = listOf(locator, LOCATOR_PLACES, parseCheckpoint);
  return kind === 'chain' && places !== undefined ? { kind, locator: places } : undefined;
}

/** Blocks as they lie in the store, so that answering costs no parsing. */
export function encodeChainAnswer(answer: Omit<ChainAnswer, 'blocks'> & { blocks: readonly Uint8Array[] }): Uint8Array {
  const { blocks, links, votes, tip } = answer;
  return concatBytes(
    utf8('{"blocks":'),
    rawList(blocks),
    utf8(',"links":'),
    json(links),
    utf8(',"votes":'),
    json(votes),
    utf8(',"tip":'),
    json(tip),
    utf8('}'),
  );
}

export function parseChainAnswer(bytes: Uint8Array): ChainAnswer | undefined {
  const value = objectOf(bytes, ['blocks', 'links', 'votes', 'tip']);
  if (value === undefined) return undefined;
  const blocks = listOf(value['blocks'], ANSWER_BLOCKS, accepted(parseBlockValue));
  const links = listOf(value['links'], ANSWER_BLOCKS, accepted(parseLinkValue));
  const votes = listOf(value['votes'], MESSAGE_VOTES, accepted(parseVoteValue));
  const tip = parseCheckpoint(value['tip']);
  return blocks && links && votes && tip ? { blocks, links, votes, tip } : undefined;
}

export function encodeHeadAnswer(head: SignedHead): Uint8Array {
  return json(head);
}

export function parseHeadAnswer(bytes: Uint8Array): SignedHead | undefined {
  return accepted(parseHeadValue)(parseJson(bytes)?.value);
}

export function encodeVotesAnswer(votes: readonly Vote[]): Uint8Array {
  return json(votes);
}

export function parseVotesAnswer(bytes: Uint8Array): readonly Vote[] | undefined {
  return listOf(parseJson(bytes)?.value, MESSAGE_VOTES, accepted(parseVoteValue));
}

function objectOf(bytes: Uint8Array, names: readonly string[]): Record<string, unknown> | undefined {
  const value = parseJson(bytes)?.value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const found = value as Record<string, unknown>;
  return Object.keys(found).length === names.length && names.every((name) => Object.hasOwn(found, name))
    ? found
    : undefined;
}

function listOf<T>(value: unknown, most: number, parse: (one: unknown) => T | undefined): readonly T[] | undefined {
  if (!Array.isArray(value) || value.length > most) return undefined;
  const parsed: T[] = [];
  for (const one of value) {
    const item = parse(one);
    if (item === undefined) return undefined;
    parsed.push(item);
  }
  return parsed;
}

const accepted =
  <T>(parse: (value: unknown) => T) =>
  (value: unknown): Exclude<T, Rejection> | undefined => {
    const parsed = parse(value);
    return isRejection(parsed) ? undefined : (parsed as Exclude<T, Rejection>);
  };

function parseCheckpoint(value: unknown): Checkpoint | undefined {
  const { height, hash } = (value ?? {}) as Partial<Checkpoint>;
  return Number.isSafeInteger(height) && (height as number) >= 0 && isHex(hash, 64)
    ? { height: height as number, hash }
    : undefined;
}
