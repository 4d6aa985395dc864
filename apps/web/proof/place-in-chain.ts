// Whether a block stands in the followed chain: known from this visit's walk, or linked to it now.
import { headerHash, isRejection, parseHeaderValue } from '@clearchart/ledger';
import type { FollowedChain } from './follow-chain.ts';

/** Headers `from` … `to`, for a block older than this visit's walk. */
export type FetchHeaders = (from: number, to: number) => Promise<readonly unknown[]>;

export interface Place {
  readonly height: number;
  readonly hash: string;
}

/** Headers fetched at once. */
const RANGE = 1000;

export async function placeFailure(
  place: Place,
  chain: FollowedChain,
  headers: FetchHeaders,
): Promise<'does-not-extend' | 'broken-link' | undefined> {
  const known = place.height === 0 ? chain.chainId : chain.hashes.get(place.height);
  if (known !== undefined) return known === place.hash ? undefined : 'does-not-extend';
  return (await isLinkedUp(place, chain, headers)) ? undefined : 'broken-link';
}

/** Walks the links from the block up to the oldest header known, which they must reach. */
async function isLinkedUp(place: Place, chain: FollowedChain, headers: FetchHeaders): Promise<boolean> {
  const oldest = Math.min(...chain.hashes.keys());
  let previous = place;
  while (previous.height < oldest) {
    const to = Math.min(previous.height + RANGE, oldest);
    for (const value of await headers(previous.height + 1, to)) {
      const next = parseLink(value);
      if (next === undefined || next.height !== previous.height + 1 || next.previousHash !== previous.hash)
        return false;
      previous = next;
    }
    if (previous.height < to) return false;
  }
  return previous.hash === chain.hashes.get(oldest);
}

function parseLink(value: unknown): (Place & { previousHash: string }) | undefined {
  const header = parseHeaderValue(value);
  return isRejection(header)
    ? undefined
    : { height: header.height, hash: headerHash(header), previousHash: header.previousHash };
}
