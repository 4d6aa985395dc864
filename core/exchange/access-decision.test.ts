import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkWrite, decideAccess, type Reader } from './access-decision.ts';

const TYPES = new Set(['Patient', 'Observation', 'CareTeam', 'Appointment', 'Practitioner']);
const NOW = 1_000_000;
const current = { patient: 'p', relation: 'care-team' as const, span: { from: 0, until: NOW } };
const ended = { patient: 'q', relation: 'care-team' as const, span: { from: 0, until: NOW - 1 } };
const reader = (over: Partial<Reader>): Reader => ({ role: 'practitioner', relationships: [], ...over });

test('C5 a practitioner sees the patients whose care relationship is current, and no others', () => {
  const decision = decideAccess(reader({ person: 'Practitioner/me', relationships: [current, ended] }), TYPES, NOW);
  assert.deepEqual(decision.subjects, new Set(['p']));
});

test('C5 a practitioner without a post here sees and writes nobody', () => {
  const decision = decideAccess(reader({ person: 'Patient/p', relationships: [current] }), TYPES, NOW);
  assert.deepEqual(decision.subjects, new Set());
  assert.deepEqual(decision.write, new Set());
});

test('C6 a practitioner cannot write care teams, so nobody gives the right to read to himself', () => {
  const { write } = decideAccess(reader({ person: 'Practitioner/me' }), TYPES, NOW);
  assert.ok(write !== 'all' && !write.has('CareTeam') && write.has('Observation'));
  const before = { resourceType: 'Appointment', subject: { reference: 'Patient/p' } };
  const moved = { resourceType: 'Appointment', subject: { reference: 'Patient/q' } };
  assert.equal(checkWrite(reader({}), before, moved), 'would-give-access');
  assert.equal(checkWrite(reader({}), before, { ...before, status: 'arrived' }), undefined);
});

test('C7 a patient sees the own record alone', () => {
  const decision = decideAccess(reader({ role: 'patient', person: 'Patient/p' }), TYPES, NOW);
  assert.deepEqual(decision.subjects, new Set(['p']));
  assert.deepEqual(decideAccess(reader({ role: 'patient' }), TYPES, NOW).subjects, new Set());
});

test('C8 a patient changes how to be reached, in any order of fields, and nothing else', () => {
  const patient = reader({ role: 'patient', person: 'Patient/p' });
  const before = { resourceType: 'Patient', birthDate: '1985-03-14', name: [{ family: 'K', given: ['M'] }] };
  const moved = {
    name: [{ given: ['M'], family: 'K' }],
    resourceType: 'Patient',
    birthDate: '1985-03-14',
    telecom: [],
  };
  assert.equal(checkWrite(patient, before, moved), undefined);
  assert.equal(checkWrite(patient, before, { ...before, birthDate: '1990-01-01' }), 'field-not-yours');
  assert.equal(checkWrite(patient, before, { ...before, deceasedBoolean: true }), 'field-not-yours');
  assert.equal(checkWrite(patient, undefined, before), 'field-not-yours');
  assert.equal(checkWrite(patient, before, undefined), 'field-not-yours');
});

test('C9 an administrator sees registry types and never clinical content', () => {
  const { types } = decideAccess(reader({ role: 'administrator' }), TYPES, NOW);
  assert.ok(types !== 'all' && types.has('Patient') && types.has('CareTeam') && !types.has('Observation'));
});
