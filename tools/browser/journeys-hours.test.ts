/** When somebody can be booked, as the practitioner, the desk and the patient see it: hours, a blocked morning, visits that fall into it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { buildWeb } from '../build-web.ts';
import { type Clinic, DOCTOR, openClinic } from './clinic.fixture.ts';

const DAY_MS = 86_400_000;
const DAYS_AFTER_MONDAY = ['Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** Tomorrow at eight: whenever this runs, the mornings of that day and the next are still ahead. */
function tomorrowAtEight(): { now(): number } {
  const eight = new Date();
  eight.setDate(eight.getDate() + 1);
  const ahead = eight.setHours(8, 0, 0, 0) - Date.now();
  return { now: () => Date.now() + ahead };
}

const clock = tomorrowAtEight();
let clinic: Clinic;
let desk: Page;
let doctor: Page;
let patient: Page;

before(async () => {
  await buildWeb();
  clinic = await openClinic(DOCTOR, { clock, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone });
  [desk, doctor, patient] = [clinic.desk.page, clinic.doctor.page, clinic.patient.page];
});

after(async () => {
  await clinic?.close();
});

/** As a date field takes it. */
function dateIn(days: number): string {
  const date = new Date(clock.now() + days * DAY_MS);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** As the page of booking names a day. */
function dayIn(days: number): string {
  const words = { weekday: 'short', day: 'numeric', month: 'short' } as const;
  return new Intl.DateTimeFormat('en-GB', words).format(clock.now() + days * DAY_MS).replace(',', '');
}

const timesOfDoctor = (page: Page) => page.getByRole('group', { name: `Times with ${DOCTOR.name}` });

/** The first days on which the patient is offered the doctor. */
async function daysOffered(): Promise<string[]> {
  await patient.goto('/book');
  const times = timesOfDoctor(patient);
  await times.getByRole('button').first().waitFor();
  return await times.locator('.day > span:first-child').allTextContents();
}

async function block(page: Page, from: string, until: string, reason: string): Promise<void> {
  await page.getByText('Part of a day', { exact: true }).click();
  await page.getByLabel('Day', { exact: true }).fill(dateIn(1));
  await page.getByLabel('From', { exact: true }).fill(from);
  await page.getByLabel('Until', { exact: true }).fill(until);
  await page.getByLabel('Reason').fill(reason);
  await page.getByRole('button', { name: 'Block this time' }).click();
}

test('who has no hours is seen in the list of staff; with a week set, patients are offered it', async () => {
  await desk.goto('/registry');
  await desk.getByText('Staff', { exact: true }).click();
  await desk.getByText('No hours: cannot be booked').waitFor();
  await doctor.getByRole('link', { name: 'My hours and time off' }).click();
  await doctor.getByRole('button', { name: 'Add hours on Monday' }).click();
  await doctor.getByLabel('Monday, hours 1: until').fill('1230');
  for (const day of DAYS_AFTER_MONDAY) await doctor.getByRole('button', { name: `${day} as the day before` }).click();
  await doctor.getByRole('button', { name: 'Save hours' }).click();
  await doctor.getByText('Saved. New times are offered from now on.').waitFor();
  assert.equal(await doctor.getByLabel('Sunday, hours 1: until').inputValue(), '12:30');
  assert.deepEqual(await daysOffered(), [dayIn(0), dayIn(1)]);
});

test('a practitioner blocks tomorrow morning: the patient is offered no time then, until the block is removed', async () => {
  await block(doctor, '8', '13', 'Course');
  await doctor.getByText('Blocked. Nobody is offered a time in it.').waitFor();
  assert.deepEqual(await daysOffered(), [dayIn(0), dayIn(2)]);
  await doctor.getByRole('button', { name: /^Remove: / }).click();
  await doctor.getByText('Removed. The time is offered again.').waitFor();
  assert.deepEqual(await daysOffered(), [dayIn(0), dayIn(1)]);
});

test('visits that fall into a time off are named before it is saved, stay booked, and the change is taken back with one press', async () => {
  await timesOfDoctor(patient).locator('.day').nth(1).getByRole('button').first().click();
  await patient.getByRole('button', { name: 'Book this visit' }).click();
  await patient.getByRole('heading', { name: 'Your visit is booked' }).waitFor();

  await desk.goto('/registry');
  await desk.getByText('Staff', { exact: true }).click();
  await desk.getByRole('link', { name: `Hours of ${DOCTOR.name}` }).click();
  await block(desk, '08:00', '13:00', 'Ill');
  const dialog = desk.getByRole('dialog', { name: 'One booked visit falls into this' });
  await dialog.getByText('Meera Kulkarni').waitFor();
  await dialog.getByRole('button', { name: 'Go back' }).click();
  assert.deepEqual(await daysOffered(), [dayIn(0), dayIn(1)], 'nothing was saved');

  await desk.getByRole('button', { name: 'Block this time' }).click();
  await dialog.getByRole('button', { name: 'Save all the same' }).click();
  await desk.getByRole('heading', { name: 'One visit in it is still booked' }).waitFor();
  assert.deepEqual(await daysOffered(), [dayIn(0), dayIn(2)]);
  await patient.goto('/me');
  await patient.getByRole('region', { name: 'Next visit' }).getByRole('heading', { name: /09:00/ }).waitFor();

  await desk.getByRole('button', { name: 'Undo' }).click();
  await desk.getByText('Taken back. All is as it was before.').waitFor();
  assert.equal(await desk.getByRole('button', { name: /^Remove: / }).count(), 0);
  assert.deepEqual(await daysOffered(), [dayIn(0), dayIn(1)]);
});

test('from a visit that is named the way leads to its day at the desk', async () => {
  await block(desk, '08:00', '13:00', 'Ill');
  await desk.getByRole('dialog').getByRole('link', { name: 'To the day' }).click();
  const day = desk.getByRole('region', { name: DOCTOR.name });
  await day.getByRole('heading', { name: 'Meera Kulkarni' }).waitFor();
  await day.getByRole('button', { name: 'Cancel' }).waitFor();
});

test('what somebody else has saved meanwhile is not written over: the own words stay, and are saved when it has been seen', async () => {
  await block(doctor, '8', '8:40', 'Ward round');
  await doctor.getByText('Somebody was faster').waitFor();
  assert.equal(await doctor.getByLabel('Reason').inputValue(), 'Ward round');
  await doctor.getByRole('button', { name: 'Block this time' }).click();
  await doctor.getByText('Blocked. Nobody is offered a time in it.').waitFor();
});

test('no page of these journeys threw', () => {
  assert.deepEqual([...clinic.desk.faults, ...clinic.doctor.faults, ...clinic.patient.faults], []);
});
