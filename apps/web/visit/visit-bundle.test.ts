import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rewriteReferences } from '@clearchart/records';
import type { MedicationRequest, Resource } from '../record/fhir.ts';
import { medicines } from '../record/summary.ts';
import { provenanceOf, readSignature, signaturesOf, type Provenance } from './provenance.ts';
import { answeredFor, type VisitBundle, type VisitPeople, visitBundle } from './visit-bundle.ts';
import { asVisitForm, emptyVisit, faultOfVisit, isEmpty, type Prescription, vitalValue } from './visit-form.ts';
import { base64, textOfBase64 } from './visit-resources.ts';

const VISIT = '8b0e3b0e-0000-4000-8000-00000000000a';
const AT = Date.parse('2026-11-26T10:30:00Z');
const people: VisitPeople = {
  patientId: 'p1',
  practitioner: 'Practitioner/d1',
  practitionerName: 'Dr A',
  appointment: { resourceType: 'Appointment', id: 'a1', status: 'booked', meta: { versionId: '3' } },
};
const metformin: Prescription = {
  key: '1',
  concept: { text: 'Metformin 500 mg' },
  medicine: 'metformin/tablet',
  strength: '500 mg',
  form: 'tablet',
  route: 'oral',
  pattern: '1-0-1',
  days: 30,
  answer: '',
};
const form = {
  ...emptyVisit(VISIT, AT - 600_000),
  note: 'दर्द नहीं। No pain.',
  diagnoses: [{ concept: { text: 'Angina' }, provisional: true }],
  allergies: [{ concept: { text: 'Aspirin' }, reaction: { text: 'Wheeze' }, severity: 'severe' as const }],
  vitals: { systolic: '138', diastolic: '86', weight: '71,5' },
  orders: [{ text: 'ECG' }],
  prescriptions: [metformin],
};

let count = 0;
const newId = () => `00000000-0000-4000-8000-${String((count += 1)).padStart(12, '0')}`;
const bundle = () => visitBundle(form, people, AT, newId);
const typesIn = ({ entry }: VisitBundle) => entry.map(({ resource }) => resource.resourceType);

/** What a node would answer: ids of its own, references to them, a version. */
function stored({ entry }: VisitBundle): Resource[] {
  const place = new Map(entry.map(({ fullUrl, resource }, at) => [fullUrl, `${resource.resourceType}/n${at}`]));
  return entry.map(({ resource }, at) => ({
    ...(rewriteReferences(resource, (text) => place.get(text)) as Resource),
    id: `n${at}`,
    meta: { versionId: '1', lastUpdated: '2026-11-26T10:30:01Z' },
  }));
}

test('a finished visit is one transaction with everything that was written, and fulfils its appointment', () => {
  const made = bundle();
  assert.equal(made.type, 'transaction');
  assert.deepEqual(typesIn(made), [
    'Encounter',
    'Condition',
    'DocumentReference',
    'AllergyIntolerance',
    'Observation',
    'Observation',
    'MedicationRequest',
    'ServiceRequest',
    'Appointment',
  ]);
  const appointment = made.entry.at(-1);
  assert.ok(appointment !== undefined);
  assert.deepEqual(appointment.request, { method: 'PUT', url: 'Appointment/a1', ifMatch: 'W/"3"' });
  assert.equal((appointment.resource as { status?: string }).status, 'fulfilled');
});

test('a visit without an appointment, or with a note only, writes no more than that', () => {
  const note = visitBundle({ ...emptyVisit(VISIT, AT), note: 'x' }, { ...people, appointment: undefined }, AT, newId);
  assert.deepEqual(typesIn(note), ['Encounter', 'DocumentReference']);
});

test('P5 what the node stored is signed only when it is what was sent; the appointment is not the practitioner’s', () => {
  const made = bundle();
  const good = answeredFor(made, stored(made));
  assert.deepEqual(
    good?.map(({ id }) => id),
    ['n0', 'n1', 'n2', 'n3', 'n4', 'n5', 'n6', 'n7'],
  );
  for (const [at, resource] of stored(made).entries()) {
    const changed = stored(made).map((one, other) =>
      other === at ? { ...resource, status: 'entered-in-error' } : one,
    );
    assert.equal(answeredFor(made, changed), undefined, resource.resourceType);
  }
  assert.equal(answeredFor(made, stored(made).slice(1)), undefined);
});

test('a dose of 1-0-1 reads back as 1–0–1, and an uneven one keeps both amounts', () => {
  const read = (pattern: string) => {
    const made = visitBundle({ ...form, prescriptions: [{ ...metformin, pattern }] }, people, AT, newId);
    const request = made.entry.find(({ resource }) => resource.resourceType === 'MedicationRequest');
    return medicines([{ id: 'm', ...request?.resource } as MedicationRequest])[0]?.dose;
  };
  assert.deepEqual(read('1-0-1')?.perDay, [1, 0, 1]);
  assert.deepEqual(read('2-0-1')?.perDay, [2, 0, 1]);
  assert.equal(read('sos')?.asNeeded, true);
  assert.deepEqual(read('weekly')?.every, { times: 1, period: 1, unit: 'wk' });
});

test('P4 a kept signature reads back whole, names patient and versions, and is found by the version it answers for', () => {
  const [encounter, condition] = stored(bundle());
  assert.ok(encounter !== undefined && condition !== undefined);
  const kept = provenanceOf({
    patientId: 'p1',
    signed: [encounter, condition],
    person: 'Practitioner/d1',
    personName: 'Dr A',
    pseudonym: '5'.repeat(32),
    signature: new Uint8Array(64).fill(200),
    when: '2026-11-26T10:31:00Z',
  });
  const provenance = { id: 'v', ...kept } as Provenance;
  assert.equal(provenance.target?.[0]?.reference, 'Patient/p1');
  const read = readSignature(provenance);
  assert.equal(read?.pseudonym, '5'.repeat(32));
  assert.deepEqual(read?.signature, new Uint8Array(64).fill(200));
  assert.deepEqual(
    read?.targets.map(({ id, version }) => `${id}/${version}`),
    ['n0/1', 'n1/1'],
  );
  assert.equal(signaturesOf(condition, [provenance], 'Practitioner/d1').length, 1);
  assert.equal(signaturesOf(condition, [provenance], 'Practitioner/d2').length, 0, 'P7');
  assert.equal(
    signaturesOf({ ...condition, meta: { versionId: '2' } }, [provenance], 'Practitioner/d1').length,
    0,
    'P6',
  );
  assert.equal(readSignature({ ...provenance, signature: [] }), undefined);
});

test('P6 a visit without a stored signature is not signed', () => {
  const [encounter] = stored(bundle());
  assert.ok(encounter !== undefined);
  assert.deepEqual(signaturesOf(encounter, [], 'Practitioner/d1'), []);
});

test('a form says what keeps it from being sealed', () => {
  const empty = emptyVisit(VISIT, AT);
  assert.ok(isEmpty(empty));
  assert.equal(faultOfVisit(empty), 'nothing-written');
  assert.equal(faultOfVisit(form), undefined);
  assert.equal(faultOfVisit({ ...form, vitals: { systolic: '1380', diastolic: '86' } }), 'vital-implausible');
  assert.equal(faultOfVisit({ ...form, vitals: { systolic: '138' } }), 'half-a-pressure');
  assert.equal(faultOfVisit({ ...form, note: 'x'.repeat(20_001) }), 'note-too-long');
  assert.equal(vitalValue('weight', '71,5'), 71.5);
  assert.equal(vitalValue('weight', ' '), undefined);
});

test('a draft of another shape is no form; a note survives base64 in any script', () => {
  assert.deepEqual(asVisitForm(JSON.parse(JSON.stringify(form)) as unknown), { ...form, pregnant: undefined });
  for (const other of [null, 'x', {}, { ...form, orders: 'x' }]) assert.equal(asVisitForm(other), undefined);
  assert.equal(textOfBase64(base64(form.note)), form.note);
  assert.equal(textOfBase64('%'), undefined);
});
