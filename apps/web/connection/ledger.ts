// What the ledger pages read: status, the newest headers, one block. All of it is public, and none of it is believed before
// ../proof has checked it.
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { getJson } from './get-json.ts';
import { useLedgerEvents } from './ledger-events.ts';

/** The parts of a header that pages show. */
export interface HeaderSummary {
  height: number;
  time: number;
  proposer: string;
  previousHash: string;
  entries: number;
}

/** What the pages show of a header as the API tells it. */
export function summary(header: Record<string, unknown>, entries: number): HeaderSummary {
  return {
    height: Number(header['height']),
    time: Number(header['time']),
    proposer: String(header['proposer']),
    previousHash: String(header['previousHash']),
    entries,
  };
}

export function useLedgerStatus() {
  const client = useQueryClient();
  useLedgerEvents(() => void client.invalidateQueries({ queryKey: ['ledger', 'status'] }));
  return useQuery({
    queryKey: ['ledger', 'status'],
    queryFn: ({ signal }) => getJson('/api/ledger/status', (shapes) => shapes.ledgerStatusSchema, signal),
  });
}

/** Headers `from` … `from + limit - 1`, lowest first. */
export function useHeaders(from: number | undefined, limit: number) {
  return useQuery({
    queryKey: ['ledger', 'headers', from, limit],
    enabled: from !== undefined,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const { headers, counts } = await getJson(
        `/api/ledger/headers?from=${from}&limit=${limit}`,
        (shapes) => shapes.ledgerHeadersSchema,
        signal,
      );
      return headers.map((header, at) => summary(header, counts[at] ?? 0));
    },
  });
}

/** The member hospitals with their addresses, and who is about to become one. */
export function useNodes() {
  return useQuery({
    queryKey: ['ledger', 'nodes'],
    queryFn: async ({ signal }) => {
      const { nodes, joining } = await getJson('/api/ledger/nodes/get', (shapes) => shapes.ledgerNodesSchema, signal);
      return [...nodes, ...joining];
    },
  });
}

export function useBlock(height: number | undefined) {
  return useQuery({
    queryKey: ['ledger', 'block', height],
    enabled: height !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => getJson(`/api/ledger/blocks/${height}`, (shapes) => shapes.ledgerBlockSchema, signal),
  });
}
