/**
 * An access event is one reader, one patient, one purpose, one window of time. It is on the
 * custodian's disk before the first answer of the window leaves; the single reads inside it follow
 * in the local audit log, whose count and root close the event (docs/protocol/access.md).
 */
import { hmacSha256, toHex, utf8 } from '@clearchart/crypto';
import { encodeCanonical, type Purpose } from '@clearchart/ledger';
import type { CallerRole } from './access-decision.ts';

/** A person's window: 15 minutes. */
export const PERSON_WINDOW_MS = 15 * 60 * 1000;
/** A program reads all day: one event for each patient and hour. */
export const SYSTEM_WINDOW_MS = 60 * 60 * 1000;

/** What the patient is told about the reader, in codes and names only; on the ledger stands a commitment to it. */
export interface AccessDetail {
  /** The name the patient reads, e.g. "Dr Sunita Joshi"; `operator` of a program allowed on the command line. */
  readonly name: string;
  readonly role: CallerRole;
  /** FHIR reference of the person, or the id of the token. */
  readonly reader: string;
  /** Who authorised the program that reads, when it is one. */
  readonly authorisedBy?: string;
}

export function windowLength(role: CallerRole): number {
  return role === 'system' ? SYSTEM_WINDOW_MS : PERSON_WINDOW_MS;
}

/**
 * Whether reads of this patient by this caller are declared on the ledger. A patient's own reads stay
 * local, and so do the registry lines that are all an administrator sees.
 */
export function isDeclared(role: CallerRole): boolean {
  return role === 'practitioner' || role === 'system';
}

export function purposeOf(role: CallerRole): Purpose {
  switch (role) {
    case 'practitioner':
      return 'TREAT';
    case 'patient':
      return 'PATRQT';
    case 'administrator':
    case 'system':
      return 'HOPERAT';
  }
}

/**
 * HMAC-SHA-256 of the detail's canonical bytes under 32 random bytes kept for this access alone, as
 * 64 hex digits: nobody guesses a name from it, and the patient who is told both checks it.
 */
export function commitDetail(detail: AccessDetail, salt: Uint8Array): string {
  return toHex(hmacSha256(salt, utf8('clearchart/access-detail/v0'), encodeCanonical(detail)));
}
