import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bundle, Patient } from '@medplum/fhirtypes';
import { type DemoHospital, demoHospital, otherDemoHospitals } from '../demo-hospital.ts';

const TODAY = Date.parse('2026-11-26T06:00:00Z');
const city = demoHospital(1, TODAY);
const others = otherDemoHospitals(1, TODAY);

test('three other hospitals, each with two doctors of two specialties, three patients and three logins', () => {
  assert.equal(others.length, 3);
  for (const { key, practitioners, patients, logins } of others) {
    assert.match(key, /^[a-z]+(-[a-z]+)*$/);
    assert.equal(new Set(practitioners.map(({ specialty }) => specialty)).size, 2);
    for (const { role } of practitioners) assert.ok((role.availableTime ?? []).length > 0);
    assert.equal(patients.length, 3);
    assert.deepEqual(logins.map(({ role }) => role).sort(), ['administrator', 'patient', 'practitioner']);
  }
});

test('no two hospitals share a name, a key, a number or a password', () => {
  const all = [city, ...others];
  for (const of of [
    ({ key }: DemoHospital) => [key],
    ({ hospital }: DemoHospital) => [hospital.name],
    ({ logins }: DemoHospital) => logins.map(({ password }) => password),
    ({ directory, patients }: DemoHospital) => [directory, ...patients.map(({ bundle }) => bundle)].flatMap(numbersIn),
  ]) {
    const values = all.flatMap(of);
    assert.equal(new Set(values).size, values.length);
  }
});

test('Meera Kulkarni is one human being with a record and an account at two hospitals', () => {
  const [here, there] = [patientOf(city, 'meera-kulkarni'), patientOf(others[0], 'meera-kulkarni')];
  for (const what of ['name', 'birthDate', 'gender', 'address', 'telecom', 'contact'] as const)
    assert.deepEqual(there[what], here[what], what);
  assert.notDeepEqual(there.identifier, here.identifier);
  const passwords = [city, others[0]].map((one) => one?.logins.find(({ personKey }) => personKey === 'meera-kulkarni'));
  assert.notEqual(passwords[0]?.password, passwords[1]?.password);
});

test('what City General knows of her does not stand in the other record', () => {
  const there = others[0]?.patients.find(({ key }) => key === 'meera-kulkarni');
  assert.ok(!JSON.stringify(there?.bundle).includes('AllergyIntolerance'));
});

test('every reference leads to one entry of its own hospital', () => {
  for (const { directory, patients } of others) {
    const known = new Set([directory].flatMap(numbersIn));
    for (const bundle of [directory, ...patients.map((patient) => patient.bundle)]) {
      const urls = new Set((bundle.entry ?? []).map(({ fullUrl }) => fullUrl));
      for (const [, reference = ''] of JSON.stringify(bundle).matchAll(/"reference":"([^"]+)"/g)) {
        const number = /\?identifier=(.+)$/.exec(reference)?.[1];
        assert.ok(number === undefined ? urls.has(reference) : known.has(number), reference);
      }
    }
  }
});

function patientOf(hospital: DemoHospital | undefined, key: string): Patient {
  const resource = hospital?.patients.find((one) => one.key === key)?.bundle.entry?.[0]?.resource;
  assert.ok(resource?.resourceType === 'Patient');
  return resource;
}

/** `system|value` of every identifier given out in the bundle. */
function numbersIn({ entry = [] }: Bundle): string[] {
  return entry.flatMap(({ resource }) => {
    const { identifier = [] } = (resource ?? {}) as { identifier?: { system?: string; value?: string }[] };
    return identifier.map(({ system, value }) => `${system}|${value}`);
  });
}
