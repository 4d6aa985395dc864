import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  APPOINTMENT_MARGIN_MS,
  type CareResource,
  careRelationships,
  LONGEST_APPOINTMENT_MS,
} from './care-relationship.ts';
import { contains } from './period.ts';

const ME = 'Practitioner/me';
const NOON = 1_795_780_800_000; // 2026-11-27T12:00:00Z
const HOUR = 3_600_000;

function mayRead(resource: CareResource, at: number, practitioner = ME): boolean {
  return careRelationships(resource, practitioner).some(({ patient, span }) => patient === 'p' && contains(span, at));
}

const team = (over: Partial<CareResource> = {}): CareResource => ({
  resourceType: 'CareTeam',
  status: 'active',
  subject: { reference: 'Patient/p' },
  participant: [{ member: { reference: ME } }],
  ...over,
});

test('C1 an active care team opens the record to its member and to nobody else', () => {
  assert.equal(mayRead(team(), NOON), true);
  assert.equal(mayRead(team(), NOON, 'Practitioner/other'), false);
  assert.equal(mayRead(team({ status: 'inactive' }), NOON), false);
});

test('C1 a care team counts within its own period and the period of the member, to the last moment of the day', () => {
  const ended = team({ period: { start: '2026-11-01', end: '2026-11-27' } });
  assert.equal(mayRead(ended, NOON), true);
  assert.equal(mayRead(ended, Date.UTC(2026, 10, 27, 23, 59, 59, 999)), true);
  assert.equal(mayRead(ended, Date.UTC(2026, 10, 28)), false);
  const left = team({ participant: [{ member: { reference: ME }, period: { end: '2026-11-26' } }] });
  assert.equal(mayRead(left, NOON), false);
});

test('C1 an unreadable date opens nothing', () => {
  assert.equal(mayRead(team({ period: { end: 'soon' } }), NOON), false);
  assert.equal(mayRead(team({ period: { end: '2026-13-01' } }), NOON), false);
});

test('C2 an encounter counts while it is under way, a finished one does not', () => {
  const encounter: CareResource = {
    resourceType: 'Encounter',
    status: 'in-progress',
    subject: { reference: 'Patient/p' },
    period: { start: '2026-11-27T11:00:00Z' },
    participant: [{ individual: { reference: ME } }],
  };
  assert.equal(mayRead(encounter, NOON), true);
  assert.equal(mayRead(encounter, NOON - 2 * HOUR), false);
  assert.equal(mayRead({ ...encounter, status: 'finished' }, NOON), false);
});

test('C3 an appointment counts from a day before its start to a day after its end', () => {
  const appointment: CareResource = {
    resourceType: 'Appointment',
    status: 'booked',
    start: '2026-11-27T12:00:00Z',
    end: '2026-11-27T12:30:00Z',
    participant: [{ actor: { reference: ME }, status: 'accepted' }, { actor: { reference: 'Patient/p' } }],
  };
  assert.equal(mayRead(appointment, NOON - APPOINTMENT_MARGIN_MS), true);
  assert.equal(mayRead(appointment, NOON - APPOINTMENT_MARGIN_MS - 1), false);
  assert.equal(mayRead(appointment, NOON + HOUR / 2 + APPOINTMENT_MARGIN_MS), true);
  assert.equal(mayRead(appointment, NOON + HOUR / 2 + APPOINTMENT_MARGIN_MS + 60_000), false);
  assert.equal(mayRead({ ...appointment, status: 'cancelled' }, NOON), false);
  const declined = [{ actor: { reference: ME }, status: 'declined' }, { actor: { reference: 'Patient/p' } }];
  assert.equal(mayRead({ ...appointment, participant: declined }, NOON), false);
});

test('C3 an appointment that names a later end counts for seven days from its start', () => {
  const long: CareResource = {
    resourceType: 'Appointment',
    status: 'booked',
    start: '2026-11-27T12:00:00Z',
    end: '2099-01-01T00:00:00Z',
    participant: [{ actor: { reference: ME } }, { actor: { reference: 'Patient/p' } }],
  };
  const last = NOON + LONGEST_APPOINTMENT_MS + APPOINTMENT_MARGIN_MS;
  assert.deepEqual([mayRead(long, last), mayRead(long, last + 1)], [true, false]);
});

test('C2 an encounter without a period counts by its status alone', () => {
  const encounter: CareResource = {
    resourceType: 'Encounter',
    status: 'in-progress',
    subject: { reference: 'Patient/p' },
    participant: [{ individual: { reference: ME } }],
  };
  assert.equal(mayRead(encounter, NOON), true);
  assert.equal(mayRead({ ...encounter, status: 'cancelled' }, NOON), false);
});

test('C4 other resource types give no relationship, whatever they name', () => {
  assert.equal(mayRead({ ...team(), resourceType: 'Observation' }, NOON), false);
});
