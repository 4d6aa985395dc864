// How many older blocks are here, while this hospital, which has joined by a snapshot, fetches them.
import type { LedgerStatus } from '@clearchart/api';
import { useQuery } from '@tanstack/react-query';
import { getJson } from './get-json.ts';
import { ONLY_IN_BROWSER } from './only-in-browser.ts';

const ASK_AGAIN_MS = 3_000;

/** @param enabled Once something was refused for want of them. @returns null when all are here; undefined before that is known. */
export function useHistory(enabled: boolean) {
  const { data } = useQuery({
    queryKey: ['ledger', 'history'],
    meta: ONLY_IN_BROWSER,
    enabled,
    staleTime: 0,
    refetchInterval: ASK_AGAIN_MS,
    queryFn: async ({ signal }): Promise<NonNullable<LedgerStatus['history']> | null> =>
      (await getJson('/api/ledger/status', (shapes) => shapes.ledgerStatusSchema, signal)).history ?? null,
  });
  return data;
}
