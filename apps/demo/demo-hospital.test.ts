import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Appointment, Bundle, Resource } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { MADE_UP } from './building/chart.ts';
import { type DemoHospital, demoHospital } from './demo-hospital.ts';

const TODAY = Date.parse('2026-11-26T06:00:00Z');

/** Any day from 2024 to 2040, at any minute. */
const days = fc.integer({ min: Date.parse('2024-01-01T00:00:00Z'), max: Date.parse('2040-12-31T23:59:00Z') });
const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

test('the same seed and day give the same hospital', () => {
  fc.assert(
    fc.property(seeds, days, (seed, today) => {
      assert.deepEqual(demoHospital(seed, today), demoHospital(seed, today));
    }),
    { numRuns: 3 },
  );
});

test('another seed gives other ids, and the same people', () => {
  const [one, two] = [demoHospital(1, TODAY), demoHospital(2, TODAY)];
  const ids = new Set(allEntries(one).map(({ fullUrl }) => fullUrl));
  assert.equal(ids.size, allEntries(one).length);
  assert.ok(allEntries(two).every(({ fullUrl }) => !ids.has(fullUrl)));
  assert.deepEqual(
    one.patients.map(({ name }) => name),
    two.patients.map(({ name }) => name),
  );
});

test('every resource says that it is made up', () => {
  for (const resource of allResources(demoHospital(1, TODAY))) assert.deepEqual(resource.meta?.tag, [MADE_UP]);
});

test('every reference leads to one resource, whatever the seed and day', () => {
  fc.assert(
    fc.property(seeds, days, (seed, today) => {
      const demo = demoHospital(seed, today);
      for (const bundle of [demo.directory, ...demo.patients.map((patient) => patient.bundle)]) {
        for (const reference of referencesIn(bundle)) {
          assert.equal(resolve(reference, bundle, demo.directory).length, 1, reference);
        }
      }
    }),
    { numRuns: 4 },
  );
});

test('a reference to staff the directory does not hold is noticed', () => {
  const { directory } = demoHospital(1, TODAY);
  assert.equal(resolve('Practitioner?identifier=x|y', directory, directory).length, 0);
  assert.equal(resolve('urn:uuid:00000000-0000-4000-8000-000000000000', directory, directory).length, 0);
});

test('everything but appointments lies between birth and death, and before today', () => {
  fc.assert(
    fc.property(seeds, days, (seed, today) => {
      for (const { bundle, key } of demoHospital(seed, today).patients) {
        const resources = resourcesOf(bundle);
        const patient = resources[0];
        assert.ok(patient?.resourceType === 'Patient');
        const born = Date.parse(`${patient.birthDate ?? ''}T00:00:00+05:30`);
        const died = patient.deceasedDateTime === undefined ? today : Date.parse(patient.deceasedDateTime);
        for (const resource of resources) {
          if (resource.resourceType === 'Appointment') continue;
          for (const when of datesIn(resource)) {
            const earliest = Date.parse(when.length === 10 ? `${when}T00:00:00+05:30` : when);
            assert.ok(earliest >= born, `${key}: ${resource.resourceType} ${when} before birth`);
            assert.ok(earliest <= died, `${key}: ${resource.resourceType} ${when} after death or today`);
          }
        }
      }
    }),
    { numRuns: 6 },
  );
});

test('appointments are of the living, from last week, when they were kept, to three months ahead', () => {
  for (const { bundle } of demoHospital(1, TODAY).patients) {
    const resources = resourcesOf(bundle);
    const appointments = resources.filter((resource) => resource.resourceType === 'Appointment');
    const booked = appointments.filter(({ status }) => status !== 'noshow');
    const dead = resources.some((resource) => resource.resourceType === 'Patient' && resource.deceasedDateTime);
    assert.equal(booked.length > 0, !dead);
    for (const { start = '', status } of booked) {
      const day = start.slice(0, 10);
      assert.ok(day >= '2026-11-17' && day <= '2027-02-26', start);
      assert.equal(status, day < '2026-11-26' ? 'fulfilled' : 'booked');
    }
  }
});

test('one patient, who comes today, has missed three visits within the last 90 days', () => {
  const missing = demoHospital(1, TODAY).patients.filter(({ bundle }) =>
    resourcesOf(bundle).some((one) => one.resourceType === 'Appointment' && one.status === 'noshow'),
  );
  assert.equal(missing.length, 1);
  const starts = resourcesOf(missing[0]?.bundle as Bundle).flatMap((one) =>
    one.resourceType === 'Appointment' && one.status === 'noshow' ? Date.parse(one.start ?? '') : [],
  );
  assert.equal(starts.length, 3);
  assert.ok(starts.every((start) => start < TODAY && start > TODAY - 90 * 86_400_000));
});

test('no doctor has two appointments at once, whatever the day', () => {
  fc.assert(
    fc.property(days, (today) => {
      const taken = new Map<string, number[]>();
      for (const { start = '', participant } of appointmentsOf(demoHospital(1, today))) {
        const doctor = participant[1]?.actor?.reference ?? '';
        const others = taken.get(doctor) ?? [];
        const at = Date.parse(start);
        assert.ok(!others.some((other) => Math.abs(other - at) < 20 * 60_000), `${doctor} ${start}`);
        taken.set(doctor, [...others, at]);
      }
    }),
    { numRuns: 4 },
  );
});

test('relatives stand on each other’s records, and the seven specialties have two doctors with hours each', () => {
  const { patients, practitioners } = demoHospital(1, TODAY);
  const names = new Set(patients.map(({ name }) => name));
  const relatives = patients
    .flatMap(({ bundle }) => resourcesOf(bundle))
    .filter((one) => one.resourceType === 'RelatedPerson');
  assert.ok(relatives.length > 100);
  for (const { name } of relatives) assert.ok(names.has(name?.[0]?.text ?? ''));
  const bySpecialty = Map.groupBy(practitioners, ({ role }) => role.specialty?.[0]?.coding?.[0]?.code);
  assert.deepEqual(
    [...bySpecialty.values()].map(({ length }) => length),
    [2, 2, 2, 2, 2, 2, 2],
  );
  for (const { role } of practitioners)
    assert.ok((role.availableTime ?? []).length > 0 && role.notAvailable?.length === 1);
});

test('Meera Kulkarni is who the mocks show', () => {
  const [meera] = demoHospital(1, TODAY).patients;
  assert.equal(meera?.name, 'Meera Kulkarni');
  const text = JSON.stringify(meera.bundle);
  for (const shown of ['1985-03-14', '1–0–1, after food', '1–0–0, before breakfast', 'Aspirin', 'Penicillin', '"B+"']) {
    assert.ok(text.includes(shown), shown);
  }
  assert.deepEqual(valuesOf(meera.bundle, '4548-4').slice(-2), [7.9, 7.1]);
  assert.deepEqual(valuesOf(meera.bundle, '2089-1'), [148]);
});

test('64 patients, twelve of them written; 120 appointments, 90 prescriptions and more; seven logins and one unclaimed', () => {
  const { patients, logins } = demoHospital(1, TODAY);
  assert.equal(patients.length, 64);
  assert.equal(patients.filter(({ isWritten }) => isWritten).length, 12);
  assert.equal(new Set(patients.map(({ key }) => key)).size, 64);
  for (const { bundle, key } of patients) {
    const size = bundle.entry?.length ?? 0;
    assert.ok(size >= 25 && size <= 60, `${key} has ${size}`);
  }
  assert.equal(appointmentsOf(demoHospital(1, TODAY)).length, 120);
  const prescriptions = patients
    .flatMap(({ bundle }) => resourcesOf(bundle))
    .filter((one) => one.resourceType === 'MedicationRequest');
  assert.ok(prescriptions.length >= 90);
  assert.equal(patients.filter(({ unclaimed }) => unclaimed).length, 1);
  const roles = logins.map(({ role }) => role).sort();
  assert.deepEqual(roles, [
    'administrator',
    'patient',
    'patient',
    'patient',
    'patient',
    'practitioner',
    'practitioner',
  ]);
  assert.equal(new Set(logins.map(({ email }) => email)).size, logins.length);
});

function appointmentsOf(demo: DemoHospital): Appointment[] {
  return allResources(demo).filter((one): one is Appointment => one.resourceType === 'Appointment');
}

function resourcesOf(bundle: Bundle): Resource[] {
  return (bundle.entry ?? []).flatMap(({ resource }) => (resource === undefined ? [] : [resource]));
}

function allEntries(demo: DemoHospital) {
  return [demo.directory, ...demo.patients.map(({ bundle }) => bundle)].flatMap(({ entry }) => entry ?? []);
}

function allResources(demo: DemoHospital): Resource[] {
  return [demo.directory, ...demo.patients.map(({ bundle }) => bundle)].flatMap(resourcesOf);
}

function resolve(reference: string, bundle: Bundle, directory: Bundle): Resource[] {
  const asked = /^(\w+)\?identifier=(.+)\|(.+)$/.exec(reference);
  if (asked === null) {
    return (bundle.entry ?? []).flatMap(({ fullUrl, resource }) =>
      fullUrl === reference && resource !== undefined ? [resource] : [],
    );
  }
  const [, type, system, value] = asked;
  return resourcesOf(directory).filter((resource) => {
    const identifiers = (resource as { identifier?: { system?: string; value?: string }[] }).identifier ?? [];
    return resource.resourceType === type && identifiers.some((one) => one.system === system && one.value === value);
  });
}

function referencesIn(node: unknown): string[] {
  return stringsIn(node).flatMap(([key, text]) => (key === 'reference' ? [text] : []));
}

function datesIn(node: unknown): string[] {
  return stringsIn(node).flatMap(([, text]) => (/^\d{4}-\d{2}-\d{2}(T.*)?$/.test(text) ? [text] : []));
}

function stringsIn(node: unknown, key = ''): (readonly [key: string, text: string])[] {
  if (typeof node === 'string') return [[key, node]];
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, value]) => stringsIn(value, Array.isArray(node) ? key : name));
}

function valuesOf(bundle: Bundle, loinc: string): number[] {
  return resourcesOf(bundle).flatMap((resource) =>
    resource.resourceType === 'Observation' &&
    resource.code.coding?.[0]?.code === loinc &&
    resource.valueQuantity?.value !== undefined
      ? [resource.valueQuantity.value]
      : [],
  );
}
