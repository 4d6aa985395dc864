// Where the checks get what they check: this page's own server, of which they believe nothing.
import type { AccessList } from '@clearchart/api';
import { getJson } from '../connection/get-json.ts';
import { browserVerifier } from './browser-verifier.ts';
import type { RecordCheckPorts } from './check-record.ts';
import type { ToldFinality } from './final-votes.ts';
import { followedUpTo } from './followed-chain.ts';

export const recordCheckPorts: RecordCheckPorts = {
  verifier: browserVerifier,
  follow: (height) => followedUpTo(height),
  stateProof: (key) =>
    getJson(`/api/ledger/state/${encodeURIComponent(key)}/proof`, (shapes) => shapes.ledgerStateProofSchema),
};

function fetchRange(from: number, to: number) {
  return getJson(`/api/ledger/headers?from=${from}&limit=${to - from + 1}`, (shapes) => shapes.ledgerHeadersSchema);
}

export async function fetchHeaders(from: number, to: number): Promise<readonly unknown[]> {
  return (await fetchRange(from, to)).headers;
}

/** What shows that the block at this height is final. */
export function fetchFinality(height: number): Promise<ToldFinality> {
  return fetchRange(height, height);
}

/** How far the chain is final at each member that answers, signed over the nonce. */
export async function fetchHeads(nonce: string): Promise<readonly unknown[]> {
  return (await getJson(`/api/ledger/heads?nonce=${nonce}`, (shapes) => shapes.signedHeadsSchema)).heads;
}

export function fetchRecordVersion(type: string, id: string, version: string) {
  return getJson(
    `/api/records/${encodeURIComponent(type)}/${encodeURIComponent(id)}/versions/${encodeURIComponent(version)}`,
    (shapes) => shapes.recordVersionSchema,
  );
}

/** The whole list, page by page; all pages must speak of the same state, else the last one counts and is checked as it is. */
export async function fetchAccesses(patient: string): Promise<AccessList> {
  const path = `/api/patients/${encodeURIComponent(patient)}/accesses?after=`;
  let list = await getJson(`${path}0`, (shapes) => shapes.accessListSchema);
  while (list.entries.length < list.count) {
    const next = await getJson(`${path}${list.entries.length}`, (shapes) => shapes.accessListSchema);
    if (next.entries.length === 0) break;
    list = { ...next, entries: [...list.entries, ...next.entries] };
  }
  return list;
}
