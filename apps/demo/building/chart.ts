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
  type House,
  memberOf,
  organizationNumber,
  type StaffKey,
  staffNumbers,
  unitNumbers,
  unitOf,
} from '../house.ts';

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
  /** The hospital that keeps it. */
  readonly house: House;
  readonly calendar: Calendar;
  readonly chance: Chance;
  readonly patient: Reference<Patient>;
  /** Age of the patient today, in days. */
  readonly ageDays: number;
}

/** Staff and rooms are imported before any patient; the node gives their ids, so they are found by number. */
export function practitioner({ house }: Chart, key: StaffKey): Reference<Practitioner> {
  const member = memberOf(house, key);
  return { reference: `Practitioner?identifier=${staffNumbers(house)}|${member.number}`, display: doctorName(member) };
}

/** Where the doctor sees patients. */
export function unit({ house }: Chart, doctor: StaffKey): Reference<Location> {
  const { number, name } = unitOf(house, memberOf(house, doctor).unit);
  return { reference: `Location?identifier=${unitNumbers(house)}|${number}`, display: name };
}

export function hospital(house: House): Reference<Organization> {
  return {
    reference: `Organization?identifier=${unitNumbers(house)}|${organizationNumber(house)}`,
    display: house.name,
  };
}
