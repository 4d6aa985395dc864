/**
 * What the clinical store needs from the node and what it hands back. The scope comes from the policy
 * point with every call; the store has no other way to data (docs/protocol/records.md).
 */
import type { Aead, Random } from '@clearchart/crypto';
import type { Clock, TypeViews } from '@clearchart/exchange';
import type { Category } from '@clearchart/records';
import type { DatabaseSync } from 'node:sqlite';
import type { Definitions } from './definitions/definitions.ts';
import type { DictionaryUse } from './tables.ts';

/** A FHIR resource as parsed JSON. */
export interface Resource {
  readonly resourceType: string;
  readonly id?: string;
  readonly [element: string]: unknown;
}

/** What one caller may see and change. */
export interface AccessScope {
  readonly types: 'all' | ReadonlySet<string>;
  /** FHIR ids of the patients whose records are visible. */
  readonly subjects: 'all' | ReadonlySet<string>;
  readonly categories: 'all' | ReadonlySet<Category>;
  /** Whether resources about the hospital itself, which have no patient, are visible. */
  readonly directory: boolean;
  readonly write: 'all' | ReadonlySet<string>;
  /** A finer rule for one write; returns a stable code when it must not be done. */
  checkWrite?(before: Resource | undefined, after: Resource | undefined): string | undefined;
  /** What the policy itself writes into a resource that is given; called before it is examined. */
  stampWrite?(resource: Resource, isNew: boolean): Resource;
  /** FHIR ids of the patients that a search for this one finds as well: records of one person that were joined. */
  sameAs?(patientId: string): readonly string[];
  /** What is shown, searched and written of each type that is seen; whole resources when there is none. */
  readonly views?: TypeViews;
}

export interface DisclosedContent {
  /** `Type/id/_history/n` of every version that leaves. */
  readonly versions: readonly string[];
}

/** What one answer holds about patients; reported before the answer is handed back. */
export interface Disclosure {
  /** FHIR's name of the interaction: read, vread, history-instance, search-type … */
  readonly interaction: string;
  readonly patients: ReadonlyMap<string, DisclosedContent>;
}

export type OnDisclosed = (disclosure: Disclosure) => void | Promise<void>;

export interface SignedTransaction {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** One line of an `anchor-records` transaction. */
export interface AnchorEntry {
  readonly record: string;
  readonly version: number;
  readonly subject: string | null;
  readonly categoryTag: string;
  readonly commitment: string;
}

export interface AnchorPort {
  /** Signs one `anchor-records` of 1 to 1,000 entries. */
  anchor(records: readonly AnchorEntry[]): SignedTransaction;
  /** Signs an `enrol-person` without a key. */
  enrol(pseudonym: string): SignedTransaction;
}

/** 32 bytes each. */
export interface ClinicalKeys {
  /** Wraps data keys and seals the map from patients to pseudonyms. */
  readonly custody: Uint8Array;
  /** Hashes index values; a key derived from it seals paging cursors. */
  readonly index: Uint8Array;
  readonly recordId: Uint8Array;
  readonly category: Uint8Array;
}

export interface ClinicalStorePorts {
  /** An open `clinical.db`; the store makes its own tables in it. */
  readonly database: DatabaseSync;
  readonly keys: ClinicalKeys;
  readonly chainId: string;
  readonly custodian: string;
  readonly aead: Aead;
  readonly random: Random;
  readonly clock: Clock;
  readonly anchors: AnchorPort;
  /** A commit failed, and nothing is known about the disk: no write is taken any more, and the process has to end. */
  readonly onFault: (fault: Error) => void;
  /** Shared by the nodes of one process. */
  readonly definitions: Definitions;
  /** The checker's store reads only: no table and no row of the dictionary is made. */
  readonly use?: DictionaryUse;
}
