// Follows the chain header by header from the one this browser kept (or from the founding file) to the newest final one, and
// believes nothing on the way (walk-headers.ts).
import type { SignatureVerifier } from '@clearchart/crypto';
import {
  type ChainId,
  chainIdOf,
  genesisMembers,
  type Genesis,
  type Header,
  isRejection,
  parseGenesisValue,
} from '@clearchart/ledger';
import type { ChainMemory, KeptHeader } from './chain-memory.ts';
import type { Failure } from './failure-words.ts';
import type { ToldFinality, Voters } from './final-votes.ts';
import { type ToldChange, toldChanges } from './member-changes.ts';
import { type Walk, walkRange } from './walk-headers.ts';

/** What the server says; every word of it is checked. */
export interface ChainSource {
  founding(): Promise<{ genesis: unknown; memberChanges: readonly unknown[] }>;
  /** Headers from `from`, at most `limit` of them, the newest final height, and what shows that the last of them is final. */
  headers(from: number, limit: number): Promise<ToldFinality & { headers: readonly unknown[]; height: number }>;
}

export interface FollowedChain {
  chainId: ChainId;
  genesis: Genesis;
  /** Decisions on other members as the server told them; those up to the head were checked. */
  changes: readonly ToldChange[];
  /** Height and hash of the newest header checked. */
  head: KeptHeader;
  header: Header | undefined;
  /** Who voted for the head, by signatures checked here; undefined where that was not shown again. */
  voters: Voters | undefined;
  /** Links walked in this visit, and the header it started from (0: the founding file). */
  walked: number;
  startedFrom: number;
  /** Hash of each header checked in this visit, by height. */
  hashes: ReadonlyMap<number, string>;
}

export type Followed = { ok: true; chain: FollowedChain } | { ok: false; reason: Failure };

/** Headers fetched at once. */
const RANGE = 1000;

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
  const genesis = known?.genesis ?? parseGenesisValue((await source.founding()).genesis);
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
  const walk: Walk = {
    genesis,
    chainId,
    previous: start,
    changes: [],
    verifier,
    hashes: new Map(known?.hashes),
    header: known?.header,
    voters: known?.voters,
  };
  // The kept header itself is fetched again: a history that replaced it is refused even if it is longer.
  let from = Math.max(1, start.height);
  let changesUpTo = -1;
  for (;;) {
    const { headers, height, ...told } = await source.headers(from, RANGE);
    if (height < start.height) return refuse('shorter-history');
    // Asked after the headers, so that no decision below them can be missing.
    if (height > changesUpTo) walk.changes = toldChanges((await source.founding()).memberChanges);
    changesUpTo = height;
    const failure = await walkRange(walk, headers, told, from, start);
    if (failure !== undefined) return refuse(failure);
    onProgress?.(walk.previous.height, height);
    from = walk.previous.height + 1;
    if (from > height) break;
    if (headers.length === 0) return refuse('broken-link');
  }
  memory.pin(chainId);
  if (walk.previous.height > 0) memory.keep(chainId, walk.previous);
  return { ok: true, chain: followedBy(walk, start, known) };
}

function followedBy(walk: Walk, start: KeptHeader, known: FollowedChain | undefined): FollowedChain {
  const { chainId, genesis, changes, previous: head, header, voters, hashes } = walk;
  const walked = head.height - start.height + (known?.walked ?? 0);
  const startedFrom = known?.startedFrom ?? start.height;
  return { chainId, genesis, changes, head, header, voters, walked, startedFrom, hashes };
}
