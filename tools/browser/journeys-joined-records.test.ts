/** One person, two records: the desk finds, compares and joins them, the patient reads both, and the desk takes them apart again. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { buildWeb } from '../build-web.ts';
import { violationsOn } from './axe.fixture.ts';
import { type Clinic, DOCTOR, fhir, openClinic } from './clinic.fixture.ts';

let clinic: Clinic;

before(async () => {
  await buildWeb();
  clinic = await openClinic(DOCTOR);
  const twin = {
    resourceType: 'Patient',
    active: true,
    name: [{ given: ['Meera'], family: 'Kulkarny' }],
    birthDate: '1985-03-14',
    gender: 'female',
  };
  const { id } = await fhir(clinic.hospital, 'POST', 'Patient', twin);
  const illness = {
    resourceType: 'Condition',
    code: { text: 'Malaria in 2011' },
    subject: { reference: `Patient/${String(id)}` },
  };
  await fhir(clinic.hospital, 'POST', 'Condition', illness);
});

after(async () => {
  await clinic?.close();
});

test('two records that look like one person are compared and joined, with a reason and only once that is confirmed', async () => {
  const { page } = clinic.desk;
  await page.goto('/registry');
  await page.getByText('At the desk', { exact: true }).click();
  const section = page.getByRole('region', { name: 'Records that may be of one person' });
  await section.getByText('same birth date, similar name').waitFor();
  assert.deepEqual(await violationsOn(page), []);
  await section.getByRole('button', { name: 'Compare' }).click();
  const dialog = page.getByRole('dialog', { name: 'One person or two?' });
  await dialog.getByRole('cell', { name: '14 March 1985' }).first().waitFor();
  assert.deepEqual(await violationsOn(page), []);
  const join = dialog.getByRole('button', { name: 'Join the records' });
  await dialog.getByLabel('How do you know').fill('Same passport, shown twice');
  assert.ok(await join.isDisabled(), 'not before it is confirmed');
  await dialog.getByLabel('I have checked the papers').check();
  await join.click();
  await dialog.waitFor({ state: 'detached' });
  await section.getByText('No two records look like one person.').waitFor();
});

test('the patient reads both records and is told that they were joined', async () => {
  const { page } = clinic.patient;
  await page.goto('/me');
  await page.getByText('Two records of you are read as one').waitFor();
  await page.getByRole('region', { name: 'Problems', exact: true }).getByText('Malaria in 2011').waitFor();
  await page.goto('/me/accesses');
  await page.getByRole('heading', { name: 'From the record that was joined with yours' }).waitFor();
  await page
    .getByText(/^(Complete up to|The list is whole)/)
    .nth(1)
    .waitFor();
  assert.deepEqual(await violationsOn(page), []);
});

test('taken apart again, the other record is gone from the patient’s page', async () => {
  const { page } = clinic.desk;
  const section = page.getByRole('region', { name: 'Records that may be of one person' });
  await section.getByText('One decision, which can be taken back').click();
  await section.getByText('Meera Kulkarny was joined into Meera Kulkarni').waitFor();
  await section.getByRole('button', { name: 'Take apart' }).click();
  const dialog = page.getByRole('dialog', { name: 'Take the records apart' });
  await dialog.getByText('stays with Meera Kulkarni').waitFor();
  await dialog.getByLabel('Why are they two people?').fill('Cousins of one day');
  await dialog.getByRole('button', { name: 'Take apart' }).click();
  await dialog.waitFor({ state: 'detached' });
  await section.getByRole('button', { name: 'Compare' }).waitFor();
  const { page: own } = clinic.patient;
  await own.goto('/me');
  await own.getByRole('region', { name: 'Problems', exact: true }).getByRole('listitem').first().waitFor();
  assert.equal(await own.getByText('Malaria in 2011').count(), 0);
});

test('no page of these journeys threw', () => {
  assert.deepEqual([...clinic.desk.faults, ...clinic.patient.faults], []);
});
