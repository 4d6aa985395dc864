import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Condition, MedicationRequest, Observation, TimelineResource } from './fhir.ts';
import { conceptWords, personName } from './fhir.ts';
import { byImportance, results, trend } from './results.ts';
import { allergies, medicines, problems } from './summary.ts';
import { timeline } from './timeline.ts';

const concept = (text: string, code = text) => ({ text, coding: [{ code }] });
const loinc = (text: string, code: string) => ({ text, coding: [{ system: 'http://loinc.org', code }] });

test('the kind that SNOMED CT writes behind a name is not shown', () => {
  assert.equal(conceptWords({ text: 'Hypertension (disorder)' }), 'Hypertension');
  assert.equal(conceptWords({ coding: [{ display: 'Asthma (childhood)' }] }), 'Asthma (childhood)');
});

test('a name without text is put together from its parts, the official one first', () => {
  assert.equal(
    personName([
      { use: 'nickname', text: 'Mee' },
      { use: 'official', prefix: ['Dr.'], given: ['Meera', 'A'], family: 'Rao' },
    ]),
    'Dr. Meera A Rao',
  );
});

test('problems that go on stand before those that ended, the newest first', () => {
  const condition = (id: string, status: string, onsetDateTime: string): Condition => ({
    resourceType: 'Condition',
    id,
    code: concept(id),
    clinicalStatus: concept(status),
    onsetDateTime,
  });
  const list = problems([
    condition('a', 'resolved', '2020'),
    condition('b', 'active', '2001'),
    condition('c', 'active', '2010'),
  ]);
  assert.deepEqual(
    list.map((problem) => problem.words),
    ['c', 'b', 'a'],
  );
});

test('an allergy that is no longer active is not warned of, a severe one is warned of first', () => {
  const allergy = (id: string, status: string, criticality: string) => ({
    resourceType: 'AllergyIntolerance',
    id,
    code: concept(id),
    clinicalStatus: concept(status),
    criticality,
  });
  const list = allergies([
    allergy('old', 'inactive', 'high'),
    allergy('mild', 'active', 'low'),
    allergy('severe', 'active', 'high'),
  ]);
  assert.deepEqual(
    list.map((one) => one.words),
    ['severe', 'mild'],
  );
});

test('a record that says there is no known allergy warns of nothing', () => {
  const none = { resourceType: 'AllergyIntolerance', id: '1', code: concept('No known allergy', '716186003') };
  assert.deepEqual(allergies([none]), []);
});

test('a medicine ordered again stands once, and an active order is never hidden by a stopped one', () => {
  const order = (id: string, status: string, authoredOn: string): MedicationRequest => ({
    resourceType: 'MedicationRequest',
    id,
    status,
    authoredOn,
    medicationCodeableConcept: concept('Metformin'),
  });
  const list = medicines([order('1', 'active', '2019'), order('2', 'stopped', '2020'), order('3', 'stopped', '2018')]);
  assert.equal(list.length, 1);
  assert.equal(list[0]?.resource.id, '1');
});

test('a dose given by times of day reads as morning, noon, night', () => {
  const list = medicines([
    {
      resourceType: 'MedicationRequest',
      id: '1',
      status: 'active',
      medicationCodeableConcept: concept('Metformin'),
      dosageInstruction: [
        { timing: { repeat: { when: ['PCM', 'PCV'] } }, doseAndRate: [{ doseQuantity: { value: 1 } }] },
      ],
    },
  ]);
  assert.deepEqual(list[0]?.dose.perDay, [1, 0, 1]);
});

const WOMAN = { birthDate: '1985-03-14', gender: 'female' };

const sugar = (id: string, at: string, value: number, extra: Partial<Observation> = {}): Observation => ({
  resourceType: 'Observation',
  id,
  effectiveDateTime: at,
  code: loinc('HbA1c', '4548-4'),
  category: [concept('laboratory')],
  valueQuantity: { value, unit: '%', code: '%' },
  ...extra,
});

test('the newest value is shown with the values before it, and a value out of range stands first', () => {
  const list = byImportance(
    results(
      [
        sugar('1', '2026-01-01', 7.9),
        sugar('2', '2026-06-01', 7.1),
        {
          resourceType: 'Observation',
          id: '3',
          effectiveDateTime: '2026-07-01',
          code: loinc('Sodium', '2947-0'),
          valueQuantity: { value: 140, unit: 'mmol/L' },
        },
      ],
      WOMAN,
    ),
  );
  assert.equal(list[0]?.value, 7.1);
  assert.deepEqual(
    list[0]?.history.map((one) => one.value),
    [7.9, 7.1],
  );
  assert.equal(list[0]?.zone, 'high');
  assert.equal(trend(list[0]?.history ?? []), 'falling');
});

test('the laboratory’s own range goes before the usual one', () => {
  const [result] = results([sugar('1', '2026-01-01', 6.5, { referenceRange: [{ high: { value: 7 } }] })], WOMAN);
  assert.equal(result?.zone, 'within');
  assert.equal(result?.usualSource, undefined);
});

test('the usual range goes by the age at the measurement and by sex; who has no birth date has none', () => {
  const heart: Observation = {
    resourceType: 'Observation',
    id: '1',
    effectiveDateTime: '2026-06-01',
    code: loinc('Heart rate', '8867-4'),
    valueQuantity: { value: 140, unit: '/min', code: '/min' },
  };
  assert.equal(results([heart], { birthDate: '2026-05-01' })[0]?.zone, 'within');
  assert.equal(results([heart], WOMAN)[0]?.zone, 'critical');
  assert.equal(results([heart], {})[0]?.zone, 'unknown');
});

test('a usual range is never applied to another unit', () => {
  const [result] = results([{ ...sugar('1', '2026-01-01', 54), valueQuantity: { value: 54, unit: 'furlong' } }], WOMAN);
  assert.equal(result?.range, undefined);
  assert.equal(result?.zone, 'unknown');
});

test('an observation entered in error is not shown', () => {
  assert.deepEqual(results([sugar('1', '2026-01-01', 7, { status: 'entered-in-error' })], WOMAN), []);
});

test('blood pressure counts as its two parts', () => {
  const list = results(
    [
      {
        resourceType: 'Observation',
        id: '1',
        effectiveDateTime: '2026-01-01',
        code: concept('Blood pressure', '55284-4'),
        component: [
          { code: loinc('Diastolic', '8462-4'), valueQuantity: { value: 86, unit: 'mmHg', code: 'mm[Hg]' } },
          { code: loinc('Systolic', '8480-6'), valueQuantity: { value: 138, unit: 'mmHg', code: 'mm[Hg]' } },
        ],
      },
    ],
    WOMAN,
  );
  assert.deepEqual(
    list.map((one) => one.value),
    [86, 138],
  );
});

test('the timeline is newest first and leaves out what was entered in error or has no date', () => {
  const visit = (id: string, start: string | undefined, status = 'finished'): TimelineResource => ({
    resourceType: 'Encounter',
    id,
    status,
    type: [concept(id)],
    ...(start === undefined ? {} : { period: { start } }),
  });
  const list = timeline([
    visit('a', '2020-01-01'),
    visit('b', '2021-01-01'),
    visit('c', undefined),
    visit('d', '2022-01-01', 'entered-in-error'),
  ]);
  assert.deepEqual(
    list.map((one) => one.words),
    ['b', 'a'],
  );
});
