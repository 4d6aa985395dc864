/** The Patient made from one line of the desk's list. */
import type { ListedPatient } from '@clearchart/exchange';
import { hash, randomUUID } from 'node:crypto';
import { contentOf } from '../clinical/index.ts';

/** The same line again makes nobody (FHIR R4 §3.1.0.8.1, conditional create). */
const LISTED = 'urn:clearchart:listed';
/** `meta.tag` of everybody whom one list made; its code is the list's id. */
const LIST = 'urn:clearchart:patient-list';

export interface Listed {
  readonly line: number;
  readonly patient: ListedPatient;
  readonly resource: object;
  /** Of the identifier that says that this line was written. */
  readonly value: string;
}

export function listedOf(patient: ListedPatient): Listed {
  const person = personOf(patient);
  const value = hash('sha256', JSON.stringify(person)).slice(0, 32);
  return {
    line: patient.line,
    patient,
    resource: { ...person, identifier: [{ system: LISTED, value }] },
    value,
  };
}

/** Criteria that find the Patient of this line, once it is written. */
export function writtenAs({ value }: Listed): string {
  return `identifier=${LISTED}|${value}`;
}

/** Of the line that made this Patient, when a list did. */
export function lineValueOf(content: Uint8Array): string | undefined {
  const { identifier } = contentOf<{ identifier?: { system?: string; value?: string }[] }>({ content });
  return identifier?.find(({ system }) => system === LISTED)?.value;
}

/** Creates the Patient, unless it is there. */
export function entryOf(listed: Listed, list: string): object {
  return {
    fullUrl: `urn:uuid:${randomUUID()}`,
    resource: { ...listed.resource, meta: { tag: [{ system: LIST, code: list }] } },
    request: { method: 'POST', url: 'Patient', ifNoneExist: writtenAs(listed) },
  };
}

function personOf({ given, family, birthDate, gender, phone, email, address, city }: ListedPatient): object {
  const telecom = [
    ...(phone === undefined ? [] : [{ system: 'phone', use: 'mobile', value: phone }]),
    ...(email === undefined ? [] : [{ system: 'email', value: email }]),
  ];
  const place = { ...(address === undefined ? {} : { line: [address] }), ...(city === undefined ? {} : { city }) };
  return {
    resourceType: 'Patient',
    active: true,
    name: [{ use: 'official', given: given.split(/\s+/), family }],
    birthDate,
    gender,
    ...(telecom.length === 0 ? {} : { telecom }),
    ...(Object.keys(place).length === 0 ? {} : { address: [place] }),
  };
}
