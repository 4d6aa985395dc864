/** Five tasks without a mouse: only keys are pressed, and what is pressed must have been reached by Tab, arrows or a shortcut. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { buildWeb } from '../build-web.ts';
import { bookArrived, type Clinic, DOCTOR, MEERA, openClinic } from './clinic.fixture.ts';
import { visitor } from './person.fixture.ts';

/** Stops from the top of a page to its last control; beyond it the focus goes in circles. */
const TABS_AT_MOST = 120;

let clinic: Clinic;

before(async () => {
  await buildWeb();
  clinic = await openClinic(DOCTOR);
  await bookArrived(clinic);
});

after(async () => {
  await clinic?.close();
});

/** Moves by Tab until the wanted element has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  // A chip is an input that is reached though it is not seen itself.
  await target.waitFor({ state: 'attached' });
  for (let pressed = 0; pressed < TABS_AT_MOST; pressed++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`${target.toString()} is not reached by keyboard`);
}

async function press(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

async function type(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.type(text);
}

test('a patient signs in', async () => {
  const { context, page } = await visitor(clinic.browser, clinic.hospital.url);
  await page.goto('/');
  await press(page, page.getByRole('banner').getByRole('link', { name: 'Sign in' }));
  await type(page, page.getByLabel('E-mail'), MEERA.email);
  await type(page, page.getByLabel('Password', { exact: true }), MEERA.password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /Meera$/, level: 1 }).waitFor();
  await context.close();
});

test('a patient books a visit by a symptom and own words', async () => {
  const { page } = clinic.patient;
  await press(page, page.getByRole('link', { name: 'Book', exact: true }));
  await press(page, page.getByRole('checkbox', { name: 'Cough', exact: true }), 'Space');
  await type(page, page.getByLabel('In your own words'), 'Since the weekend');
  const times = page.getByRole('group', { name: /^Times with/ }).getByRole('button', { name: /^\d\d:\d\d$/ });
  await press(page, times.first());
  await press(page, page.getByRole('button', { name: 'Book this visit' }));
  await page.getByRole('heading', { name: 'Your visit is booked' }).waitFor();
});

test('a practitioner goes to a patient with a shortcut, writes the note, and seals and signs it', async () => {
  const { page } = clinic.doctor;
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find a person, a page or an action' }).waitFor();
  await page.keyboard.type('kul mee');
  await page.getByRole('option', { name: 'Meera Kulkarni' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Meera Kulkarni', level: 1 }).waitFor();
  const panel = page.getByRole('complementary', { name: 'This visit' });
  await type(page, panel.getByRole('textbox', { name: 'Note' }), 'Tight chest on two flights of stairs.');
  await press(page, panel.getByRole('button', { name: 'Finish & seal' }));
  await press(page, page.getByRole('dialog').getByRole('button', { name: 'Seal and sign' }));
  await panel.getByText('Signed by you').waitFor();
});

test('the desk enters a new patient and makes the claim code', async () => {
  const { page } = clinic.desk;
  // The slip of the invitation still lies open.
  await page.keyboard.press('Escape');
  await page.locator('button:focus', { hasText: 'Invite somebody' }).waitFor();
  await press(page, page.getByRole('radio', { name: 'Staff' }), 'ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await press(page, page.getByRole('button', { name: 'New patient' }));
  const dialog = page.getByRole('dialog');
  await type(page, dialog.getByLabel('Given name'), 'Asha');
  await type(page, dialog.getByLabel('Family name'), 'Nene');
  await type(page, dialog.getByLabel('Born on'), '02111990');
  await type(page, dialog.getByLabel('Gender'), 'w');
  await press(page, dialog.getByLabel('Make a claim code at once'), 'Space');
  await press(page, dialog.getByRole('button', { name: 'Add the patient' }));
  await dialog.locator('.issued-code').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
});

test('a patient finds who saw the record and how the browser knows, and opens a receipt', async () => {
  const { page } = clinic.patient;
  await press(page, page.getByRole('navigation').getByRole('link', { name: 'Who saw' }));
  await page.getByRole('heading', { name: DOCTOR.name }).first().waitFor();
  await press(page, page.getByText('How my browser knows'));
  await page.getByText(/It added up/).waitFor();
  await press(page, page.getByRole('navigation').getByRole('link', { name: 'Home' }));
  await press(
    page,
    page
      .locator('main')
      .getByRole('link', { name: /^Checked by you/ })
      .first(),
  );
  await page.locator('.paper dl').waitFor();
});

test('no page of these journeys threw', () => {
  assert.deepEqual([...clinic.desk.faults, ...clinic.doctor.faults, ...clinic.patient.faults], []);
});
