/** Today and the visit: the list, the note, finish & seal with the practitioner's own signature, and the patient who checks it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { buildWeb } from '../build-web.ts';
import { book, type Clinic, DOCTOR, openClinic, openKeys } from './clinic.fixture.ts';
import { Clicks } from './clicks.fixture.ts';

const NOTE = 'Tight chest on two flights of stairs for ten days, gone in three minutes of rest.';
/** The page also asks every 30 seconds: sooner than that it is the stream of events that told it. */
const BY_ITSELF_WITHIN_MS = 20_000;

let clinic: Clinic;
let hospital: Clinic['hospital'];
let patients: Clinic['patients'];
let patient: Clinic['patient'];
let doctor: Clinic['doctor'];

before(async () => {
  await buildWeb();
  clinic = await openClinic(DOCTOR);
  ({ hospital, patients, patient, doctor } = clinic);
});

after(async () => {
  await clinic?.close();
});

const card = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true });
const panel = () => doctor.page.getByRole('complementary', { name: 'This visit' });

test('an appointment appears on the list of today by itself; who has arrived is next, with what to prepare', async () => {
  const { page } = doctor;
  await page.getByText('Nobody is booked for today').waitFor();
  await book(hospital, DOCTOR, { patientId: patients.baldev, status: 'booked', minutesFromNow: -30, reason: 'Cough' });
  await book(hospital, DOCTOR, {
    patientId: patients.meera,
    status: 'arrived',
    minutesFromNow: -20,
    reason: 'Tight chest on stairs',
  });
  const next = page.getByRole('region', { name: 'To prepare: Meera Kulkarni' });
  await next.getByText('Tight chest on stairs', { exact: true }).waitFor({ timeout: BY_ITSELF_WITHIN_MS });
  await next.getByText('Type 2 diabetes').waitFor();
  await next.getByText(/Aspirin/).waitFor();
  assert.deepEqual(await page.locator('.today-list b').allTextContents(), ['Baldev Singh', 'Meera Kulkarni']);
});

test('a note is finished and sealed in two clicks, signed by the practitioner, final, and checked', async () => {
  const { page } = doctor;
  await page.getByRole('link', { name: 'Start the visit' }).click();
  await panel().getByRole('button', { name: 'SOAP' }).click();
  assert.match(await panel().getByRole('textbox', { name: 'Note' }).inputValue(), /Assessment:/);
  await panel().getByRole('textbox', { name: 'Note' }).fill(NOTE);
  await panel()
    .getByText(/Draft kept/)
    .waitFor();
  const clicks = new Clicks();
  await clicks.press(panel().getByRole('button', { name: 'Finish & seal' }));
  await clicks.press(page.getByRole('dialog').getByRole('button', { name: 'Seal and sign' }));
  assert.equal(clicks.count, 2, 'the budget of finish & seal');
  await panel().getByText('Signed by you').waitFor();
  await panel().getByText('Checked by you', { exact: true }).waitFor();
  assert.equal(await panel().locator('li.done').count(), 5);
  const visits = card(page, 'Visits');
  await visits.getByText(NOTE).waitFor();
  await visits.getByText(`Signed by ${DOCTOR.name}, checked by you`).waitFor();
});

test('the list of today shows the visit as done', async () => {
  await doctor.page.getByRole('link', { name: 'Today' }).click();
  await doctor.page
    .getByRole('button', { name: /Meera Kulkarni/ })
    .getByText('Done')
    .waitFor();
});

test('the patient reads the note and checks who signed it, in a browser of their own', async () => {
  const { page } = patient;
  await page.goto('/me');
  const visits = card(page, 'Visits');
  await visits.getByText(NOTE).waitFor();
  await visits.scrollIntoViewIfNeeded();
  await visits.getByText(`Signed by ${DOCTOR.name}, checked by you`).waitFor();
});

test('an allergy warning fires as a favourite is chosen, and nothing is sealed before it is answered', async () => {
  const { page } = doctor;
  await page.goto('/today');
  await page.getByRole('button', { name: /Meera Kulkarni/ }).click();
  await page.getByRole('link', { name: 'Open the chart' }).click();
  await openKeys(page, DOCTOR);
  await panel()
    .getByRole('button', { name: /^Aspirin 75 mg/ })
    .click();
  await panel().getByText('Allergic to this: Aspirin').waitFor();
  await panel().getByText('One warning needs your answer first').waitFor();
  const finish = panel().getByRole('button', { name: 'Finish & seal' });
  assert.ok(await finish.isDisabled());
  await panel().getByRole('button', { name: 'Keep, give a reason' }).click();
  await panel().getByLabel('Why it is given all the same').fill('Tolerated under watch in 2024');
  assert.ok(!(await finish.isDisabled()), 'a reason goes past it');
  await panel().getByRole('button', { name: 'Remove Aspirin 75 mg' }).click();
  await panel().getByText('Allergic to this').waitFor({ state: 'detached' });
});

test('a medicine in words that no table knows is loudly not checked', async () => {
  await panel().getByRole('button', { name: 'Add a medicine' }).click();
  await panel().getByLabel('Medicine, by name or brand').fill('Grandmother drops');
  await panel()
    .getByRole('button', { name: /in words/ })
    .click();
  await panel().getByText('This medicine is in none of our tables: Grandmother drops').waitFor();
  await panel().getByRole('button', { name: 'Cancel' }).click();
});

test('an allergy is recorded in four clicks, and counts at once for the medicines of the same visit', async () => {
  const clicks = new Clicks();
  await clicks.press(panel().getByRole('button', { name: 'Add an allergy' }));
  await panel().getByLabel('Or another substance').fill('azithro');
  await clicks.press(panel().getByRole('button', { name: /^Azithromycin/ }));
  await clicks.press(panel().getByRole('button', { name: 'Rash', exact: true }));
  await clicks.press(panel().getByRole('button', { name: 'Mild', exact: true }));
  assert.ok(clicks.count <= 4, String(clicks.count));
  await panel().getByRole('button', { name: 'Add a medicine' }).click();
  await panel().getByLabel('Medicine, by name or brand').fill('clarithro');
  await panel()
    .getByRole('button', { name: /^Clarithromycin/ })
    .first()
    .click();
  await panel().getByText('Same group as a known allergy: Azithromycin').waitFor();
  await panel().getByRole('button', { name: 'Cancel' }).click();
  await panel().getByRole('button', { name: 'Remove Azithromycin' }).click();
  await panel().getByRole('button', { name: 'Add an allergy' }).click();
  await panel().getByRole('button', { name: 'Latex' }).click();
  await panel().getByRole('button', { name: 'Rash', exact: true }).click();
  await panel().getByRole('button', { name: 'Severe', exact: true }).click();
});

test('diagnosis, vital signs and orders are taken up beside it, and a slip of the hand is not sealed', async () => {
  await panel().getByRole('button', { name: 'Add a diagnosis' }).click();
  await panel().getByLabel('Diagnosis, by name or code').fill('angina on');
  await panel()
    .getByRole('button', { name: /^Angina on effort/ })
    .click();
  await panel().getByText('ICD-10 I20.8').waitFor();
  await panel().getByLabel('suspected').check();
  await panel().getByRole('button', { name: 'Add a diagnosis' }).click();
  await panel().getByLabel('Diagnosis, by name or code').fill('Worried about stairs');
  await panel()
    .getByRole('button', { name: /in words/ })
    .click();
  await panel().getByText('without a code').waitFor();
  await panel().getByRole('button', { name: 'Electrocardiogram (ECG)' }).click();
  const finish = panel().getByRole('button', { name: 'Finish & seal' });
  await panel().getByLabel('Upper pressure').fill('1380');
  await panel().getByText('This cannot be.').waitFor();
  assert.ok(await finish.isDisabled());
  await panel().getByLabel('Upper pressure').fill('138');
  await panel().getByText('A blood pressure needs both values.').waitFor();
  await panel().getByLabel('Lower pressure').fill('86');
  await panel().getByText('Above the usual range').first().waitFor();
  assert.ok(!(await finish.isDisabled()));
});

test('a draft survives a reload sealed, and opens with the password; the device tells nothing of it', async () => {
  const { page } = doctor;
  await panel()
    .getByText(/Draft kept/)
    .waitFor();
  const stored = await page.evaluate(() => JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }));
  assert.match(stored, /clearchart\.sealed\./);
  for (const word of ['angina', 'Latex', patients.meera]) assert.ok(!stored.includes(word), word);
  await page.reload();
  await panel().getByRole('textbox', { name: 'Note' }).waitFor();
  assert.equal(await panel().getByText('Angina on effort').count(), 0);
  await openKeys(page, DOCTOR);
  await panel().getByText('Angina on effort').waitFor();
  assert.equal(await panel().getByLabel('Upper pressure').inputValue(), '138');
});

test('what is typed in the middle of a note stays in the middle', async () => {
  const note = panel().getByRole('textbox', { name: 'Note' });
  await note.fill('Pain on stairs.');
  await note.press('Home');
  await note.pressSequentially('No ', { delay: 20 });
  assert.equal(await note.inputValue(), 'No Pain on stairs.');
});

test('a new medicine is prescribed in eight clicks, a favourite in four, sealing included', async () => {
  const { page } = doctor;
  const fresh = new Clicks();
  await fresh.press(panel().getByRole('button', { name: 'Add a medicine' }));
  await panel().getByLabel('Medicine, by name or brand').fill('azithro');
  await fresh.press(
    panel()
      .getByRole('button', { name: /^Azithromycin/ })
      .first(),
  );
  await fresh.press(panel().getByRole('group', { name: 'Strength' }).getByRole('button', { name: '500 mg' }));
  await fresh.press(panel().getByRole('group', { name: 'Morning' }).getByRole('button', { name: '1-0-0' }));
  await fresh.press(panel().getByRole('group', { name: 'Days' }).getByRole('button', { name: '3', exact: true }));
  await fresh.press(panel().getByRole('button', { name: 'Add it' }));
  const favourite = new Clicks();
  await favourite.press(panel().getByRole('button', { name: /^Paracetamol 500 mg/ }));
  const sealing = new Clicks();
  await sealing.press(panel().getByRole('button', { name: 'Finish & seal' }));
  await sealing.press(page.getByRole('dialog').getByRole('button', { name: 'Seal and sign' }));
  assert.ok(fresh.count + sealing.count <= 8, `${fresh.count + sealing.count}`);
  assert.ok(favourite.count + sealing.count <= 4, `${favourite.count + sealing.count}`);
  await panel().getByText('Checked by you', { exact: true }).waitFor();
  await card(page, 'Medicines').getByText('Azithromycin 500 mg').waitFor();
  await card(page, 'Problems').getByText('Angina on effort').waitFor();
  await page
    .locator('.alerts')
    .getByText(/Latex: Rash/)
    .waitFor();
});

test('the patient finds the new medicines and the signature under them', async () => {
  const { page } = patient;
  await page.goto('/me');
  await card(page, 'Medicines').getByText('Azithromycin 500 mg').waitFor();
  await card(page, 'Visits').scrollIntoViewIfNeeded();
  const [newest] = await card(page, 'Visits').getByRole('listitem').all();
  await newest?.getByText(`Signed by ${DOCTOR.name}, checked by you`).waitFor();
});

test('a note is corrected with a reason and signed again; the version before stays to be read, also by the patient', async () => {
  const { page } = doctor;
  const visits = card(page, 'Visits');
  const first = visits.getByRole('listitem').filter({ hasText: NOTE });
  await first.getByRole('button', { name: 'Correct the note' }).click();
  const dialog = page.getByRole('dialog', { name: 'Correct the note' });
  const seal = dialog.getByRole('button', { name: 'Seal the correction' });
  await dialog.getByRole('textbox', { name: 'Note' }).fill(`${NOTE} Left arm too.`);
  assert.ok(await seal.isDisabled(), 'nothing is corrected without a reason');
  await dialog.getByLabel('Why it is corrected').fill('The arm was forgotten');
  await seal.click();
  await dialog.waitFor({ state: 'detached' });
  for (const reader of [page, patient.page]) {
    if (reader === patient.page) await reader.goto('/me');
    const list = card(reader, 'Visits');
    await list.getByText('Corrected: The arm was forgotten').first().waitFor();
    await list.getByText('All versions of this note').click();
    await list.getByText('Version 1').waitFor();
    await list.getByText('Left arm too.').first().waitFor();
  }
});

test('a diagnosis is taken back with a reason, and no longer stands among the problems', async () => {
  const { page } = doctor;
  await card(page, 'Visits').getByRole('button', { name: 'Take back' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Take back a diagnosis' });
  await dialog.getByLabel('Why it is corrected').fill('The test was normal');
  await dialog.getByRole('button', { name: 'Seal the correction' }).click();
  await card(page, 'Visits').getByText('was taken back').waitFor();
});

test('the patient shows a prescription with the code that checks it', async () => {
  const { page } = patient;
  await page.getByRole('button', { name: 'Show the prescription of Azithromycin 500 mg' }).click();
  const dialog = page.getByRole('dialog', { name: 'Prescription' });
  await dialog.getByRole('img', { name: 'Code to check this prescription' }).waitFor();
  await dialog.getByText('Checked by you', { exact: true }).waitFor();
});

test('no page of these journeys threw', () => {
  assert.deepEqual([...clinic.desk.faults, ...patient.faults, ...doctor.faults], []);
});
