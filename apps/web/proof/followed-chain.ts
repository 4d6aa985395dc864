// The one chain this page follows: checked up to the newest header once, then extended as blocks come. Every other check
// stands on it.
import { getJson } from '../connection/get-json.ts';
import { browserVerifier } from './browser-verifier.ts';
import { type ChainSource, followChain, type Followed, type FollowedChain } from './follow-chain.ts';
import { memory, pinKnownChain } from './pinned-chain.ts';
import { tellWalk } from './walk-progress.ts';

const ownServer: ChainSource = {
  founding: () => getJson('/api/ledger/genesis', (shapes) => shapes.ledgerGenesisSchema),
  headers: (from, limit) =>
    getJson(`/api/ledger/headers?from=${from}&limit=${limit}`, (shapes) => shapes.ledgerHeadersSchema),
};

let known: FollowedChain | undefined;
let running: Promise<Followed> | undefined;

async function extend(): Promise<Followed> {
  const onProgress = (height: number, of: number): void => tellWalk({ height, of });
  const followed = await followChain({ source: ownServer, memory, verifier: browserVerifier, onProgress }, known);
  if (followed.ok) {
    known = followed.chain;
    pinKnownChain();
  }
  return followed;
}

function walk(): Promise<Followed> {
  running ??= extend().finally(() => {
    running = undefined;
    tellWalk(undefined);
  });
  return running;
}

/**
 * The chain, checked at least up to `height`. Calls at the same time share one walk; a walk that had begun before this height
 * was made is gone on with once. A refusal is not remembered, so that "check again" asks the server again.
 */
export async function followedUpTo(height: number): Promise<Followed> {
  for (const _walk of ['shared', 'own']) {
    if (known !== undefined && known.head.height >= height) return { ok: true, chain: known };
    const followed = await walk();
    if (!followed.ok || followed.chain.head.height >= height) return followed;
  }
  return { ok: false, reason: 'shorter-history' };
}

/** Asks the server anew, whatever is known. */
export function followedAnew(): Promise<Followed> {
  return walk();
}
