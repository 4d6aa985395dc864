/** The desk at work on accounts, and people who come back to theirs: closed and opened again. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { buildWeb } from '../build-web.ts';
import { violationsOn } from './axe.fixture.ts';
import { type Hospital, Hospitals } from './hospital.fixture.ts';
import { launchBrowser } from './launch.ts';
import { enrol, signIn, type Visitor, visitor } from './person.fixture.ts';

const DESK = { name: 'Farida Shaikh', password: 'saffron-lantern-harbour-930' };
const ANIL = { name: 'Anil Deshpande', email: 'anil@city.example', password: 'copper-monsoon-kettle-551' };

let browser: Browser;
let hospitals: Hospitals;
let hospital: Hospital;
let desk: Visitor;
let anil: Visitor;

before(async () => {
  await buildWeb();
  hospitals = new Hospitals();
  [browser, hospital] = await Promise.all([launchBrowser(), hospitals.found('City Hospital')]);
  [desk, anil] = await Promise.all([visitor(browser, hospital.url), visitor(browser, hospital.url)]);
  await enrol(desk.page, hospital.enrolPath, DESK);
});

after(async () => {
  await browser?.close();
  await hospitals?.close();
});

test('the desk invites a colleague, who takes up the invitation', async () => {
  const { page } = desk;
  await page.goto('/registry');
  await page.getByText('Staff', { exact: true }).click();
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Administrator', { exact: true }).click();
  await dialog.getByLabel('Name').fill(ANIL.name);
  await dialog.getByLabel('E-mail').fill(ANIL.email);
  await dialog.getByRole('button', { name: 'Make the invitation' }).click();
  const code = (await dialog.locator('.issued-code').textContent()) ?? '';
  await enrol(anil.page, `/enrol#${code}`, { password: ANIL.password });
});

test('an account closed by mistake is open again at once; one closed for a while is opened from the list', async () => {
  const { page } = desk;
  const close = async () => {
    const line = page
      .getByRole('region', { name: 'Accounts in use' })
      .getByRole('listitem')
      .filter({ hasText: ANIL.name });
    await line.getByRole('button', { name: 'Close' }).click();
    await line.getByRole('button', { name: 'Really close it' }).click();
    await page.getByText(`The account of ${ANIL.name} is closed.`).waitFor();
  };
  await page.goto('/registry');
  await page.getByText('Staff', { exact: true }).click();
  await close();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText(`The account of ${ANIL.name} is closed.`).waitFor({ state: 'hidden' });
  await signIn(anil.page, ANIL.email, ANIL.password);
  await close();
  const closed = page
    .getByRole('region', { name: 'Closed accounts' })
    .getByRole('listitem')
    .filter({ hasText: ANIL.name });
  await closed.getByText(`by ${DESK.name}`).waitFor();
  assert.deepEqual(await violationsOn(page), []);
  await anil.page.goto('/sign-in');
  await anil.page.getByLabel('E-mail').fill(ANIL.email);
  await anil.page.getByLabel('Password', { exact: true }).fill(ANIL.password);
  await anil.page.locator('form').getByRole('button', { name: 'Sign in' }).click();
  await anil.page.getByText('This account has been closed.').waitFor();
  await closed.getByRole('button', { name: 'Open again' }).click();
  await closed.waitFor({ state: 'hidden' });
  await signIn(anil.page, ANIL.email, ANIL.password);
});

test('no page of these journeys threw', () => {
  assert.deepEqual([...desk.faults, ...anil.faults], []);
});
