/** Somebody who has missed three visits, as the patient, the desk and who prepares the visit see it, at real browsers. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { buildWeb } from '../build-web.ts';
import { bookArrived, type Clinic, DOCTOR, fhir, openClinic } from './clinic.fixture.ts';
import { openInRegistry } from './person.fixture.ts';

const DAY_MS = 86_400_000;
const MISSED = 'Missed 3 visits in 90 days';

let clinic: Clinic;
let desk: Page;
let doctor: Page;
let patient: Page;

before(async () => {
  await buildWeb();
  clinic = await openClinic(DOCTOR);
  [desk, doctor, patient] = [clinic.desk.page, clinic.doctor.page, clinic.patient.page];
  await cancelBooked();
});

after(async () => {
  await clinic?.close();
});

/** What the demo has booked may be of any time today; here her next visit is the one that is booked on the page. */
async function cancelBooked(): Promise<void> {
  const { hospital, patients } = clinic;
  const found = await fhir(hospital, 'GET', `Appointment?patient=${patients.meera}&status=booked`);
  for (const { resource } of (found['entry'] ?? []) as { resource: { id: string } }[])
    await fhir(hospital, 'PUT', `Appointment/${resource.id}`, { ...resource, status: 'cancelled' });
}

async function missed(daysAgo: number): Promise<void> {
  const { hospital, patients } = clinic;
  const start = new Date(Date.now() - daysAgo * DAY_MS).toISOString();
  await fhir(hospital, 'POST', 'Appointment', {
    resourceType: 'Appointment',
    status: 'noshow',
    start,
    end: start,
    participant: [{ actor: { reference: `Patient/${patients.meera}` }, status: 'accepted' }],
  });
}

const times = (page: Page) =>
  page.getByRole('group', { name: /^Times with/ }).getByRole('button', { name: /^\d\d:\d\d$/ });
const tooOften = (page: Page) => page.getByRole('status').filter({ hasText: 'Call the desk to book' });

test('S16 who misses a third visit while times are chosen is told so when booking, in words that lead to the desk', async () => {
  for (const daysAgo of [2, 30]) await missed(daysAgo);
  await patient.goto('/book');
  await times(patient).first().click();
  await patient.getByText(/is held for you until/).waitFor();
  await missed(60);
  await patient.getByRole('button', { name: 'Book this visit' }).click();
  await tooOften(patient).waitFor();
  await patient.goto('/me');
  assert.equal(await patient.getByRole('region', { name: 'Next visit' }).count(), 0);
});

test('S16 from then on the page offers no time and says who books, and until when; warning signs stay', async () => {
  await patient.goto('/book');
  await tooOften(patient)
    .getByText(/You did not come to 3 visits in the last 90 days.*From \d+ \w+ \d{4} on/)
    .waitFor();
  assert.equal(await times(patient).count(), 0);
  assert.equal(await patient.getByRole('button', { name: 'Book this visit' }).count(), 0);
  await patient.getByText('Tight chest', { exact: true }).first().click();
  await patient.getByText('Do not wait if any of this is true now').waitFor();
});

test('S16 the desk is told, books, and the patient may still move what is booked', async () => {
  await openInRegistry(desk, 'meera.kulkarni@mail.example', 'Meera Kulkarni');
  await desk.getByRole('link', { name: 'Book a visit' }).click();
  await desk.getByText('This person did not come to 3 visits in the last 90 days and cannot book alone').waitFor();
  await times(desk).first().click();
  await desk.getByRole('button', { name: 'Book this visit' }).click();
  await desk.getByRole('heading', { name: 'Your visit is booked' }).waitFor();
  await patient.goto('/me');
  await patient.getByRole('region', { name: 'Next visit' }).getByRole('link', { name: 'Move' }).click();
  await times(patient).last().click();
  await patient.getByRole('button', { name: 'Book this visit' }).click();
  await patient.getByRole('heading', { name: 'Your visit is booked' }).waitFor();
});

test('S16 who prepares the visit and the desk’s day show it beside the name', async () => {
  await bookArrived(clinic);
  await doctor.goto('/today');
  await doctor.getByRole('region', { name: 'To prepare: Meera Kulkarni' }).getByText(MISSED).waitFor();
  await desk.goto('/schedule');
  const line = desk.getByRole('listitem').filter({ hasText: 'Meera Kulkarni' }).filter({ hasText: 'Here' });
  await line.getByText(MISSED).waitFor();
});

test('no page of these journeys threw', () => {
  assert.deepEqual([...clinic.desk.faults, ...clinic.doctor.faults, ...clinic.patient.faults], []);
});
