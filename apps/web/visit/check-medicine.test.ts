import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CareTableFault, medicineById, medicineConcept } from '@clearchart/care';
import {
  type CheckContext,
  isAnswered,
  needsAnswer,
  renewedOrder,
  stopsOf,
  type Verdict,
  verdictOn,
} from './check-medicine.ts';
import type { Prescription } from './visit-form.ts';

const context: CheckContext = { age: 41, allergies: [], current: [], problems: [], pregnant: false };

function prescribed(id: string, strength: string, answer = ''): Prescription {
  const medicine = medicineById(id);
  assert.ok(medicine !== undefined, id);
  const concept = medicineConcept(medicine, strength) as Prescription['concept'];
  return { key: id, concept, medicine: id, strength, form: 'tablet', route: 'oral', pattern: '1-0-1', days: 5, answer };
}

const answered = (one: Prescription, answer: string, verdict: Verdict): Prescription => ({
  ...one,
  answer,
  answerTo: stopsOf(verdict),
});

const aspirin = prescribed('aspirin/tablet', '75 mg');
const paracetamol = prescribed('paracetamol/tablet', '500 mg');
const allergic = { ...context, allergies: [{ text: 'Aspirin' }] };

test('an allergy stops the medicine until a reason is given, and nothing stops another one', () => {
  const verdict = verdictOn(aspirin, [], allergic);
  assert.ok(verdict.kind === 'checked' && verdict.findings[0]?.kind === 'allergy');
  assert.ok(needsAnswer(verdict));
  assert.ok(!isAnswered(aspirin, verdict));
  assert.ok(!isAnswered(answered(aspirin, ' . ', verdict), verdict));
  assert.ok(isAnswered(answered(aspirin, 'Tolerated in 2024', verdict), verdict));
  const other = verdictOn(paracetamol, [], allergic);
  assert.deepEqual(other, { kind: 'checked', findings: [], notChecked: [] });
  assert.ok(isAnswered(paracetamol, other));
});

test('a reason answers the warnings it was given to, not those that come later', () => {
  const before = verdictOn(aspirin, [], allergic);
  const given = answered(aspirin, 'Tolerated in 2024', before);
  const worse = verdictOn(given, [], { ...allergic, allergies: [...allergic.allergies, { text: 'NSAIDs' }] });
  assert.ok(!isAnswered(given, worse));
  assert.ok(isAnswered(given, verdictOn(given, [paracetamol], allergic)));
});

test('the other medicines of the same visit count as taken', () => {
  const warfarin = prescribed('warfarin/tablet', '5 mg');
  const verdict = verdictOn(aspirin, [aspirin, warfarin], context);
  assert.ok(verdict.kind === 'checked');
  assert.deepEqual([...new Set(verdict.findings.map(({ kind }) => kind))], ['interaction']);
});

test('the same medicine in the same strength goes on with the order; in another strength it is one too many', () => {
  const taking = { ...context, current: [{ id: 'm1', concept: paracetamol.concept }] };
  assert.equal(renewedOrder(paracetamol, taking), 'm1');
  assert.deepEqual(verdictOn(paracetamol, [], taking), { kind: 'checked', findings: [], notChecked: [] });
  const stronger = verdictOn(prescribed('paracetamol/tablet', '650 mg'), [], taking);
  assert.ok(stronger.kind === 'checked' && stronger.findings[0]?.kind === 'duplicate');
});

test('a medicine in words that no table knows is named as not checked', () => {
  const verdict = verdictOn({ ...aspirin, concept: { text: 'Grandmother’s drops' } }, [], context);
  assert.ok(verdict.kind === 'checked');
  assert.deepEqual(
    verdict.notChecked.map(({ kind }) => kind),
    ['medicine'],
  );
});

test('without the allergies, the medicines or the age nothing counts as checked', () => {
  for (const missing of ['allergies', 'current', 'age'] as const) {
    const verdict = verdictOn(paracetamol, [], { ...context, [missing]: undefined });
    assert.deepEqual(verdict, { kind: 'unread' }, missing);
    assert.ok(!isAnswered(paracetamol, verdict));
  }
  assert.ok(!isAnswered(paracetamol, undefined));
});

test('a broken table blocks, and only a reason goes past it', () => {
  const verdict = verdictOn(paracetamol, [], context, () => {
    throw new CareTableFault('table interactions is empty');
  });
  assert.deepEqual(verdict, { kind: 'fault' });
  assert.ok(!isAnswered(paracetamol, verdict));
  assert.ok(isAnswered(answered(paracetamol, 'Checked by hand', verdict), verdict));
});
