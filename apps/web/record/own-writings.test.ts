import assert from 'node:assert/strict';
import { test } from 'node:test';
import { provenanceOf, type Provenance } from '../visit/provenance.ts';
import type { Condition, Patient, Resource } from './fhir.ts';
import { ownSignatures, unsignedWritings, writtenBy } from './own-writings.ts';

const details = (version: string, byPatient: boolean): Patient => ({
  resourceType: 'Patient',
  id: 'p',
  meta: { versionId: version, ...(byPatient ? { tag: [{ system: 'urn:clearchart:made-by', code: 'patient' }] } : {}) },
});
const told = (id: string, asserter = 'Patient/p'): Condition => ({
  resourceType: 'Condition',
  id,
  meta: { versionId: '1' },
  asserter: { reference: asserter },
  verificationStatus: { coding: [{ code: 'unconfirmed' }] },
});
const signed = (person: string, ...resources: Resource[]): Provenance => ({
  ...(provenanceOf({
    patientId: 'p',
    signed: resources,
    person,
    personName: 'Meera',
    pseudonym: '0'.repeat(32),
    signature: new Uint8Array(64),
    when: '2026-11-27T08:00:00.000Z',
  }) as unknown as Provenance),
  id: 'v',
});

test('P6 what the patient wrote is not signed until a signature answers for exactly this version', () => {
  const [one, other, found] = [told('1'), told('2'), told('3', 'Practitioner/d')];
  const unsigned = (provenances: Provenance[], patient = details('2', true)) =>
    unsignedWritings(patient, [one, other, found], provenances).map(({ resourceType, id }) => `${resourceType}/${id}`);
  assert.deepEqual(
    unsigned([]),
    ['Patient/p', 'Condition/1', 'Condition/2'],
    'the hospital’s own is not the patient’s to sign',
  );
  assert.deepEqual(unsigned([signed('Patient/p', details('2', true), one)]), ['Condition/2']);
  assert.deepEqual(unsigned([signed('Patient/p', details('1', true), one, other)]), ['Patient/p'], 'an older version');
  assert.deepEqual(
    unsigned([], details('3', false)),
    ['Condition/1', 'Condition/2'],
    'the desk wrote the newest version',
  );
});

test('P7 a signature by somebody else counts for nothing that the patient wrote', () => {
  assert.deepEqual(ownSignatures(told('1'), [signed('Practitioner/d', told('1'))]), []);
  assert.equal(ownSignatures(told('1'), [signed('Patient/p', told('1'))])[0]?.person, 'Patient/p');
  assert.equal(writtenBy({ resourceType: 'Encounter', id: 'e' }), undefined);
});
