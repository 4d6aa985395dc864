/** Every key that the ledger says is in custody here must be kept, or its patient must have an account already: else it can never be handed over. */
import { fromHex, toHex } from '@clearchart/crypto';
import type { DatabaseSync } from 'node:sqlite';
import { custodyPlace, identityPlace } from './row-places.ts';
import type { Sealing } from './sealing.ts';

export interface CustodyFault {
  readonly code: 'custody-key-missing' | 'custody-key-wrong';
  /** Table and pseudonym. */
  readonly where: string;
  readonly detail: string;
}

/** `kept`: the public key (64 hexadecimal digits) of each custody that lasts, by pseudonym. */
export function* checkCustody(
  database: DatabaseSync,
  sealing: Sealing,
  kept: ReadonlyMap<string, string>,
  publicKeyOf: (seed: Uint8Array) => Uint8Array,
): Generator<CustodyFault> {
  const select = database.prepare('SELECT * FROM custody_keys WHERE id = ?');
  for (const [pseudonym, publicKey] of kept) {
    const where = `custody_keys/${pseudonym}`;
    const row = select.get(pseudonym);
    if (row === undefined) {
      // A node that runs beside this check may have handed it over after the ledger was read.
      if (hasAccount(database, sealing, pseudonym)) continue;
      yield { code: 'custody-key-missing', where, detail: 'the ledger says that the key is kept here' };
      continue;
    }
    const seed = openedSeed(sealing, row);
    // One that does not open is told where the envelopes are.
    if (seed === undefined || toHex(publicKeyOf(seed)) === publicKey) continue;
    yield { code: 'custody-key-wrong', where, detail: 'it is another key than the ledger names' };
  }
}

function openedSeed(sealing: Sealing, row: Parameters<typeof custodyPlace>[0]): Uint8Array | undefined {
  try {
    return fromHex(sealing.open<{ seed: string }>(custodyPlace(row), row['sealed'] as Uint8Array).seed);
  } catch {
    return undefined;
  }
}

function hasAccount(database: DatabaseSync, sealing: Sealing, pseudonym: string): boolean {
  for (const row of database.prepare("SELECT * FROM accounts WHERE role = 'patient'").iterate()) {
    try {
      const identity = sealing.open<{ pseudonym?: string }>(identityPlace(row), row['identity'] as Uint8Array);
      if (identity.pseudonym === pseudonym) return true;
    } catch {
      // Told where the envelopes are.
    }
  }
  return false;
}
