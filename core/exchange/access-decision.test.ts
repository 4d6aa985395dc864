import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkWrite, decideAccess, type Reader, stampWrite } from './access-decision.ts';

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

test('C6 a practitioner cannot write care teams, practitioners and places', () => {
  const { write } = decideAccess(reader({ person: 'Practitioner/me' }), TYPES, NOW);
  assert.ok(write !== 'all' && !write.has('CareTeam') && !write.has('Practitioner') && write.has('Observation'));
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
  assert.equal(checkWrite(patient, before, moved, NOW), undefined);
  assert.equal(checkWrite(patient, before, { ...before, birthDate: '1990-01-01' }, NOW), 'field-not-yours');
  assert.equal(checkWrite(patient, before, { ...before, deceasedBoolean: true }, NOW), 'field-not-yours');
  assert.equal(checkWrite(patient, undefined, before, NOW), 'field-not-yours');
  assert.equal(checkWrite(patient, before, undefined, NOW), 'field-not-yours');
});

test('C9 an administrator sees registry types and never clinical content', () => {
  const { types, views } = decideAccess(reader({ role: 'administrator' }), TYPES, NOW);
  assert.ok(types !== 'all' && types.has('Patient') && types.has('CareTeam') && !types.has('Observation'));
  for (const type of types) assert.ok(views?.has(type), `${type} has no view`);
  for (const [type, view] of views ?? []) {
    if (view === 'whole') continue;
    for (const element of ['reasonCode', 'reasonReference', 'note', 'comment', 'description', 'text', 'extension'])
      assert.ok(!view.elements.has(element), `${type}.${element}`);
    for (const code of ['reason-code', 'reason-reference', 'encounter', '_security', '_tag'])
      assert.ok(!view.parameters.has(code), `${type}?${code}`);
  }
});

test('C10 a system token reads and writes all that the hospital holds, whole', () => {
  const everything = { types: 'all', subjects: 'all', categories: 'all', directory: true, write: 'all' };
  assert.deepEqual(decideAccess(reader({ role: 'system' }), TYPES, NOW), everything);
  const after = { resourceType: 'Encounter', status: 'in-progress', subject: { reference: 'Patient/p' } };
  assert.equal(checkWrite(reader({ role: 'system' }), undefined, after, NOW), undefined);
  assert.equal(stampWrite(reader({ role: 'system' }), after, true), after);
});
