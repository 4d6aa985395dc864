import { useQuery } from '@tanstack/react-query';
import { ONLY_IN_BROWSER } from '../connection/only-in-browser.ts';
import type { FreshnessOutcome } from './head-freshness.ts';

export interface FreshnessCheck {
  outcome: FreshnessOutcome;
  checkedAt: number;
}

/** How long an answer of the members is shown before they are asked again. */
const FRESH_FOR_MS = 60_000;
/** While some did not answer. */
const ASK_AGAIN_MS = 10_000;

/** Asks the member hospitals, over a nonce of this browser's own, whether the newest block it knows is the newest there is. */
export function useFreshness() {
  return useQuery({
    queryKey: ['freshness'],
    meta: ONLY_IN_BROWSER,
    staleTime: FRESH_FOR_MS,
    refetchInterval: ({ state }) => (isWhole(state.data) ? FRESH_FOR_MS : ASK_AGAIN_MS),
    queryFn: async (): Promise<FreshnessCheck> => {
      const [{ askFreshness }, { followedAnew }, { browserVerifier }, { fetchHeaders, fetchHeads }] = await Promise.all(
        [
          import('./head-freshness.ts'),
          import('./followed-chain.ts'),
          import('./browser-verifier.ts'),
          import('./sources.ts'),
        ],
      );
      const outcome = await askFreshness({
        verifier: browserVerifier,
        followAnew: () => followedAnew(),
        headers: fetchHeaders,
        heads: fetchHeads,
        nonce: freshNonce,
        now: Date.now,
        wait: (milliseconds) => new Promise((resume) => setTimeout(resume, milliseconds)),
      });
      return { outcome, checkedAt: Date.now() };
    },
  });
}

function isWhole(check: FreshnessCheck | undefined): boolean {
  if (check?.outcome.ok !== true) return false;
  const { heads, members, verdict } = check.outcome.freshness;
  return verdict === 'fresh' && heads.length === members.length;
}

function freshNonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
