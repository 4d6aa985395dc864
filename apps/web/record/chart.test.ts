import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documents } from './documents.ts';
import type { DocumentReference, Observation, TimelineResource } from './fhir.ts';
import { results } from './results.ts';
import { matching, timeline } from './timeline.ts';
import { vaccinations } from './vaccinations.ts';
import { vitals } from './vitals.ts';

const loinc = (code: string) => ({ text: code, coding: [{ system: 'http://loinc.org', code }] });
const ADULT = { birthDate: '1980-01-01', gender: 'male' };

const pressure = (id: string, at: string, upper: number, lower?: number): Observation => ({
  resourceType: 'Observation',
  id,
  effectiveDateTime: at,
  code: loinc('85354-9'),
  component: [
    { code: loinc('8480-6'), valueQuantity: { value: upper, unit: 'mm[Hg]', code: 'mm[Hg]' } },
    ...(lower === undefined
      ? []
      : [{ code: loinc('8462-4'), valueQuantity: { value: lower, unit: 'mm[Hg]', code: 'mm[Hg]' } }]),
  ],
});

test('blood pressure is one chart of two lines with their usual ranges, oldest first', () => {
  const [chart] = vitals(results([pressure('2', '2026-02-01', 138, 86), pressure('1', '2026-01-01', 148, 94)], ADULT));
  assert.equal(chart?.name, 'pressure');
  assert.deepEqual(
    chart?.lines.map(({ points }) => points.map(({ value }) => value)),
    [
      [148, 138],
      [94, 86],
    ],
  );
  assert.equal(chart?.lines[0]?.range?.high, 130);
});

test('half a blood pressure, or a single measurement, makes no line', () => {
  assert.deepEqual(vitals(results([pressure('1', '2026-01-01', 148), pressure('2', '2026-02-01', 138)], ADULT)), []);
  assert.deepEqual(vitals(results([pressure('1', '2026-01-01', 148, 94)], ADULT)), []);
});

const dose = (id: string, occurrenceDateTime: string, status = 'completed'): TimelineResource => ({
  resourceType: 'Immunization',
  id,
  status,
  vaccineCode: { text: 'Influenza' },
  occurrenceDateTime,
});

test('doses of one vaccine count together, and one that was not given counts for nothing', () => {
  const list = vaccinations([dose('1', '2024-10-01'), dose('2', '2025-10-01'), dose('3', '2026-10-01', 'not-done')]);
  assert.equal(list.length, 1);
  assert.equal(list[0]?.resource.id, '2');
  assert.deepEqual(list[0]?.dates, ['2025-10-01', '2024-10-01']);
});

const letter = (contentType: string, data: string, status = 'current'): DocumentReference => ({
  resourceType: 'DocumentReference',
  id: contentType,
  status,
  content: [{ attachment: { contentType, data, title: 'Letter' } }],
});

test('a plain text is read in place; anything else is a file that no browser would run', () => {
  const [text] = documents([letter('text/plain; charset=utf-8', Buffer.from('सीने में दर्द').toString('base64'))]);
  assert.equal(text?.text, 'सीने में दर्द');
  const [page] = documents([letter('text/html', Buffer.from('<script>alert(1)</script>').toString('base64'))]);
  assert.equal(page?.text, undefined);
  assert.equal(page?.file?.type, 'application/octet-stream');
});

test('a document that is no base64 shows neither text nor file; one that was superseded does not show at all', () => {
  const [broken] = documents([letter('text/plain', '%%%')]);
  assert.deepEqual([broken?.text, broken?.file], [undefined, undefined]);
  assert.deepEqual(documents([letter('text/plain', '', 'superseded')]), []);
});

test('the timeline is searched by kind and by all words of the text, in any order', () => {
  const all = timeline([
    dose('1', '2025-10-01'),
    {
      resourceType: 'Encounter',
      id: '2',
      type: [{ text: 'Heart clinic' }],
      period: { start: '2026-01-01' },
      reasonCode: [{ text: 'Chest pain' }],
    },
  ]);
  const ids = (kind: string, text: string) => matching(all, kind, text).map(({ resource }) => resource.id);
  assert.deepEqual(ids('all', ''), ['2', '1']);
  assert.deepEqual(ids('vaccination', ''), ['1']);
  assert.deepEqual(ids('all', 'PAIN heart'), ['2']);
  assert.deepEqual(ids('visit', 'influenza'), []);
});
