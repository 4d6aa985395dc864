import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkWrite, stampWrite } from './access-decision.ts';
import { maySign } from './own-signature.ts';
import { isMadeByPatient, MADE_BY_PATIENT } from './written-by-patient.ts';

const PSEUDONYM = '0123456789abcdef0123456789abcdef';
const patient = { role: 'patient' as const, person: 'Patient/p', pseudonym: PSEUDONYM, relationships: [] };
const doctor = { role: 'practitioner' as const, person: 'Practitioner/d', pseudonym: PSEUDONYM, relationships: [] };
const WHEN = '2026-11-27T08:00:00.000Z';

function signed(person: string, more: object = {}, whoMore: object = {}) {
  const who = { reference: person, display: 'Meera Kulkarni' };
  return {
    resourceType: 'Provenance',
    target: [{ reference: person }, { reference: `${person}/_history/2` }, { reference: 'Condition/c/_history/1' }],
    recorded: WHEN,
    agent: [{ who }],
    signature: [
      {
        type: [
          {
            system: 'urn:iso-astm:E1762-95:2013',
            code: '1.2.840.10065.1.12.1.1',
            display: 'Author\u2019s Signature',
          },
        ],
        when: WHEN,
        who: { ...who, identifier: { system: 'urn:clearchart:pseudonym', value: PSEUDONYM }, ...whoMore },
        data: `${'A'.repeat(86)}==`,
      },
    ],
    ...more,
  };
}

test('P7 a person stores the own signature, and none in another’s name or under another pseudonym', () => {
  assert.ok(maySign(patient, undefined, signed('Patient/p')));
  assert.ok(maySign(doctor, undefined, signed('Practitioner/d')));
  for (const [signer, person] of [
    [patient, 'Patient/p'],
    [doctor, 'Practitioner/d'],
  ] as const) {
    assert.ok(!maySign(signer, undefined, signed(person, {}, { reference: 'Practitioner/other' })));
    const identifier = { system: 'urn:clearchart:pseudonym', value: 'f'.repeat(32) };
    assert.ok(!maySign(signer, undefined, signed(person, {}, { identifier })));
    assert.ok(!maySign({ ...signer, pseudonym: undefined }, undefined, signed(person)));
  }
  const foreign = signed('Practitioner/other', {}, { identifier: undefined });
  assert.ok(!maySign(doctor, undefined, foreign), 'nor one that only another program would count');
  const { signature: _signature, ...unsigned } = foreign;
  assert.ok(maySign(doctor, undefined, unsigned));
  const two = signed('Practitioner/d');
  const [own] = two.signature;
  const another = { ...own, who: { ...own?.who, reference: 'Practitioner/other' } };
  assert.ok(!maySign(doctor, undefined, { ...two, signature: [own, another] }), 'the second counts as well');
});

test('P7 a stored signature is neither changed nor removed by a person, nor made out of another Provenance', () => {
  for (const [signer, person] of [
    [patient, 'Patient/p'],
    [doctor, 'Practitioner/d'],
  ] as const) {
    assert.ok(!maySign(signer, signed(person), signed(person)));
    assert.ok(!maySign(signer, signed(person), undefined));
  }
  const plain = { resourceType: 'Provenance', target: [{ reference: 'Patient/p' }] };
  assert.ok(maySign(doctor, plain, { ...plain, recorded: WHEN }));
  assert.ok(!maySign(doctor, plain, signed('Practitioner/other')));
});

test('P8 a patient signs versions of the own details and of conditions, and writes no other Provenance', () => {
  const targets = (...references: string[]) =>
    signed('Patient/p', { target: references.map((reference) => ({ reference })) });
  const refused = [
    targets('Patient/p'),
    targets('Patient/p/_history/1', 'Patient/p'),
    targets('Patient/q', 'Patient/p/_history/1'),
    targets('Patient/p', 'Patient/q/_history/1'),
    targets('Patient/p', 'Encounter/e/_history/1'),
    targets('Patient/p', 'Condition/c'),
    targets('Patient/p', ...Array.from({ length: 201 }, (_, at) => `Condition/c${at}/_history/1`)),
    signed('Patient/p', { reason: [{ text: 'x' }] }),
    signed('Patient/p', { agent: [{ who: { reference: 'Practitioner/d' } }] }),
    signed('Patient/p', { recorded: 'yesterday' }),
    { resourceType: 'Provenance', target: [{ reference: 'Patient/p' }], recorded: WHEN },
  ];
  for (const [at, one] of refused.entries())
    assert.equal(checkWrite(patient, undefined, one, 0), 'field-not-yours', String(at));
  assert.equal(checkWrite(patient, undefined, signed('Patient/p'), 0), undefined);
  const system = { role: 'system' as const, relationships: [] };
  assert.equal(checkWrite(system, undefined, signed('Practitioner/d'), 0), undefined, 'a program imports them');
});

test('C23 the own details say that the patient wrote them, until anybody else does', () => {
  const details = { resourceType: 'Patient', id: 'p', meta: { tag: [{ system: 'urn:x', code: 'y' }] } };
  const own = stampWrite(patient, details, false);
  assert.ok(isMadeByPatient(own));
  assert.deepEqual(own.meta.tag, [{ system: 'urn:x', code: 'y' }, MADE_BY_PATIENT]);
  assert.deepEqual(stampWrite(patient, own, false), own, 'once');
  for (const role of ['practitioner', 'administrator', 'system'] as const)
    assert.deepEqual(stampWrite({ role, relationships: [] }, own, false), details, role);
  const odd = { resourceType: 'Patient', meta: { tag: 'none' } };
  assert.deepEqual(stampWrite(patient, odd, false), odd, 'left for the examination to refuse');
});
