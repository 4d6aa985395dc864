/** A patient without a device: the desk keeps the key and writes, marked so; a code hands it over, and the patient says what was theirs. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { buildWeb } from '../build-web.ts';
import { violationsOn } from './axe.fixture.ts';
import { type Hospital, Hospitals } from './hospital.fixture.ts';
import { launchBrowser } from './launch.ts';
import { claimRecord, enrol, openInRegistry, type Visitor, visitor } from './person.fixture.ts';

const DESK = { name: 'Farida Shaikh', password: 'saffron-lantern-harbour-930' };
const MEERA = { email: 'meera.kulkarni@mail.example', password: 'sparrow-marigold-temple-918' };
const NAME = 'Meera Kulkarni';
const MARK = `Signed by the hospital in custody for ${NAME}, desk: ${DESK.name}`;

let browser: Browser;
let hospitals: Hospitals;
let hospital: Hospital;
let desk: Visitor;
let patient: Visitor;
let code = '';

before(async () => {
  await buildWeb();
  hospitals = new Hospitals();
  [browser, hospital] = await Promise.all([launchBrowser(), hospitals.found('City Hospital')]);
  await hospital.importPeople();
  [desk, patient] = await Promise.all([visitor(browser, hospital.url), visitor(browser, hospital.url)]);
  await enrol(desk.page, hospital.enrolPath, DESK);
});

after(async () => {
  await browser?.close();
  await hospitals?.close();
});

test('the desk looks at papers, keeps the key, and writes what the patient says', async () => {
  const { page } = desk;
  await openInRegistry(page, MEERA.email, NAME);
  const custody = page.getByRole('region', { name: 'Key in custody' });
  await custody.getByRole('button', { name: 'Papers checked: keep the key' }).click();
  await custody.getByText('This is needed.').waitFor();
  await custody.getByLabel('What was shown').fill('Passport, photo compared');
  assert.deepEqual(await violationsOn(page), []);
  await custody.getByRole('button', { name: 'Papers checked: keep the key' }).click();
  await custody.getByText('The hospital keeps this person’s key').waitFor();
  await custody.getByRole('button', { name: `Write for ${NAME}` }).click();
  await custody.getByLabel('Town').fill('Nashik');
  await custody.getByRole('textbox', { name: 'Illness 1' }).fill('Hay fever since school');
  await custody.getByRole('textbox', { name: 'Illness 2' }).fill('Smokes twenty a day');
  assert.deepEqual(await violationsOn(page), []);
  await custody.getByRole('button', { name: 'Seal and sign in custody' }).click();
  await custody.getByText(`Sealed and signed in custody for ${NAME}.`).waitFor();
  assert.deepEqual(await violationsOn(page), []);
});

test('the registry shows the custody, and a slip with a code hands it over in the patient’s own browser', async () => {
  const { page } = desk;
  await openInRegistry(page, MEERA.email, NAME);
  await page.getByRole('button', { name: 'Make a claim code' }).click();
  code = (await page.locator('.issued-code').textContent()) ?? '';
  await page.getByRole('dialog').getByRole('button', { name: 'Print' }).waitFor();
  await page.goto('/registry');
  await page.getByRole('row').filter({ hasText: NAME }).getByText('Key in custody').waitFor();
  assert.deepEqual(await violationsOn(page), []);
  await claimRecord(patient.page, code, MEERA);
  await page.reload();
  const row = page.getByRole('row').filter({ hasText: NAME });
  await row.getByText('Has an account').waitFor();
  assert.equal(await row.getByText('Key in custody').count(), 0);
  await openInRegistry(page, MEERA.email, NAME);
  assert.equal(await page.getByRole('region', { name: 'Key in custody' }).count(), 0, 'there is no taking it back');
});

test('the patient sees what was signed in custody, says which was theirs, and what is left stays', async () => {
  const { page } = patient;
  const review = page.getByRole('region', { name: 'Written for you at the desk' });
  await review.getByText('3 entries were signed').waitFor();
  await page.getByText(MARK).first().waitFor();
  assert.deepEqual(await violationsOn(page), []);
  const itemOf = (words: string) => review.getByRole('listitem').filter({ hasText: words });
  await itemOf('Hay fever since school').getByRole('button', { name: 'Yes, that was me' }).click();
  await review.getByText('2 entries were signed').waitFor();
  const problem = page.getByRole('listitem').filter({ hasText: 'Hay fever since school' });
  await problem.getByText(`Signed by ${NAME}, checked by you`).waitFor();
  await problem.getByText(MARK).waitFor();
  await itemOf('Smokes twenty a day').getByRole('button', { name: 'I don’t recognise this' }).click();
  assert.deepEqual(await violationsOn(page), []);
  await page.getByRole('dialog').getByRole('button', { name: 'Say it, and seal it' }).click();
  await itemOf('Smokes twenty a day').waitFor({ state: 'hidden' });
  await page.reload();
  await review.getByText('one entry was signed').waitFor();
  await itemOf('Nashik').waitFor();
  assert.ok(await itemOf('Nashik').getByRole('button', { name: 'Yes, that was me' }).isDisabled(), 'no key, no word');
  assert.equal(await itemOf('Smokes twenty a day').count(), 0);
  assert.deepEqual([...desk.faults, ...patient.faults], []);
});
