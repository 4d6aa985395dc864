import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { getJson } from '../connection/get-json.ts';
import { useLedgerEvents } from '../connection/ledger-events.ts';

/** A block usually comes within seconds; the poll only covers a lost event stream. */
const POLL_MS = 2_000;

export interface Sealing {
  finality: 'pending' | 'included' | 'final';
  height: number | undefined;
  /** When this browser first heard of it (ms). */
  includedAt: number | undefined;
  finalAt: number | undefined;
}

/** How far a transaction is, followed live. */
export function useSealing(transactionId: string | undefined): Sealing {
  const client = useQueryClient();
  const key = ['ledger', 'transaction', transactionId];
  useLedgerEvents((event) => {
    if (transactionId !== undefined && (event.kind !== 'pending' || event.transactionIds.includes(transactionId)))
      void client.invalidateQueries({ queryKey: key });
  });
  const { data } = useQuery({
    queryKey: key,
    enabled: transactionId !== undefined,
    queryFn: ({ signal }) =>
      getJson(`/api/ledger/transactions/${transactionId}`, (shapes) => shapes.ledgerTransactionSchema, signal),
    // The entry is in the outbox first; until the ledger has heard of it, it is simply not there.
    retry: true,
    retryDelay: POLL_MS / 2,
    refetchInterval: (query) => (query.state.data?.finality === 'final' ? false : POLL_MS),
  });
  const [times, setTimes] = useState<{ included?: number; final?: number }>({});
  useEffect(() => {
    if (data?.blockHeight !== undefined) setTimes((known) => ({ included: Date.now(), ...known }));
    if (data?.finality === 'final') setTimes((known) => ({ final: Date.now(), ...known }));
  }, [data]);
  return {
    finality: data?.finality ?? 'pending',
    height: data?.blockHeight,
    includedAt: times.included,
    finalAt: times.final,
  };
}
