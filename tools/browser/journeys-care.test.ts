/** From the hospital's first minute to a sealed change: every person at a real browser, one after another. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { buildWeb } from '../build-web.ts';
import { type Hospital, Hospitals, type People } from './hospital.fixture.ts';
import { launchBrowser } from './launch.ts';
import { claimRecord, enrol, issueClaimCode, openInRegistry, signIn, type Visitor, visitor } from './person.fixture.ts';

const DESK = { name: 'Farida Shaikh', email: 'desk@city.example', password: 'saffron-lantern-harbour-930' };
const MEERA = { email: 'meera.kulkarni@mail.example', password: 'sparrow-marigold-temple-918' };
const DOCTOR = { name: 'Dr Leela Bose', email: 'leela.bose@city.example', password: 'copper-orchard-river-936' };

let browser: Browser;
let hospitals: Hospitals;
let hospital: Hospital;
let patients: People;
let desk: Visitor;
let patient: Visitor;
let doctor: Visitor;
let receipt: string;

before(async () => {
  await buildWeb();
  hospitals = new Hospitals();
  [browser, hospital] = await Promise.all([launchBrowser(), hospitals.found('City Hospital')]);
  patients = await hospital.importPeople();
  [desk, patient, doctor] = await Promise.all([
    visitor(browser, hospital.url),
    visitor(browser, hospital.url),
    visitor(browser, hospital.url),
  ]);
});

after(async () => {
  await browser?.close();
  await hospitals?.close();
});

async function openMyKeys(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open my keys' }).click();
  const dialog = page.getByRole('dialog', { name: 'Open my keys' });
  await dialog.getByLabel('Password', { exact: true }).fill(MEERA.password);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await dialog.waitFor({ state: 'detached' });
}

const card = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true });

test('the first administrator enrols from the link of the founding, which works once', async () => {
  await enrol(desk.page, hospital.enrolPath, { name: DESK.name, password: DESK.password });
  await desk.page.getByRole('heading', { name: 'Registry', level: 1 }).waitFor();
  const late = await visitor(browser, hospital.url);
  await late.page.goto(hospital.enrolPath);
  await late.page.getByText('This invitation no longer works').waitFor();
  await late.context.close();
});

test('an imported patient registers with the claim code that the desk made, and holds the record', async () => {
  const code = await issueClaimCode(desk.page, MEERA.email, 'Meera Kulkarni');
  await claimRecord(patient.page, code, MEERA);
  await patient.page.waitForURL(/\/me$/);
  await patient.page.getByRole('heading', { name: /Meera$/, level: 1 }).waitFor();
});

test('a patient who signs in sees problems, medicines, results and the timeline, each under a seal they check themselves', async () => {
  await patient.page.getByRole('button', { name: 'Account of Meera Kulkarni' }).click();
  await patient.page.getByRole('menuitem', { name: 'Sign out' }).click();
  await patient.page.waitForURL(/\/$/);
  await signIn(patient.page, MEERA.email, MEERA.password);
  await card(patient.page, 'Problems').getByText('Type 2 diabetes').first().waitFor();
  await card(patient.page, 'Medicines').getByText('Metformin').first().waitFor();
  await card(patient.page, 'Results').getByText('HbA1c').first().waitFor();
  await card(patient.page, 'Timeline').getByText('Visit').first().waitFor();
  // A seal is checked as it comes into sight.
  await card(patient.page, 'My details').scrollIntoViewIfNeeded();
  await card(patient.page, 'My details').getByText('Checked by you').waitFor();
});

test('an invited practitioner enrols and has no patients before a care relationship exists', async () => {
  await desk.page.goto('/registry');
  await desk.page.getByText('Staff', { exact: true }).click();
  await desk.page.getByRole('button', { name: 'Invite somebody' }).click();
  const dialog = desk.page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill(DOCTOR.name);
  await dialog.getByLabel('E-mail').fill(DOCTOR.email);
  await dialog.getByLabel('Specialty').selectOption('general-medicine');
  await dialog.getByRole('button', { name: 'Make the invitation' }).click();
  const link = (await dialog.getByText('/enrol#').textContent()) ?? '';
  await enrol(doctor.page, link, { password: DOCTOR.password });
  await doctor.page.waitForURL(/\/today$/);
  await doctor.page.getByText('Nobody is booked for today').waitFor();
  await doctor.page.goto('/patients');
  await doctor.page.getByText('Nobody here').waitFor();
});

test('without a care relationship a record reads as not there, like one that does not exist', async () => {
  const words = async (id: string): Promise<string> => {
    await doctor.page.goto(`/patients/${id}`);
    return (await doctor.page.getByRole('alert').first().textContent()) ?? '';
  };
  const strange = await words(patients.meera);
  assert.match(strange, /This page is not yours, or it is not there/);
  assert.equal(strange, await words('6f1e0d52-0000-4000-8000-000000000000'));
  assert.equal(await doctor.page.getByText('Kulkarni').count(), 0);
});

test('a care team that the desk makes in one form opens the record of that patient, and of no other', async () => {
  await openInRegistry(desk.page, 'Kulkarni', 'Meera Kulkarni');
  const team = desk.page.getByRole('region', { name: 'Who takes care' });
  await team.getByLabel('Practitioner').selectOption({ label: DOCTOR.name });
  await team.getByRole('button', { name: 'Add to the care team' }).click();
  await team.getByRole('listitem').filter({ hasText: DOCTOR.name }).waitFor();
  await doctor.page.goto('/patients');
  await doctor.page.getByRole('link', { name: /Meera Kulkarni/ }).click();
  await doctor.page.waitForURL(new RegExp(`/patients/${patients.meera}$`));
  await doctor.page.getByRole('heading', { name: 'Meera Kulkarni', level: 1 }).waitFor();
  await card(doctor.page, 'Problems').getByText('Type 2 diabetes').first().waitFor();
  await doctor.page.goto(`/patients/${patients.baldev}`);
  await doctor.page.getByText('This page is not yours, or it is not there').first().waitFor();
});

test('a changed profile is reviewed, sealed, followed to final, checked in the browser, and leaves a receipt', async () => {
  const { page } = patient;
  await page.goto('/me');
  await page.getByRole('link', { name: 'Change my details' }).click();
  await page.getByLabel('House and street').fill('7 Station Road');
  await page.getByRole('button', { name: 'Review one change' }).click();
  await page.getByRole('heading', { name: 'Review & seal' }).waitFor();
  await page.getByText('7 Station Road').waitFor();
  await page.getByRole('button', { name: 'Seal it' }).click();
  const steps = page.getByRole('region', { name: 'How it is sealed' });
  await steps.getByText('Saved at the hospital').waitFor();
  await steps.getByText(/In block \d+/).waitFor();
  await page.getByRole('heading', { name: 'Sealed', exact: true }).waitFor();
  await steps.getByText('Checked by you', { exact: true }).waitFor();
  // The page was loaded anew: the password opens the keys, then the patient signs.
  await steps.getByText('It is stored, but not signed yet.').waitFor();
  await openMyKeys(page);
  await steps.getByRole('button', { name: 'Sign now' }).click();
  await steps.getByText('Signed with your own key').waitFor();
  assert.equal(await steps.locator('li.done').count(), 5);
  await page.getByRole('heading', { name: 'Sealed and final' }).waitFor();
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save the receipt' }).click(),
  ]);
  receipt = await readFile(await saved.path(), 'utf8');
  assert.match(receipt, new RegExp(hospital.chainId));
  await page.getByRole('link', { name: 'To my record' }).click();
  await card(page, 'My details').getByText('7 Station Road').waitFor();
  await card(page, 'My details').getByText('Signed by Meera Kulkarni, checked by you').waitFor();
});

test('what the patient tells in the own words is sealed, and the practitioner sees who said it', async () => {
  const { page } = patient;
  await page.goto('/me');
  await page.getByRole('link', { name: 'In my words' }).click();
  await page.getByLabel('Illness 1').fill('Hay fever since school');
  await page.getByLabel('Illness 2').fill('Migraine');
  await page.getByRole('button', { name: 'Review 2 changes' }).click();
  await page.getByText('Hay fever since school').waitFor();
  await page.getByRole('button', { name: 'Seal it' }).click();
  await page.getByRole('heading', { name: 'Sealed', exact: true }).waitFor();
  await page.goto('/me');
  const told = card(page, 'Problems').getByRole('listitem').filter({ hasText: 'Hay fever since school' });
  await told.getByText('told by the patient').waitFor();
  await told.scrollIntoViewIfNeeded();
  await told.getByText('Checked by you').waitFor();
  await told.getByText('Not signed yet').waitFor();
  const unsigned = card(page, 'Not signed yet');
  await unsigned.getByText('2 entries of yours are stored but not signed yet.').waitFor();
  await unsigned.getByText('Migraine').waitFor();
  await openMyKeys(page);
  await unsigned.getByRole('button', { name: 'Sign now' }).click();
  await unsigned.waitFor({ state: 'detached' });
  await told.getByText('Signed by Meera Kulkarni, checked by you').waitFor();
  await doctor.page.goto(`/patients/${patients.meera}`);
  const seen = card(doctor.page, 'Problems').getByRole('listitem').filter({ hasText: 'Migraine' });
  await seen.getByText('told by the patient').waitFor();
  await seen.getByText('Signed by Meera Kulkarni, checked by you').waitFor();
});

test('anybody can check the receipt without an account; a changed one is refused', async () => {
  const { context, page } = await visitor(browser, hospital.url);
  await page.goto('/verify');
  const drop = async (text: string) =>
    page
      .locator('input[type=file]')
      .setInputFiles({ name: 'receipt.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  const outcome = page.getByRole('region', { name: 'Outcome' });
  await drop(receipt);
  await outcome.getByText('The receipt is good').waitFor();
  await drop(tampered(receipt));
  await outcome.getByText('This does not hold').waitFor();
  await context.close();
});

/** The same receipt for another commitment: one digit differs. */
function tampered(text: string): string {
  const value = JSON.parse(text) as { commitment: string };
  const digit = value.commitment.endsWith('0') ? '1' : '0';
  return JSON.stringify({ ...value, commitment: value.commitment.slice(0, -1) + digit });
}

test('who saw my record is one click away and lists the practitioner, proved by the patient’s own browser', async () => {
  const { page } = patient;
  await page.goto('/me');
  await page.getByRole('link', { name: 'Who saw' }).click();
  await page.getByRole('heading', { name: DOCTOR.name }).first().waitFor();
  await page.getByText(/^(Complete up to|The list is whole)/).waitFor();
  await page.getByText('How my browser knows').click();
  await page.getByText(/It added up/).waitFor();
  assert.equal(await page.getByText('The name shown does not open the seal').count(), 0);
});

test('no page of these journeys threw', () => {
  assert.deepEqual([...desk.faults, ...patient.faults, ...doctor.faults], []);
});
