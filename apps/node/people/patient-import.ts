/** A list of patients from the desk: checked line by line, then all of it written in one bundle transaction, or nobody. */
import { hash, randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Alike, PatientListChecked } from '@clearchart/api';
import { type ListedPatient, parsePatientList } from '@clearchart/exchange';
import type { Accesses } from '../accesses/index.ts';
import type { ClinicalSession, ClinicalStore } from '../clinical/index.ts';
import type { Caller } from '../http/caller.ts';
import { ApiError } from '../http/errors.ts';
import { knownPeople } from './known-people.ts';

const FAULTS_TOLD = 200;
const KNOWN_TOLD = 500;
/** Lines looked up before others have their turn. */
const LINES_AT_A_TIME = 50;
/** Where the day begins first (UTC+14). */
const EARLIEST_ZONE_MS = 14 * 60 * 60_000;
/** Of the Patient made from one line: the same line again makes nobody (FHIR R4 §3.1.0.8.1, conditional create). */
const LISTED = 'urn:clearchart:listed';

export interface PatientImportPorts {
  readonly clinical: ClinicalStore;
  readonly accesses: Accesses;
  readonly clock: { now(): number };
}

interface Known {
  readonly patient: ListedPatient;
  readonly alike: readonly Alike[];
}

export class PatientImport {
  readonly #ports: PatientImportPorts;

  constructor(ports: PatientImportPorts) {
    this.#ports = ports;
  }

  async check(csv: string, caller: Caller): Promise<PatientListChecked> {
    const { patients, faults } = this.#parse(csv);
    const known = await this.#known(patients, this.#sessionOf(caller));
    return {
      people: patients.length,
      faultCount: faults.length,
      faults: faults.slice(0, FAULTS_TOLD).map((fault) => ({ ...fault })),
      known: known.slice(0, KNOWN_TOLD).map(({ patient, alike }) => ({
        line: patient.line,
        name: `${patient.given} ${patient.family}`,
        alike: [...alike],
      })),
    };
  }

  /** @throws ApiError `list-has-faults`, or `wrong-state` when another number would be written than the desk was shown. */
  async import(csv: string, alsoKnown: boolean, expected: number, caller: Caller) {
    const { patients, faults } = this.#parse(csv);
    if (faults.length > 0) throw new ApiError('list-has-faults');
    const session = this.#sessionOf(caller);
    const known = alsoKnown ? [] : await this.#known(patients, session);
    const left = new Set(known.map(({ patient }) => patient.line));
    const wanted = patients.filter(({ line }) => !left.has(line));
    if (wanted.length !== expected) throw new ApiError('wrong-state');
    const { entries } = await session.bundle({
      resourceType: 'Bundle',
      type: 'transaction',
      entry: wanted.map(entryOf),
    });
    const created = entries.filter(({ transactionId }) => transactionId !== undefined).length;
    return { created, leftOut: patients.length - created };
  }

  #parse(csv: string) {
    const today = new Date(this.#ports.clock.now() + EARLIEST_ZONE_MS).toISOString().slice(0, 10);
    return parsePatientList(csv, today);
  }

  #sessionOf(caller: Caller): ClinicalSession {
    const { clinical, accesses } = this.#ports;
    return clinical.session({ ...accesses.listContextOf(caller), baseUrl: '' });
  }

  async #known(patients: readonly ListedPatient[], session: ClinicalSession): Promise<Known[]> {
    const known: Known[] = [];
    const versions = [];
    for (const [index, patient] of patients.entries()) {
      if (index % LINES_AT_A_TIME === 0) await setImmediate();
      const found = knownPeople(session, patient);
      if (found.alike.length === 0) continue;
      known.push({ patient, alike: found.alike });
      versions.push(...found.versions);
    }
    await session.disclose('search-type', versions);
    return known;
  }
}

function entryOf(patient: ListedPatient): object {
  const resource = resourceOf(patient);
  const value = hash('sha256', JSON.stringify(resource)).slice(0, 32);
  return {
    fullUrl: `urn:uuid:${randomUUID()}`,
    resource: { ...resource, identifier: [{ system: LISTED, value }] },
    request: { method: 'POST', url: 'Patient', ifNoneExist: `identifier=${LISTED}|${value}` },
  };
}

function resourceOf({ given, family, birthDate, gender, phone, email, address, city }: ListedPatient): object {
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
