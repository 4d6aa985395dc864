/** What was stored but not signed, because the second step was cut off: said plainly, and signed later as it stands. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { buildWeb } from '../build-web.ts';
import { book, type Clinic, DOCTOR, openClinic, openKeys } from './clinic.fixture.ts';

let clinic: Clinic;
let patients: Clinic['patients'];
let doctor: Clinic['doctor'];

before(async () => {
  await buildWeb();
  clinic = await openClinic(DOCTOR);
  ({ patients, doctor } = clinic);
  await book(clinic.hospital, DOCTOR, {
    patientId: patients.baldev,
    status: 'arrived',
    minutesFromNow: -30,
    reason: 'Cough',
  });
});

after(async () => {
  await clinic?.close();
});

const card = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true });
const panel = () => doctor.page.getByRole('complementary', { name: 'This visit' });

test('a visit whose signature was cut off says so, and is signed later as it stands', async () => {
  const { page } = doctor;
  await page.goto(`/patients/${patients.baldev}`);
  await openKeys(page, DOCTOR);
  await panel().getByRole('textbox', { name: 'Note' }).fill('Cough for a week.');
  await page.route('**/fhir/R4/Provenance', (route) =>
    route.request().method() === 'POST' ? route.abort() : route.fallback(),
  );
  await panel().getByRole('button', { name: 'Finish & seal' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Seal and sign' }).click();
  await panel().getByText('The visit is stored but not signed yet.').waitFor();
  await page.unroute('**/fhir/R4/Provenance');
  await page.reload();
  await panel()
    .getByText(/is stored but not signed yet/)
    .waitFor();
  await card(page, 'Visits').getByText('Not signed yet').waitFor();
  await openKeys(page, DOCTOR);
  await panel().getByRole('button', { name: 'Sign now' }).click();
  await card(page, 'Visits').getByText(`Signed by ${DOCTOR.name}, checked by you`).waitFor();
});

test('a correction whose signature was cut off says so, and is signed later as it stands', async () => {
  const { page } = doctor;
  await page.route('**/fhir/R4/Provenance', (route) =>
    route.request().method() === 'POST' ? route.abort() : route.fallback(),
  );
  await card(page, 'Visits').getByRole('button', { name: 'Correct the note' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Note' }).fill('Cough for two weeks.');
  await dialog.getByRole('textbox', { name: 'Why it is corrected' }).fill('He said so later');
  await dialog.getByRole('button', { name: 'Seal the correction' }).click();
  await card(page, 'Visits').getByText('Not signed yet').waitFor();
  await page.unroute('**/fhir/R4/Provenance');
  await page.reload();
  await panel()
    .getByText(/Your correction of the visit of .* is stored but not signed yet/)
    .waitFor();
  await panel().getByText('Cough for two weeks.').waitFor();
  await openKeys(page, DOCTOR);
  await panel().getByRole('button', { name: 'Sign now' }).click();
  await card(page, 'Visits').getByText('Not signed yet').waitFor({ state: 'detached' });
  const checked = card(page, 'Visits').getByText(`Signed by ${DOCTOR.name}, checked by you`);
  await checked.nth(1).waitFor();
  assert.equal(await checked.count(), 2);
});

test('no page of these journeys threw', () => {
  assert.deepEqual(doctor.faults, []);
});
