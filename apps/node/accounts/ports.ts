/** What accounts need from the rest of the node; compose.ts joins them. */
import type { PatientProfile } from '@clearchart/api';
import type { Aead, Random, SignatureVerifier } from '@clearchart/crypto';
import type { Clock } from '@clearchart/exchange';
import type { TransactionDraft } from '@clearchart/ledger';
import type { DatabaseSync } from 'node:sqlite';

type PersonDraft = TransactionDraft<'enrol-person'> | TransactionDraft<'bind-person-key'>;

/** People and their keys on the ledger. */
export interface LedgerPeople {
  /** `enrol-person` with a key and a fresh pseudonym; `publicKey` has 64 hexadecimal digits. */
  draftEnrol(publicKey: string): TransactionDraft<'enrol-person'>;
  draftBind(pseudonym: string, publicKey: string): TransactionDraft<'bind-person-key'>;
  /**
   * Adds the organization's signature and puts the transaction into the outbox, on disk before it resolves. The person's
   * signature has been checked. The same draft and signature again answer the same id and add nothing.
   */
  submit(draft: PersonDraft, personSignature: string): Promise<{ readonly transactionId: string }>;
}

export type { PersonDraft };

/** Patients of this hospital; ids are FHIR ids without their type. */
export interface PatientDirectory {
  exists(patientId: string): boolean | Promise<boolean>;
  practitionerExists(practitionerId: string): boolean | Promise<boolean>;
  /** Undefined when there is no such patient. */
  pseudonymOf(patientId: string): string | undefined | Promise<string | undefined>;
  /** The name as FHIR's HumanName tells it, for lists the desk sees. */
  nameOf(patientId: string): string | undefined | Promise<string | undefined>;
  /** Makes the Patient resource in the name of the administrator who checked the person. */
  createPatient(
    profile: PatientProfile,
    administrator: { readonly accountId: string; readonly name: string },
  ): Promise<{ readonly patientId: string }>;
}

export interface AccountStorePorts {
  readonly database: DatabaseSync;
  /** 32 bytes; everything here that names a person is hashed or sealed under it. */
  readonly key: Uint8Array;
  readonly aead: Aead;
  readonly random: Random;
  readonly clock: Clock;
}

export interface AccountsPorts extends AccountStorePorts {
  readonly people: LedgerPeople;
  readonly patients: PatientDirectory;
  readonly verifier: SignatureVerifier;
}
