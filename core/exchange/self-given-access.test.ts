/** The broken variants these catch: comparing the subject alone, the end alone, the writer alone, or updates alone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkWrite, type Reader, stampWrite } from './access-decision.ts';
import { type CareResource, careRelationships } from './care-relationship.ts';
import { contains } from './period.ts';

const ME = 'Practitioner/me';
const NOW = Date.UTC(2026, 10, 27, 12);
const me: Reader = { role: 'practitioner', person: ME, relationships: [] };

type Written = { resourceType: string; participant?: object[]; [element: string]: unknown };
const check = (before: Written | undefined, after: Written | undefined) => checkWrite(me, before, after, NOW);

const appointment = (over: object = {}): Written => ({
  resourceType: 'Appointment',
  status: 'booked',
  start: '2026-11-27T12:00:00Z',
  end: '2026-11-27T12:30:00Z',
  participant: [
    { actor: { reference: ME }, status: 'accepted' },
    { actor: { reference: 'Patient/p' }, status: 'accepted' },
  ],
  ...over,
});

const encounter = (over: object = {}): Written => ({
  resourceType: 'Encounter',
  status: 'in-progress',
  subject: { reference: 'Patient/p' },
  period: { start: '2026-11-27T11:00:00Z', end: '2026-11-28' },
  participant: [{ individual: { reference: ME } }],
  ...over,
});

test('C6 a practitioner does not lengthen, bring forward or reopen what gives the right to read', () => {
  assert.equal(check(appointment(), appointment({ end: '2099-01-01T00:00:00Z' })), 'would-give-access');
  assert.equal(
    check(appointment(), appointment({ start: '2026-11-29T12:00:00Z', end: undefined })),
    'would-give-access',
  );
  assert.equal(check(appointment({ status: 'cancelled' }), appointment()), 'would-give-access');
  const later = encounter({ period: { start: '2027-01-01', end: '2027-01-02' } });
  assert.equal(check(later, encounter({ period: { start: '2026-11-01', end: '2027-01-02' } })), 'would-give-access');
  assert.equal(check(encounter(), encounter({ period: { start: '2026-11-27T11:00:00Z' } })), 'would-give-access');
  assert.equal(check(encounter(), encounter({ period: undefined })), 'would-give-access');
});

test('C6 a practitioner moves no appointment or encounter to another patient, and adds none', () => {
  const { participant = [] } = appointment();
  const another = { actor: { reference: 'Patient/q' }, status: 'accepted' };
  assert.equal(check(appointment(), appointment({ participant: [...participant, another] })), 'would-give-access');
  assert.equal(check(encounter(), encounter({ subject: { reference: 'Patient/q' } })), 'would-give-access');
  const nobody = { status: 'cancelled', participant: [participant[1]] };
  const moved = { status: 'cancelled', participant: [another] };
  assert.equal(check(appointment(nobody), appointment(moved)), 'would-give-access');
});

test('C6 a practitioner gives the right to no colleague either, who could give it back', () => {
  const { participant = [] } = encounter();
  const colleague = { individual: { reference: 'Practitioner/other' } };
  assert.equal(check(encounter(), encounter({ participant: [...participant, colleague] })), 'would-give-access');
});

test('C6 what a practitioner makes is marked and gives nobody a right; the mark cannot be left out or taken away', () => {
  const made = stampWrite(me, encounter(), true);
  assert.equal(check(undefined, made), undefined);
  assert.deepEqual(careRelationships(made as CareResource, ME), []);
  assert.equal(check(undefined, encounter()), 'would-give-access');
  assert.equal(check(made, encounter()), 'would-give-access');
  assert.equal(check(made, { ...made, period: undefined }), undefined);
  assert.equal(check(undefined, encounter({ status: 'finished' })), undefined);
});

test('C6 the desk takes the mark away by writing the resource, and other tags stay', () => {
  const tag = { system: 'urn:x', code: 'y' };
  const made = stampWrite(me, appointment({ meta: { tag: [tag] } }), true);
  const desk: Reader = { role: 'administrator', relationships: [] };
  assert.deepEqual(stampWrite(desk, made, false), appointment({ meta: { tag: [tag] } }));
  assert.deepEqual(stampWrite(desk, stampWrite(me, appointment(), true), false), appointment());
  assert.deepEqual(stampWrite(me, made, false), made);
});

test('C6 tags that are none are left for the examination to refuse', () => {
  for (const meta of [null, 7, [], { tag: 7 }, { tag: [null] }]) {
    const given = encounter({ meta });
    for (const role of ['practitioner', 'administrator'] as const)
      assert.equal(stampWrite({ role, person: ME, relationships: [] }, given, true), given);
  }
});

test('C6 a practitioner writes on: arrival, a shorter end, the end of a visit, a note', () => {
  assert.equal(check(appointment(), appointment({ status: 'arrived', comment: 'late' })), undefined);
  assert.equal(check(appointment(), appointment({ end: '2026-11-27T12:15:00Z' })), undefined);
  assert.equal(check(encounter(), encounter({ status: 'finished' })), undefined);
  assert.equal(check(encounter(), undefined), undefined);
});

const moments = ['2026-11-20', '2026-11-27T12:00:00Z', '2026-11-28T00:00:00Z', '2027', '2099-01-01', undefined];
const anyEncounter = fc
  .record({
    status: fc.constantFrom('planned', 'in-progress', 'finished', 'cancelled'),
    start: fc.constantFrom(...moments),
    end: fc.constantFrom(...moments),
    who: fc.subarray([ME, 'Practitioner/other']),
  })
  .map(({ status, start, end, who }) =>
    encounter({
      status,
      period: { ...(start && { start }), ...(end && { end }) },
      participant: who.map((reference) => ({ individual: { reference } })),
    }),
  );

test('C6 after any chain of writes that are allowed, nobody reads at any time who could not before', () => {
  const times = [NOW, NOW + 3_600_000, Date.UTC(2026, 11, 1), Date.UTC(2027, 5, 1), Date.UTC(2098, 0, 1)];
  const readers = (written: Written) =>
    [ME, 'Practitioner/other'].flatMap((who) =>
      times
        .filter((time) => careRelationships(written as CareResource, who).some(({ span }) => contains(span, time)))
        .map((time) => `${who} ${time}`),
    );
  fc.assert(
    fc.property(anyEncounter, fc.array(anyEncounter, { minLength: 1, maxLength: 5 }), (hospital, changes) => {
      const allowed = new Set(readers(hospital));
      let stored = hospital;
      for (const change of changes) if (check(stored, change) === undefined) stored = change;
      for (const reader of readers(stored)) assert.ok(allowed.has(reader), reader);
    }),
  );
});
