/** One visit with three people at once, each at a browser of their own that stays open: booked, checked in, seen, sealed, read, proved. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { buildWeb } from '../build-web.ts';
import { type Clinic, DOCTOR, fhir, openClinic } from './clinic.fixture.ts';

const COMPLAINT = 'Since the weekend, worse at night.';
const NOTE = 'Dry cough for four days, chest clear on both sides.';
/** Pages also ask every 30 seconds: sooner than that it is the stream of events that told them. */
const BY_ITSELF_WITHIN_MS = 20_000;

/** Tomorrow at nine: whenever this runs, the day of the visit is still ahead. */
function tomorrowAtNine(): { now(): number } {
  const nine = new Date();
  nine.setDate(nine.getDate() + 1);
  const ahead = nine.setHours(9, 0, 0, 0) - Date.now();
  return { now: () => Date.now() + ahead };
}

let clinic: Clinic;
let desk: Page;
let doctor: Page;
let patient: Page;

before(async () => {
  await buildWeb();
  clinic = await openClinic(DOCTOR, {
    clock: tomorrowAtNine(),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
  [desk, doctor, patient] = [clinic.desk.page, clinic.doctor.page, clinic.patient.page];
  await openEveryDay();
  // The others stand where they came to: their keys are open until a page is loaded anew.
  await desk.goto('/schedule');
});

after(async () => {
  await clinic?.close();
});

/** The practitioner can be booked from eight to eight. */
async function openEveryDay(): Promise<void> {
  const found = await fhir(clinic.hospital, 'GET', `PractitionerRole?practitioner.family=${DOCTOR.family}`);
  const [role] = ((found['entry'] ?? []) as { resource: { id: string } }[]).map(({ resource }) => resource);
  assert.ok(role);
  const daysOfWeek = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  await fhir(clinic.hospital, 'PUT', `PractitionerRole/${role.id}`, {
    ...role,
    availableTime: [{ daysOfWeek, availableStartTime: '08:00:00', availableEndTime: '20:00:00' }],
  });
}

const card = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true });
const panel = () => doctor.getByRole('complementary', { name: 'This visit' });
const line = () => doctor.getByRole('button', { name: /Meera Kulkarni/ });

test('what the patient books stands on the list of today by itself, in the own words', async () => {
  await doctor.getByText('Nobody is booked for today').waitFor();
  await patient.getByRole('link', { name: 'Book', exact: true }).click();
  await patient.getByText('Cough', { exact: true }).first().click();
  await patient.getByLabel('In your own words').fill(COMPLAINT);
  const times = patient.getByRole('group', { name: `Times with ${DOCTOR.name}` });
  await times
    .getByRole('button', { name: /^\d\d:\d\d$/ })
    .first()
    .click();
  await patient.getByRole('button', { name: 'Book this visit' }).click();
  await patient.getByRole('heading', { name: 'Your visit is booked' }).waitFor();
  await patient.getByRole('link', { name: 'To my record' }).click();
  await line().getByText('Expected').waitFor({ timeout: BY_ITSELF_WITHIN_MS });
  await card(doctor, 'To prepare: Meera Kulkarni').getByText(COMPLAINT).waitFor();
});

test('the desk checks in, and the practitioner sees at once who has arrived', async () => {
  await desk.reload();
  await card(desk, DOCTOR.name).getByRole('button', { name: 'Check in' }).click();
  await line().getByText('Arrived').waitFor({ timeout: BY_ITSELF_WITHIN_MS });
});

test('a medicine that the patient is allergic to is warned of before anything is sealed', async () => {
  await doctor.getByRole('link', { name: 'Start the visit' }).click();
  await panel().getByRole('textbox', { name: 'Note' }).fill(NOTE);
  await panel()
    .getByRole('button', { name: /^Aspirin 75 mg/ })
    .click();
  await panel().getByText('Allergic to this: Aspirin').waitFor();
  assert.ok(await panel().getByRole('button', { name: 'Finish & seal' }).isDisabled());
  await panel().getByRole('button', { name: 'Remove Aspirin 75 mg' }).click();
  await panel()
    .getByRole('button', { name: /^Paracetamol/ })
    .first()
    .click();
});

test('the visit is sealed, signed, final and checked; the desk sees it done', async () => {
  await panel().getByRole('button', { name: 'Finish & seal' }).click();
  await doctor.getByRole('dialog').getByRole('button', { name: 'Seal and sign' }).click();
  await panel().getByText('Signed by you').waitFor();
  await panel().getByText('Checked by you', { exact: true }).waitFor();
  await desk.reload();
  await card(desk, DOCTOR.name).getByText('Done').waitFor();
});

test('the patient hears of it, reads the note and the medicine, and checks the seal and who signed', async () => {
  await patient.getByRole('button', { name: /^Notices, (?!0)/ }).waitFor();
  await patient.goto('/me');
  const visits = card(patient, 'Visits');
  await visits.getByText(NOTE).waitFor();
  await visits.scrollIntoViewIfNeeded();
  await visits.getByText(`Signed by ${DOCTOR.name}, checked by you`).waitFor();
  await card(patient, 'Medicines')
    .getByText(/Paracetamol/)
    .first()
    .waitFor();
});

test('the patient says what is wrong in the note; the practitioner corrects it and answers, and both versions stay to be read', async () => {
  const note = () => card(patient, 'Visits').getByRole('listitem').filter({ hasText: NOTE });
  // The visit has a seal of its own beside that of the note.
  await note().locator('a[href^="/receipts/DocumentReference/"]').click();
  await patient.getByLabel('What is wrong?').fill('It was six days.');
  await patient.getByRole('button', { name: 'Say it, and seal it' }).click();
  await patient.getByText('Whoever treats you has to answer.').waitFor();
  await doctor.reload();
  await card(doctor, 'Visits')
    .getByRole('link', { name: /Disputed/ })
    .click();
  await doctor.getByLabel('Answer to the patient').fill('You are right.');
  await doctor.getByRole('button', { name: 'Answer and seal' }).click();
  await doctor.getByRole('alert').getByText('The record has not been corrected yet').waitFor();
  await doctor.goBack();
  const seen = card(doctor, 'Visits').getByRole('link', { name: /Disputed/ });
  await seen.waitFor();
  await card(doctor, 'Visits').getByRole('button', { name: 'Correct the note' }).click();
  const dialog = doctor.getByRole('dialog', { name: 'Correct the note' });
  await dialog.getByRole('textbox', { name: 'Note' }).fill(NOTE.replace('four', 'six'));
  await dialog.getByLabel('Why it is corrected').fill('The patient says six days');
  await dialog.getByRole('button', { name: 'Open my keys' }).click();
  const keys = doctor.getByRole('dialog', { name: 'Open my keys' });
  await keys.getByLabel('Password', { exact: true }).fill(DOCTOR.password);
  await keys.getByRole('button', { name: 'Sign in' }).click();
  await keys.waitFor({ state: 'detached' });
  await dialog.getByRole('button', { name: 'Seal the correction' }).click();
  await dialog.waitFor({ state: 'detached' });
  await seen.click();
  await doctor.getByLabel('Answer to the patient').fill('You are right, six days.');
  await doctor.getByRole('button', { name: 'Answer and seal' }).click();
  await doctor.getByText(`${DOCTOR.name}, `).waitFor();
  await patient.reload();
  await patient.getByText('It was put right').waitFor();
  await patient.goto('/me');
  await card(patient, 'Visits').getByText('Put right after a dispute').waitFor();
  await card(patient, 'Visits').getByText('All versions of this note').click();
  await card(patient, 'Visits').getByText(NOTE).waitFor();
});

test('who saw my record names the practitioner, and the patient’s own browser proves the list', async () => {
  await patient.getByRole('link', { name: 'Who saw' }).click();
  await patient.getByRole('heading', { name: DOCTOR.name }).first().waitFor();
  await patient.getByText(/^(Complete up to|The list is whole)/).waitFor();
  await patient.getByText('How my browser knows').click();
  await patient.getByText(/It added up/).waitFor();
});

test('no page of these journeys threw', () => {
  assert.deepEqual([...clinic.desk.faults, ...clinic.doctor.faults, ...clinic.patient.faults], []);
});
