// Whether entries have waited for long because too few hospitals answer: nothing new becomes final while something is to.
import type { LedgerStatus } from '@clearchart/api';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { getJson } from './get-json.ts';
import { ONLY_IN_BROWSER } from './only-in-browser.ts';
import { type Stall, stallAfter } from './stall.ts';

const ASK_AGAIN_MS = 20_000;
const ASK_SOON_MS = 4_000;

/** Undefined in normal work. */
export function useStall(): { blocks: number } | undefined {
  const [stall, setStall] = useState<Stall>();
  const { data, dataUpdatedAt } = useQuery({
    queryKey: ['ledger', 'stall'],
    meta: ONLY_IN_BROWSER,
    refetchInterval: stall?.since === undefined ? ASK_AGAIN_MS : ASK_SOON_MS,
    structuralSharing: false,
    queryFn: ({ signal }): Promise<LedgerStatus> =>
      getJson('/api/ledger/status', (shapes) => shapes.ledgerStatusSchema, signal),
  });
  useEffect(() => {
    if (data !== undefined) setStall((before) => stallAfter(before, data, dataUpdatedAt));
  }, [data, dataUpdatedAt]);
  return stall?.isLong === true ? { blocks: stall.blocks } : undefined;
}
