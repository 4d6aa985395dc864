// Follows the chain header by header from the one this browser kept (or from the founding file) to the newest, and believes
// nothing on the way: links, heights, times, work, member set and signature of each.
import { fromHex, type SignatureCheck, type SignatureVerifier } from '@clearchart/crypto';
import {
  chainIdOf,
  genesisMembers,
  type Genesis,
  type Header,
  type HeaderHash,
  headerHash,
  headerSignatureMessage,
  isRejection,
  type MemberSet,
  meetsTarget,
  memberOf,
  memberSetHash,
  parseGenesisValue,
  parseHeaderValue,
} from '@clearchart/ledger';
import type { ChainMemory, KeptHeader } from './chain-memory.ts';
import type { Failure } from './failure-words.ts';
import { membersAfter } from './member-changes.ts';

/** What the server says; every word of it is checked. */
export interface ChainSource {
  founding(): Promise<{ genesis: unknown; memberChanges: readonly unknown[] }>;
  /** Headers from `from`, at most `limit` of them, and the newest height. */
  headers(from: number, limit: number): Promise<{ headers: readonly unknown[]; height: number }>;
}

export interface FollowedChain {
  chainId: string;
  genesis: Genesis;
  /** Height and hash of the newest header checked. */
  head: KeptHeader;
  header: Header | undefined;
  /** Links walked in this visit, and the header it started from (0: the founding file). */
  walked: number;
  startedFrom: number;
  /** Hash of each header checked in this visit, by height. */
  hashes: ReadonlyMap<number, string>;
}

export type Followed = { ok: true; chain: FollowedChain } | { ok: false; reason: Failure };

/** Headers fetched at once. */
const RANGE = 1000;
/** Hashes of headers remembered for the page's life. */
const HASHES_AT_MOST = 200_000;

interface Ports {
  source: ChainSource;
  memory: ChainMemory;
  verifier: Required<SignatureVerifier>;
  /** Told after each range: how far of how far. */
  onProgress?: (height: number, of: number) => void;
}

const refuse = (reason: Failure): Followed => ({ ok: false, reason });

/** Checks the chain up to its newest header. `known` is what an earlier call of this visit returned. */
export async function followChain(
  { source, memory, verifier, onProgress }: Ports,
  known?: FollowedChain,
): Promise<Followed> {
  const founding = await source.founding();
  const genesis = parseGenesisValue(founding.genesis);
  if (isRejection(genesis)) return refuse('malformed');
  const chainId = chainIdOf(genesis);
  const pinned = memory.pinnedChain();
  if (pinned !== undefined && pinned !== chainId) return refuse('other-chain');

  const kept = known?.head ?? memory.kept(chainId);
  const start = kept ?? {
    height: 0,
    hash: chainId as string,
    time: genesis.createdAt,
    members: genesisMembers(genesis),
  };
  const hashes = new Map(known?.hashes);
  const walk: Walk = {
    genesis,
    chainId,
    previous: start,
    changes: founding.memberChanges,
    verifier,
    hashes,
    header: known?.header,
  };
  // The kept header itself is fetched again: a history that replaced it is refused even if it is longer.
  let from = Math.max(1, start.height);
  for (;;) {
    const { headers, height } = await source.headers(from, RANGE);
    if (height < start.height) return refuse('shorter-history');
    const failure = await walkRange(walk, headers, from, start);
    if (failure !== undefined) return refuse(failure);
    onProgress?.(walk.previous.height, height);
    from = walk.previous.height + 1;
    if (from > height) break;
    if (headers.length === 0) return refuse('broken-link');
  }
  memory.pin(chainId);
  if (walk.previous.height > 0) memory.keep(chainId, walk.previous);
  const walked = walk.previous.height - start.height + (known?.walked ?? 0);
  const startedFrom = known?.startedFrom ?? start.height;
  return {
    ok: true,
    chain: { chainId, genesis, head: walk.previous, header: walk.header, walked, startedFrom, hashes },
  };
}

interface Walk {
  genesis: Genesis;
  chainId: string;
  previous: KeptHeader;
  changes: readonly unknown[];
  verifier: Required<SignatureVerifier>;
  hashes: Map<number, string>;
  header: Header | undefined;
}

async function walkRange(
  walk: Walk,
  values: readonly unknown[],
  from: number,
  start: KeptHeader,
): Promise<Failure | undefined> {
  const signatures: SignatureCheck[] = [];
  let expected = from;
  for (const value of values) {
    const header = parseHeaderValue(value);
    if (isRejection(header)) return 'malformed';
    if (header.height !== expected) return 'broken-link';
    expected += 1;
    const hash = headerHash(header);
    if (header.height === start.height) {
      if (hash !== start.hash) return 'does-not-extend';
      walk.header = header;
      walk.hashes.set(header.height, hash);
      continue;
    }
    const failure = checkHeader(walk, header, hash, signatures);
    if (failure !== undefined) return failure;
  }
  const verdicts = await walk.verifier.verifyMany(signatures);
  return verdicts.length === signatures.length && verdicts.every(Boolean) ? undefined : 'wrong-signature';
}

/** Everything but the signature, which is collected to be checked with the others of the range. */
function checkHeader(walk: Walk, header: Header, hash: HeaderHash, signatures: SignatureCheck[]): Failure | undefined {
  const { previous, genesis } = walk;
  if (header.chainId !== walk.chainId) return 'other-chain';
  if (header.previousHash !== previous.hash) return previous.height === 0 ? 'other-chain' : 'broken-link';
  if (header.time <= previous.time) return 'broken-link';
  if (header.target !== genesis.target || !meetsTarget(hash, genesis.target)) return 'wrong-work';
  let members = previous.members as MemberSet;
  if (memberSetHash(members) !== header.memberSetHash) {
    const changed = walk.header === undefined ? undefined : membersAfter(walk.header, walk.changes);
    if (changed === undefined || memberSetHash(changed) !== header.memberSetHash) return 'wrong-members';
    members = changed;
  }
  const proposer = memberOf(members, header.proposer);
  if (proposer === undefined) return 'wrong-members';
  signatures.push({
    publicKey: fromHex(proposer.publicKey),
    message: headerSignatureMessage(header),
    signature: fromHex(header.signature),
  });
  walk.previous = { height: header.height, hash, time: header.time, members };
  walk.header = header;
  if (walk.hashes.size < HASHES_AT_MOST) walk.hashes.set(header.height, hash);
  return undefined;
}
