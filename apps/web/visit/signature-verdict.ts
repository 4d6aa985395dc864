// What a signature is worth under the keys that the ledger holds (docs/protocol/signatures.md, P3 and P10). Pure.
import { fromHex, type SignatureVerifier } from '@clearchart/crypto';
import type { CustodyState, PersonState } from '@clearchart/ledger';
import { type PersonSignatureDraft, verifyPersonSignature } from '@clearchart/records';

export interface KeysOnLedger {
  readonly person: PersonState | null;
  /** The key that the hospital keeps, or kept, for the person. */
  readonly custody: CustodyState | null;
}

export type KeyVerdict = 'verified' | 'in-custody' | 'custody-ended' | 'waiting' | 'no-such-key' | 'wrong-signature';

/** `anchoredAt`: height of the block that anchors the signature itself; undefined while there is none. */
export function verdictUnder(
  { person, custody }: KeysOnLedger,
  draft: PersonSignatureDraft,
  signature: Uint8Array,
  anchoredAt: number | undefined,
  verifier: SignatureVerifier,
): KeyVerdict {
  const holdsUnder = (key: string) => verifyPersonSignature(draft, fromHex(key), signature, verifier);
  // The kept key is the person's too while the custody lasts.
  if (custody !== null && holdsUnder(custody.publicKey)) {
    if (custody.endedAt === null) return 'in-custody';
    if (anchoredAt === undefined) return 'waiting';
    return anchoredAt <= custody.endedAt ? 'in-custody' : 'custody-ended';
  }
  if (person === null || person.publicKey === null) return 'no-such-key';
  return holdsUnder(person.publicKey) ? 'verified' : 'wrong-signature';
}
