import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkWrite, decideAccess } from './access-decision.ts';
import {
  changesJoin,
  checkJoin,
  joined,
  joinedInto,
  joinedRecords,
  type LinkedPatient,
  separated,
} from './joined-records.ts';

const NOW = Date.parse('2026-11-27T09:00:00.000Z');
const patient = (id: string, more: object = {}): LinkedPatient => ({
  resourceType: 'Patient',
  id,
  active: true,
  ...more,
});
const seealso = { other: { reference: 'Patient/x' }, type: 'seealso' };

test('C50 joined, both name each other and the replaced one is not active; taken apart, both are as before', () => {
  const [p, q] = [patient('p', { link: [seealso] }), patient('q')];
  const [survivor, replaced] = joined(p, q);
  assert.equal(joinedInto(replaced), 'p');
  assert.equal(joinedInto(survivor), undefined);
  assert.equal(replaced.active, false);
  assert.deepEqual(separated(survivor, replaced), [p, q]);
});

test('C50 a record is not joined with itself, nor one that is joined already', () => {
  const [survivor, replaced] = joined(patient('p'), patient('q'));
  assert.equal(checkJoin(patient('p'), patient('p')), 'same-record');
  assert.equal(checkJoin(patient('r'), replaced), 'joined-already');
  assert.equal(checkJoin(replaced, patient('r')), 'joined-already');
  assert.equal(checkJoin(patient('r'), survivor), 'joined-already', 'a survivor is not replaced');
  assert.equal(checkJoin(survivor, patient('r')), undefined, 'a survivor takes in another one');
  assert.equal(checkJoin(patient('p', { active: false }), patient('q')), 'not-active');
  assert.equal(checkJoin(patient('p'), patient('q', { active: false })), 'not-active');
});

test('C51 records are one only where both say so', () => {
  const [survivor, replaced] = joined(patient('p'), patient('q'));
  assert.deepEqual(
    joinedRecords([survivor, replaced, patient('r')]),
    new Map([
      ['p', ['q']],
      ['q', ['p']],
    ]),
  );
  assert.equal(joinedRecords([survivor, patient('q')]).size, 0, 'only the survivor says so');
  assert.equal(joinedRecords([patient('p'), replaced]).size, 0, 'only the replaced one says so');
  const [both, third] = joined(survivor, patient('s'));
  assert.deepEqual(joinedRecords([both, replaced, third]).get('q'), ['p', 's']);
});

test('C51 who may read one of joined records may read the others, and nobody else’s', () => {
  const sameAs = (id: string): readonly string[] => ({ p: ['q'], q: ['p'] })[id] ?? [];
  const types = new Set(['Patient']);
  const span = { from: NOW - 1, until: NOW + 1 };
  const doctor = (patientId: string, until = span.until) =>
    decideAccess(
      {
        role: 'practitioner',
        person: 'Practitioner/d',
        relationships: [{ patient: patientId, relation: 'care-team', span: { ...span, until } }],
        sameAs,
      },
      types,
      NOW,
    ).subjects;
  assert.deepEqual(doctor('q'), new Set(['q', 'p']));
  assert.deepEqual(doctor('r'), new Set(['r']));
  assert.deepEqual(doctor('q', NOW - 1), new Set(), 'what has ended opens none of them');
  const own = (person: string) =>
    decideAccess({ role: 'patient', person, relationships: [], sameAs }, types, NOW).subjects;
  assert.deepEqual(own('Patient/p'), new Set(['p', 'q']));
  assert.deepEqual(own('Patient/r'), new Set(['r']));
});

test('C52 no FHIR write of a person joins records or takes them apart', () => {
  const [survivor, replaced] = joined(patient('p'), patient('q'));
  const relationships = [] as const;
  for (const role of ['practitioner', 'administrator', 'patient'] as const)
    for (const [before, after] of [
      [patient('p'), survivor],
      [survivor, patient('p')],
      [replaced, patient('q')],
      [undefined, survivor],
    ] as const)
      assert.equal(
        checkWrite({ role, person: 'Practitioner/p', relationships }, before, after, NOW),
        'field-not-yours',
      );
  assert.ok(!changesJoin(patient('p'), patient('p', { link: [seealso] })));
  assert.ok(changesJoin(survivor, undefined), 'a joined record is not deleted');
});
