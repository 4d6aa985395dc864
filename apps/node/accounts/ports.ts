/** What accounts need from the rest of the node; compose.ts joins them. */
import type { NewPractitioner, PatientProfile } from '@clearchart/api';
import type { SignatureVerifier } from '@clearchart/crypto';
import type { TransactionDraft } from '@clearchart/ledger';
import type { PersonDraft } from './person-draft.ts';
import type { AccountStore } from './store.ts';

/** People and their keys on the ledger. */
export interface LedgerPeople {
  /** `enrol-person` with a key and a fresh pseudonym; `publicKey` has 64 hexadecimal digits. */
  draftEnrol(publicKey: string): TransactionDraft<'enrol-person'>;
  /** The person's first own key: bound, or handed over when the hospital keeps one. */
  draftBind(
    pseudonym: string,
    publicKey: string,
  ): TransactionDraft<'bind-person-key'> | TransactionDraft<'hand-over-custody'>;
  /**
   * Adds the organization's signature and puts the transaction into the outbox, on disk before it resolves. The person's
   * signature (128 hexadecimal digits, role "new-key") has been checked. The same draft and signature again answer the
   * same id and add nothing. A hand-over is signed with the kept seed as well.
   */
  submit(
    draft: PersonDraft,
    personSignature: string,
    keptSeed?: Uint8Array,
  ): Promise<{ readonly transactionId: string }>;
  readonly keys: LedgerKeys;
  readonly custody: LedgerCustody;
  /** Whether a submitted transaction is on the ledger or may still get there; false once it has expired unmined. */
  stands(transactionId: string): boolean;
}

/** Keys that the hospital keeps for people without a device, as the ledger has them. */
export interface LedgerCustody {
  /** Undefined when no key of the person has been in custody; `endedAt` is a height. */
  of(pseudonym: string): { readonly publicKey: string; readonly endedAt: number | null } | undefined;
  /** 64 bytes, under the key of this seed. */
  sign(seed: Uint8Array, message: Uint8Array): Uint8Array;
  /** Takes the first key into custody; resolves when it is final, or after a while. */
  take(pseudonym: string, seed: Uint8Array): Promise<void>;
  /** Resolves when the transaction is final, or after a while. */
  untilFinal(transactionId: string): Promise<void>;
}

/** Replacement of a person's key, by way of the desk; what is waiting and what holds is read from the ledger's state. */
export interface LedgerKeys {
  /** Milliseconds of block time between request and effect. */
  readonly waitMs: number;
  waiting(pseudonym: string): { readonly publicKey: string; readonly effectiveAt: number } | undefined;
  /** Whether a request has been submitted that no final block holds yet, and one still may. */
  isOnItsWay(pseudonym: string): boolean;
  /** The key that speaks for the person now. */
  current(pseudonym: string): string | undefined;
  draftRequest(pseudonym: string, publicKey: string): TransactionDraft<'request-key-replacement'>;
  draftVeto(pseudonym: string): TransactionDraft<'veto-key-replacement'>;
  /** As `LedgerPeople.submit`; resolves when it is final, or after a while. The signature has been checked. */
  submit(
    draft: TransactionDraft<'request-key-replacement'> | TransactionDraft<'veto-key-replacement'>,
    personSignature: string,
  ): Promise<void>;
  /** Asks the ledger to complete what waits; it refuses before the time is over. Resolves as `submit`, or once nothing waits. */
  complete(pseudonym: string): Promise<void>;
  /** Asks the ledger to end what waits. Resolves as `complete`: `waiting` and `current` tell which decision came first. */
  withdraw(pseudonym: string): Promise<void>;
}

/** Patients and practitioners of this hospital; ids are FHIR ids without their type. */
export interface PatientDirectory {
  exists(patientId: string): boolean | Promise<boolean>;
  practitionerExists(practitionerId: string): boolean | Promise<boolean>;
  /** Undefined when there is no such patient. */
  pseudonymOf(patientId: string): string | undefined | Promise<string | undefined>;
  /** As FHIR's HumanName tells it. */
  nameOf(patientId: string): string | undefined | Promise<string | undefined>;
  /**
   * Enters a practitioner with a specialty (an id of core/care); one with this e-mail who is there already is answered. Undefined
   * when there is no such specialty.
   */
  createPractitioner(practitioner: NewPractitioner): Promise<{ readonly practitionerId: string } | undefined>;
  /** Makes the Patient resource of a registration; asked again for the same one, also at once, it answers the same Patient. */
  createPatient(profile: PatientProfile, registration: string): Promise<{ readonly patientId: string }>;
}

/** Letters to people about their account, sent in the background. */
export interface AccountLetters {
  /** `path` begins with a slash and is of this node. */
  recoveryLink(to: string, path: string): void;
  passwordChanged(to: string): void;
  wordsChanged(to: string): void;
  /** Signed in at `when` (ms) on a device that was not recognised. */
  newDevice(to: string, when: number): void;
  newKeyAsked(to: string): void;
  newKeyTaken(to: string): void;
  newKeyVetoed(to: string): void;
  newKeyWithdrawn(to: string): void;
}

export interface AccountsPorts {
  readonly store: AccountStore;
  readonly people: LedgerPeople;
  readonly patients: PatientDirectory;
  readonly verifier: SignatureVerifier;
  /** Undefined where no mail is sent: then the recovery words alone set a new password. */
  readonly letters?: AccountLetters | undefined;
  /** Tells nodes on one machine apart: browsers share cookies between ports. */
  readonly organization: string;
  /** Browsers reach this node by https only. */
  readonly overTls: boolean;
}
