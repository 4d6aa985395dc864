// A finished visit as one FHIR transaction: all of it is written, or nothing. Pure.
import { rewriteReferences } from '@clearchart/records';
import { equalJson } from '@clearchart/exchange';
import type { Resource } from '../record/fhir.ts';
import { URN_IDENTIFIERS } from './visits.ts';
import { VITALS, type Vital, type VisitForm, vitalValue } from './visit-form.ts';
import {
  allergyResource,
  conditionResource,
  type NewResource,
  noteResource,
  orderResource,
  prescriptionResource,
  type VisitContext,
  vitalResources,
} from './visit-resources.ts';

export interface AppointmentResource extends Resource {
  status?: string;
  start?: string;
  participant?: { actor?: { reference?: string; display?: string }; status?: string }[];
}

export interface VisitPeople {
  readonly patientId: string;
  /** `Practitioner/id`. */
  readonly practitioner: string;
  readonly practitionerName: string;
  /** The appointment that this visit fulfils. */
  readonly appointment: AppointmentResource | undefined;
}

export interface VisitBundle {
  readonly resourceType: 'Bundle';
  readonly type: 'transaction';
  readonly entry: readonly VisitEntry[];
}

interface VisitEntry {
  readonly fullUrl: string;
  readonly resource: NewResource | Resource;
  readonly request: { readonly method: string; readonly url: string; readonly ifMatch?: string };
}

const ENCOUNTER_URN = (visit: string): string => `urn:uuid:${visit}`;

/** `newId` gives a fresh uuid at each call; `endedAt` in milliseconds since 1970. */
export function visitBundle(form: VisitForm, people: VisitPeople, endedAt: number, newId: () => string): VisitBundle {
  const encounter = ENCOUNTER_URN(form.visit);
  const at: VisitContext = {
    patient: `Patient/${people.patientId}`,
    practitioner: people.practitioner,
    practitionerName: people.practitionerName,
    encounter,
    start: new Date(Math.min(form.startedAt, endedAt)).toISOString(),
    end: new Date(endedAt).toISOString(),
  };
  const created = (resource: NewResource): VisitEntry => ({
    fullUrl: `urn:uuid:${newId()}`,
    resource,
    request: { method: 'POST', url: resource.resourceType },
  });
  const conditions = form.diagnoses.map((diagnosis) => created(conditionResource(diagnosis, at)));
  const note = form.note.trim();
  const values = VITALS.flatMap((vital): [Vital, number][] => {
    const value = vitalValue(vital, form.vitals[vital]);
    return value === undefined ? [] : [[vital, value]];
  });
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      {
        fullUrl: encounter,
        resource: encounterResource(form, people, at, conditions),
        request: { method: 'POST', url: 'Encounter' },
      },
      ...conditions,
      ...(note === '' ? [] : [created(noteResource(note, at))]),
      ...form.allergies.map((allergy) => created(allergyResource(allergy, at))),
      ...vitalResources(new Map(values), at).map(created),
      ...form.prescriptions.map((prescription) => created(prescriptionResource(prescription, at))),
      ...form.orders.map((order) => created(orderResource(order, at))),
      ...fulfilled(people.appointment),
    ],
  };
}

function encounterResource(
  form: VisitForm,
  { appointment }: VisitPeople,
  at: VisitContext,
  conditions: readonly VisitEntry[],
): NewResource {
  return {
    resourceType: 'Encounter',
    identifier: [{ system: URN_IDENTIFIERS, value: ENCOUNTER_URN(form.visit) }],
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB', display: 'ambulatory' },
    subject: { reference: at.patient },
    participant: [{ individual: { reference: at.practitioner, display: at.practitionerName } }],
    ...(appointment === undefined ? {} : { appointment: [{ reference: `Appointment/${appointment.id}` }] }),
    period: { start: at.start, end: at.end },
    ...(conditions.length === 0
      ? {}
      : { diagnosis: conditions.map(({ fullUrl }) => ({ condition: { reference: fullUrl } })) }),
  };
}

function fulfilled(appointment: AppointmentResource | undefined): VisitEntry[] {
  if (appointment === undefined) return [];
  return [
    {
      fullUrl: `urn:uuid:${appointment.id}`,
      resource: { ...appointment, status: 'fulfilled' },
      request: {
        method: 'PUT',
        url: `Appointment/${appointment.id}`,
        ifMatch: `W/"${appointment.meta?.versionId ?? '1'}"`,
      },
    },
  ];
}

/** The resources that the practitioner answers for, as the node says it stored them: the appointment is the desk's. */
export function answeredFor(bundle: VisitBundle, stored: readonly (Resource | undefined)[]): Resource[] | undefined {
  const places = new Map(
    bundle.entry.map(({ fullUrl }, at) => [fullUrl, `${stored[at]?.resourceType}/${stored[at]?.id}`]),
  );
  const created = bundle.entry.map(({ resource, request }, at) => ({ resource, request, kept: stored[at] }));
  const same = created.every(({ resource, kept }) => {
    if (kept === undefined) return false;
    return equalJson(content(rewriteReferences(resource, (text) => places.get(text))), content(kept));
  });
  if (!same) return undefined;
  return created.flatMap(({ request, kept }) => (request.method === 'POST' && kept !== undefined ? [kept] : []));
}

/** Without what the node adds: id and meta. */
function content(resource: object): object {
  const { id: _id, meta: _meta, ...rest } = resource as Record<string, unknown>;
  return rest;
}
