// The visits that were written here, each with its note, diagnoses, orders and who signed it. Pure.
import type { CodeableConcept, Condition, MedicationRequest, Resource, TimelineResource } from '../record/fhir.ts';
import { type KeptSignature, type Provenance, signaturesOf } from './provenance.ts';
import { textOfBase64 } from './visit-resources.ts';
import { isWithdrawn } from './withdrawn.ts';

/** System of identifiers that are urns (FHIR R4 identifier registry): a visit made on these pages has one. */
export const URN_IDENTIFIERS = 'urn:ietf:rfc:3986';

interface Reference {
  reference?: string;
  display?: string;
}

export interface VisitNote extends Resource {
  status?: string;
  docStatus?: string;
  description?: string;
  date?: string;
  author?: Reference[];
  content?: { attachment?: { contentType?: string; data?: string } }[];
  context?: { encounter?: Reference[] };
}

export interface VisitEncounter extends TimelineResource {
  identifier?: { system?: string; value?: string }[];
  participant?: { individual?: Reference }[];
}

export interface VisitOrder extends Resource {
  status?: string;
  code?: CodeableConcept;
}

/** What a practitioner can correct later. */
export type Corrected = { readonly note: VisitNote } | { readonly condition: Condition };

type WithEncounter<Item> = Item & { encounter?: Reference };

export interface Visit {
  readonly encounter: VisitEncounter;
  readonly at: string;
  readonly practitioner: Reference | undefined;
  readonly note: VisitNote | undefined;
  /** Undefined when there is none, or it is no text. */
  readonly text: string | undefined;
  readonly diagnoses: readonly Condition[];
  readonly prescriptions: readonly MedicationRequest[];
  readonly orders: readonly VisitOrder[];
  /** Of the Encounter as it stands; empty: not signed. */
  readonly signatures: readonly KeptSignature[];
  /** Of the note as it stands: a corrected one is signed by itself. */
  readonly noteSignatures: readonly KeptSignature[];
  /** Corrections of a signed visit that were stored, but whose signing was cut off. */
  readonly unsignedCorrections: readonly Resource[];
}

export interface VisitSources {
  readonly encounters: readonly VisitEncounter[];
  readonly notes: readonly VisitNote[];
  readonly conditions: readonly WithEncounter<Condition>[];
  readonly requests: readonly WithEncounter<MedicationRequest>[];
  readonly orders: readonly WithEncounter<VisitOrder>[];
  readonly provenances: readonly Provenance[];
}

/** Newest first; only visits that a practitioner finished on these pages, which are the ones to be signed. */
export function visits({ encounters, notes, conditions, requests, orders, provenances }: VisitSources): Visit[] {
  return encounters
    .filter(
      ({ identifier, status }) => status === 'finished' && identifier?.some(({ system }) => system === URN_IDENTIFIERS),
    )
    .map((encounter): Visit => {
      const reference = `Encounter/${encounter.id}`;
      const here = (item: { encounter?: Reference }) => item.encounter?.reference === reference;
      const note = notes.find(({ context }) => context?.encounter?.some((one) => one.reference === reference));
      const practitioner = encounter.participant?.[0]?.individual;
      const diagnoses = conditions.filter(here);
      const signed = (resource: Resource) => signaturesOf(resource, provenances, practitioner?.reference);
      const signatures = signed(encounter);
      const corrections = [...(note?.docStatus === 'amended' ? [note] : []), ...diagnoses.filter(isWithdrawn)];
      return {
        encounter,
        at: encounter.period?.start ?? '',
        practitioner,
        note,
        text: note === undefined ? undefined : textOfBase64(note.content?.[0]?.attachment?.data),
        diagnoses,
        prescriptions: requests.filter(here),
        orders: orders.filter(here),
        signatures,
        noteSignatures: note === undefined ? [] : signed(note),
        unsignedCorrections:
          signatures.length === 0 ? [] : corrections.filter((correction) => signed(correction).length === 0),
      };
    })
    .toSorted((one, other) => other.at.localeCompare(one.at));
}
