import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Condition } from '../record/fhir.ts';
import { toldBundle, toldChanges, toldProblems, wordsOf } from './told-problems.ts';

const told = (id: string, text: string, more: Partial<Condition> = {}): Condition => ({
  resourceType: 'Condition',
  id,
  meta: { versionId: '3' },
  asserter: { reference: 'Patient/p' },
  verificationStatus: { coding: [{ code: 'unconfirmed' }] },
  clinicalStatus: { coding: [{ code: 'active' }] },
  code: { text },
  recordedDate: `2026-01-0${id}`,
  ...more,
});

test('the form holds what the patient told and still has, and five fields at least', () => {
  const list = toldProblems([
    told('2', 'Hay fever'),
    told('1', 'Migraine'),
    told('3', 'Asthma', { asserter: { reference: 'Practitioner/d' } }),
    told('4', 'Gout', { verificationStatus: { coding: [{ code: 'confirmed' }] } }),
    told('5', 'Flu', { clinicalStatus: { coding: [{ code: 'inactive' }] } }),
  ]);
  assert.deepEqual(wordsOf(list), ['Migraine', 'Hay fever', '', '', '']);
  assert.equal(wordsOf(Array.from({ length: 7 }, (_, at) => told(String(at), 'x'))).length, 7);
});

test('new words are a new problem, changed ones a new version, and emptied ones end it; the rest is not touched', () => {
  const list = [told('1', 'Migraine'), told('2', 'Hay fever'), told('3', 'Asthma')];
  const changes = toldChanges(list, ['Migraine', 'Pollen', ' ', 'Gout']);
  assert.deepEqual(
    changes.map(({ before, after }) => [before, after]),
    [
      ['Hay fever', 'Pollen'],
      ['Asthma', ''],
      ['', 'Gout'],
    ],
  );
  const bundle = toldBundle('p', list, changes, '2026-11-26') as {
    entry: { resource: Condition; request: { method: string; url: string; ifMatch?: string } }[];
  };
  assert.deepEqual(
    bundle.entry.map(({ request }) => [request.method, request.url, request.ifMatch]),
    [
      ['PUT', 'Condition/2', 'W/"3"'],
      ['PUT', 'Condition/3', 'W/"3"'],
      ['POST', 'Condition', undefined],
    ],
  );
  assert.equal(bundle.entry[1]?.resource.clinicalStatus?.coding?.[0]?.code, 'inactive');
  assert.equal(bundle.entry[1]?.resource.code?.text, 'Asthma', 'the words stay');
  assert.equal(bundle.entry[2]?.resource.asserter?.reference, 'Patient/p');
});
