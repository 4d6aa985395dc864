// What the first page was drawn with, as the node's API answered: the app that takes it over must begin with the same.
import type { QueryClient } from '@tanstack/react-query';
import { summary } from '../connection/ledger.ts';

export interface FirstPageSeed {
  /** The language it was drawn in. */
  readonly language: string;
  /** `GET /api/demo/people`; null when this is no demo. */
  readonly demo: { readonly people: readonly unknown[] } | null;
  /** `GET /api/ledger/status` */
  readonly status: { readonly height: number };
  /** `GET /api/ledger/headers` from `from` on */
  readonly from: number;
  readonly limit: number;
  readonly headers: { readonly headers: readonly Record<string, unknown>[]; readonly counts: readonly number[] };
}

/** Blocks that the ribbon shows. */
export const TILES = 6;

export const SEED_ELEMENT = 'first-page-seed';

export function sow(client: QueryClient, { demo, status, from, limit, headers }: FirstPageSeed): void {
  client.setQueryData(['session'], null);
  client.setQueryData(['demo'], demo?.people ?? null);
  client.setQueryData(['ledger', 'status'], status);
  client.setQueryData(
    ['ledger', 'headers', from, limit],
    headers.headers.map((header, at) => summary(header, headers.counts[at] ?? 0)),
  );
}

/** What this document was drawn with; undefined when it came empty. */
export function seedOfDocument(): FirstPageSeed | undefined {
  const text = document.getElementById(SEED_ELEMENT)?.textContent;
  return text ? (JSON.parse(text) as FirstPageSeed) : undefined;
}
