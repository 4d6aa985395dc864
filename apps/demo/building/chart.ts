/**
 * One patient's record while it is written: resources get an id of the bundle, the mark of made-up content,
 * and their place in the transaction (FHIR R4 http §transaction). Times are given in days before today.
 */
import type {
  Bundle,
  BundleEntry,
  Coding,
  Location,
  Organization,
  Patient,
  Practitioner,
  Reference,
  Resource,
} from '@medplum/fhirtypes';
import type { Calendar } from '../calendar.ts';
import type { Chance } from '../chance.ts';
import {
  doctorName,
  HOSPITAL,
  ORGANIZATION_NUMBER,
  STAFF,
  STAFF_NUMBERS,
  type StaffKey,
  UNIT_NUMBERS,
  UNITS,
  type UnitKey,
} from '../staff.ts';

/** Stands on every resource of the demo, so that nobody takes it for a real person's. */
export const MADE_UP: Coding = {
  system: 'https://clearchart.example/demo',
  code: 'made-up',
  display: 'Made up for the demo; no real person',
};

/** Collects the entries of one transaction bundle. */
export interface Sheet {
  /** Adds a resource and returns what others in the bundle refer to it by. */
  add<T extends Resource>(resource: T, ifNoneExist?: string): Reference<T>;
  bundle(): Bundle;
}

export function newSheet(chance: Chance): Sheet {
  const entries: BundleEntry[] = [];
  return {
    add: (resource, ifNoneExist) => {
      const fullUrl = `urn:uuid:${chance.uuid()}`;
      const request = { method: 'POST', url: resource.resourceType } as const;
      entries.push({
        fullUrl,
        resource: { ...resource, meta: { tag: [MADE_UP] } },
        request: ifNoneExist === undefined ? request : { ...request, ifNoneExist },
      });
      return { reference: fullUrl };
    },
    bundle: () => ({ resourceType: 'Bundle', type: 'transaction', entry: entries }),
  };
}

export interface Chart extends Sheet {
  readonly calendar: Calendar;
  readonly chance: Chance;
  readonly patient: Reference<Patient>;
  /** Age of the patient today, in days. */
  readonly ageDays: number;
}

/** Staff and rooms are imported before any patient; the node gives their ids, so they are found by number. */
export function practitioner(key: StaffKey): Reference<Practitioner> {
  return {
    reference: `Practitioner?identifier=${STAFF_NUMBERS}|${STAFF[key].number}`,
    display: doctorName(key),
  };
}

export function unit(key: UnitKey): Reference<Location> {
  return { reference: `Location?identifier=${UNIT_NUMBERS}|${UNITS[key].number}`, display: UNITS[key].name };
}

export function hospital(): Reference<Organization> {
  return { reference: `Organization?identifier=${UNIT_NUMBERS}|${ORGANIZATION_NUMBER}`, display: HOSPITAL.name };
}
