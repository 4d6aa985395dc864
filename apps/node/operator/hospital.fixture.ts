/** A small hospital on disk for tests: a patient in care, read by a practitioner and a program, one window closed, one open. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '@clearchart/exchange';
import { type Definitions, startDefinitions } from '../clinical/index.ts';
import { systemTimers } from '../clock.ts';
import { openHospital } from '../compose.ts';
import { foundNetwork } from '../compose-operator.ts';
import type { Hospital } from '../hospital.ts';
import type { Caller } from '../http/caller.ts';
import { OWN_SCOPE } from '../accesses/index.ts';

export const SYSTEM: Caller = { role: 'system', tokenId: 'aa'.repeat(16), name: 'operator', authorisedBy: 'operator' };

export class TestClock implements Clock {
  #ahead = 0;
  readonly now = (): number => Date.now() + this.#ahead;
  advance(milliseconds: number): void {
    this.#ahead += milliseconds;
  }
}

export interface TestHospital {
  readonly folder: string;
  readonly clock: TestClock;
  readonly definitions: Definitions;
  open(): Promise<Hospital>;
  remove(): Promise<void>;
}

export async function testHospital(): Promise<TestHospital> {
  const parent = mkdtempSync(join(tmpdir(), 'clearchart-hospital-'));
  const folder = join(parent, 'data');
  const clock = new TestClock();
  await foundNetwork({ dataFolder: folder, name: 'City Hospital', administratorEmail: 'admin@city.example' });
  const definitions = await startDefinitions();
  const faults: string[] = [];
  return {
    folder,
    clock,
    definitions,
    open: () =>
      openHospital(
        { dataFolder: folder },
        {
          clock,
          timers: systemTimers,
          definitions,
          onFault: (words, fault) => faults.push(`${words}: ${String(fault)}`),
        },
      ),
    async remove() {
      await definitions.close();
      rmSync(parent, { recursive: true, force: true });
      if (faults.length > 0) throw new Error(faults.join('\n'));
    },
  };
}

export interface FilledHospital {
  readonly patient: string;
  readonly practitioner: Caller;
  readonly observation: string;
}

const PATIENT = 'urn:uuid:11111111-1111-4111-8111-111111111111';
const DOCTOR = 'urn:uuid:22222222-2222-4222-8222-222222222222';

const post = (fullUrl: string, resource: { resourceType: string }) => ({
  fullUrl,
  resource,
  request: { method: 'POST', url: resource.resourceType },
});

/** A transaction bundle; the texts are made up and easy to find again. */
export const BUNDLE = {
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [
    post(PATIENT, {
      resourceType: 'Patient',
      name: [{ family: 'Canarysurname', given: ['Ada'] }],
      gender: 'female',
      birthDate: '1980-02-03',
      identifier: [{ system: 'urn:canary', value: 'canary-77' }],
    } as { resourceType: string }),
    post(DOCTOR, { resourceType: 'Practitioner', name: [{ family: 'Joshi', given: ['Sunita'] }] } as {
      resourceType: string;
    }),
    post('urn:uuid:33333333-3333-4333-8333-333333333333', {
      resourceType: 'CareTeam',
      status: 'active',
      subject: { reference: PATIENT },
      participant: [{ member: { reference: DOCTOR } }],
    } as { resourceType: string }),
    post('urn:uuid:44444444-4444-4444-8444-444444444444', {
      resourceType: 'Observation',
      status: 'final',
      code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }], text: 'Canaryheartrate' },
      subject: { reference: PATIENT },
      effectiveDateTime: '2024-01-02T03:04:05Z',
      valueQuantity: { value: 71.5, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' },
    } as { resourceType: string }),
  ],
};

export async function fill(hospital: Hospital, clock: TestClock): Promise<FilledHospital> {
  const session = hospital.clinical.session({ scope: OWN_SCOPE, onDisclosed: () => {}, baseUrl: '' });
  const { entries } = await session.bundle(BUNDLE);
  const ids = entries.map(({ version }) => version?.id ?? '');
  const [patient = '', doctor = '', , observation = ''] = ids;
  const practitioner: Caller = {
    role: 'practitioner',
    accountId: 'bb'.repeat(16),
    person: `Practitioner/${doctor}`,
    name: 'Dr Sunita Joshi',
  };
  const made = await session.read('Observation', observation);
  const resource = JSON.parse(Buffer.from(made.content).toString('utf8')) as object;
  const once = hospital.clinical.once({ owner: 'token/1', key: 'once', request: '00' });
  const again = { ...resource, status: 'amended' };
  await session.update('Observation', { id: observation }, again, undefined, once.part(0));
  once.end();
  await hospital.settled(30_000);
  await read(hospital, practitioner, 'Observation', observation);
  await read(hospital, practitioner, 'Patient', patient);
  hospital.accesses.batches.send(true);
  clock.advance(20 * 60 * 1000);
  hospital.accesses.windows.closeDue();
  hospital.accesses.batches.send(true);
  await hospital.settled(30_000);
  await read(hospital, SYSTEM, 'Observation', observation);
  hospital.accesses.batches.send(true);
  await hospital.settled(30_000);
  return { patient, practitioner, observation };
}

/** As a request of this caller would. */
export async function read(hospital: Hospital, caller: Caller, type: string, id: string): Promise<void> {
  const session = hospital.clinical.session({ ...hospital.accesses.contextOf(caller), baseUrl: '' });
  await session.read(type, id);
}
