// Sends a finished visit, and finds again what an earlier sending has written: an answer that got lost makes no second visit.
import { searchFhir, transactFhir } from '../connection/fhir.ts';
import type { Resource } from '../record/fhir.ts';
import { answeredFor, type VisitPeople, visitBundle } from './visit-bundle.ts';
import type { VisitForm } from './visit-form.ts';
import { URN_IDENTIFIERS } from './visits.ts';

export interface SentVisit {
  readonly encounterId: string;
  /** What the practitioner answers for. */
  readonly resources: readonly Resource[];
  readonly transactionId: string | undefined;
}

/** The node stored something else than what was sent. */
export class StoredOtherwise extends Error {
  override readonly name = 'StoredOtherwise';
}

interface OfEncounter extends Resource {
  encounter?: { reference?: string };
}

const BY_ENCOUNTER = ['Condition', 'Observation', 'MedicationRequest', 'ServiceRequest', 'DocumentReference'] as const;

/** The current versions of everything that belongs to an Encounter, itself first. */
export async function resourcesOfVisit(encounter: Resource, patientId: string): Promise<Resource[]> {
  const patient = encodeURIComponent(patientId);
  const reference = `Encounter/${encounter.id}`;
  const [allergies, ...lists] = await Promise.all([
    searchFhir<OfEncounter>(`AllergyIntolerance?patient=${patient}`),
    ...BY_ENCOUNTER.map((type) => searchFhir<Resource>(`${type}?patient=${patient}&encounter=${reference}`)),
  ]);
  const found = (allergies ?? []).filter((allergy) => allergy.encounter?.reference === reference);
  return [encounter, ...lists.flat(), ...found];
}

/** @throws StoredOtherwise when what came back is not what was sent. */
export async function sendVisit(form: VisitForm, people: VisitPeople): Promise<SentVisit> {
  const identifier = encodeURIComponent(`${URN_IDENTIFIERS}|urn:uuid:${form.visit}`);
  const [earlier] = await searchFhir<Resource>(
    `Encounter?patient=${encodeURIComponent(people.patientId)}&identifier=${identifier}`,
  );
  if (earlier !== undefined) {
    const resources = await resourcesOfVisit(earlier, people.patientId);
    return { encounterId: earlier.id, resources, transactionId: undefined };
  }
  const bundle = visitBundle(form, people, Date.now(), () => crypto.randomUUID());
  const { resources: stored, transactionId } = await transactFhir(bundle);
  const resources = answeredFor(bundle, stored);
  const [encounter] = resources ?? [];
  if (resources === undefined || encounter === undefined) throw new StoredOtherwise('Not stored as it was sent');
  return { encounterId: encounter.id, resources, transactionId };
}
