/** Why the ledger refuses something. A rejection is part of the protocol: the same on every node, and returned, never thrown. */
export const REJECTION_CODES = [
  'access-already-closed',
  'access-already-opened',
  'access-not-opened',
  'access-other-patient',
  'activation-too-early',
  'ballot-already-cast',
  'batch-empty',
  'block-height-wrong',
  'block-member-set-wrong',
  'block-previous-hash-wrong',
  'block-proposer-unknown',
  'block-signature-invalid',
  'block-state-root-wrong',
  'block-target-wrong',
  'block-time-not-rising',
  'block-too-large',
  'block-transactions-root-wrong',
  'block-work-too-small',
  'chain-id-wrong',
  'complete-in-future',
  'complete-not-rising',
  'duplicate-transaction',
  'encoding-not-canonical',
  'key-already-bound',
  'key-in-use',
  'key-invalid',
  'member-retiring',
  'members-changing',
  'members-full',
  'members-just-changed',
  'members-not-changing',
  'members-too-few',
  'mempool-full',
  'mempool-signer-limit',
  'misbehaviour-reported',
  'not-in-custody',
  'organization-already-admitted',
  'organization-not-home',
  'organization-not-member',
  'organization-not-of-key',
  'organization-retired',
  'organization-unknown',
  'person-already-enrolled',
  'person-has-no-key',
  'person-retired',
  'person-unknown',
  'record-of-another-custodian',
  'record-version-anchored',
  'replacement-not-pending',
  'replacement-pending',
  'replacement-too-early',
  'rotation-too-early',
  'shape-invalid',
  'signature-invalid',
  'signature-missing',
  'signature-unexpected',
  'signatures-not-sorted',
  'transaction-expired',
  'transaction-replayed',
  'transaction-too-large',
  'type-unknown',
  'valid-until-too-far',
  'version-unknown',
  'votes-not-conflicting',
  'votes-not-sorted',
] as const;

export type RejectionCode = (typeof REJECTION_CODES)[number];

export interface Rejection {
  readonly code: RejectionCode;
  readonly detail: Readonly<Record<string, string | number>>;
}

export function reject(code: RejectionCode, detail: Record<string, string | number> = {}): Rejection {
  return { code, detail };
}

export function isRejection(value: unknown): value is Rejection {
  return typeof value === 'object' && value !== null && 'code' in value && 'detail' in value;
}
