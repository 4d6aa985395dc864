// What was signed with a key in custody, in time or too late, and waits for the patient: each version by itself, until the patient has signed or disputed
// exactly that version (docs/protocol/signatures.md, P11). Pure.
import type { KeptSignature } from '../visit/provenance.ts';
import type { SignatureVerdict } from '../visit/check-signature.ts';

export interface CheckedSignature {
  readonly signature: KeptSignature;
  readonly verdict: SignatureVerdict;
}

interface DisputedVersion {
  readonly type: string;
  readonly record: string;
  readonly version: number;
}

export interface CustodyItem {
  readonly type: string;
  readonly id: string;
  readonly version: string;
  /** Who wrote it at the desk, when the Provenance names somebody. */
  readonly desk: string | undefined;
  /** RFC 3339. */
  readonly when: string | undefined;
}

export function openCustodyItems(
  checked: readonly CheckedSignature[],
  disputes: readonly DisputedVersion[],
): CustodyItem[] {
  const referenceOf = (type: string, id: string, version: string) => `${type}/${id}/${version}`;
  const settled = new Set([
    ...checked
      .filter(({ verdict }) => verdict === 'verified')
      .flatMap(({ signature }) => signature.targets.map(({ type, id, version }) => referenceOf(type, id, version))),
    ...disputes.map(({ type, record, version }) => referenceOf(type, record, String(version))),
  ]);
  return checked
    .filter(({ verdict }) => verdict === 'in-custody' || verdict === 'custody-ended')
    .flatMap(({ signature: { targets, enteredBy, when } }) =>
      targets
        .filter(({ type, id, version }) => !settled.has(referenceOf(type, id, version)))
        .map(({ type, id, version }) => ({ type, id, version, desk: enteredBy, when })),
    );
}
