/** What a hospital declares about one window of access: that it opened, and later what was read in it. */
import type { AccessId, Hash, Pseudonym } from './identifiers.ts';

/** HL7 v3 PurposeOfUse. */
export const PURPOSES = ['ETREAT', 'HOPERAT', 'HPAYMT', 'HRESCH', 'PATRQT', 'PUBHLTH', 'TREAT'] as const;
export type Purpose = (typeof PURPOSES)[number];

export interface OpenedAccess {
  readonly kind: 'opened';
  readonly access: AccessId;
  readonly patient: Pseudonym;
  readonly purpose: Purpose;
  /** When the window opened, milliseconds by the hospital's clock. */
  readonly at: number;
  /** Commitment to reader, role and reason; opened to the patient. */
  readonly detail: Hash;
}

export interface ClosedAccess {
  readonly kind: 'closed';
  readonly access: AccessId;
  readonly patient: Pseudonym;
  /** Reads inside the window. */
  readonly count: number;
  /** RFC 6962 root over their entries in the hospital's audit log. */
  readonly root: Hash;
}

export type AccessEntry = OpenedAccess | ClosedAccess;
