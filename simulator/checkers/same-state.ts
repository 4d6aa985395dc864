// Who has come as far has the same state.
import { equalBytes, toHex } from '@clearchart/crypto';
import { headerHash } from '@clearchart/ledger';
import type { StateFile } from '../simulated-state.ts';
import { PromiseBroken } from './promise-broken.ts';
import type { ReferenceLedger } from './reference-ledger.ts';

/** Final blocks from `since` on are the same everywhere, and the root at the last of them; the reference has all of them. */
export function checkSameChain(file: StateFile, since: number, reference: ReferenceLedger): void {
  const height = file.headers.length;
  for (let at = since + 1; at <= Math.min(height, reference.height); at += 1) {
    const header = file.headers[at - 1];
    if (header === undefined || headerHash(header) !== reference.hashes[at - 1])
      throw new PromiseBroken(`Two different blocks are final at height ${at}`);
  }
}

export function checkSameRoot(file: StateFile, reference: ReferenceLedger): void {
  const height = file.headers.length;
  if (height > 0 && toHex(file.root) !== reference.roots[height - 1])
    throw new PromiseBroken(`Two members have different roots at height ${height}`);
}

/** Entry by entry; both are at the same height. */
export function checkSameEntries(file: StateFile, reference: StateFile): void {
  if (file.entries.size !== reference.entries.size)
    throw new PromiseBroken('A state has entries that no block gave it, or lacks some');
  for (const [key, value] of reference.entries) {
    const other = file.entries.get(key);
    if (other === undefined || !equalBytes(other, value))
      throw new PromiseBroken('A state has another entry than its root');
  }
}
