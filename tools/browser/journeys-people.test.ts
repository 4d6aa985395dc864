/** The desk at work on accounts, and people who come back to theirs: closed and opened again, forgotten and recovered. */
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

test('a forgotten password: the link comes by mail, works once, and needs the words', async () => {
  const demo = await hospitals.found('Demo Hospital', { demo: true });
  const { page, faults } = await visitor(browser, demo.url);
  const words = await enrol(page, demo.enrolPath, DESK);
  await page.context().clearCookies();
  await page.goto('/sign-in');
  await page.getByRole('link', { name: 'Password forgotten?' }).click();
  await page.getByRole('heading', { name: 'Password forgotten', exact: true }).waitFor();
  await page.getByLabel('E-mail').fill('nobody@city.example');
  await page.getByRole('button', { name: 'Send me the link' }).click();
  await page.getByText('If nobody@city.example has an account here').waitFor();
  await page.getByLabel('E-mail').fill('desk@city.example');
  await page.getByRole('button', { name: 'Send it again' }).click();
  await page.getByText('If desk@city.example has an account here').waitFor();
  assert.deepEqual(await violationsOn(page), []);
  await page.getByRole('link', { name: 'To the mailbox of the demo' }).click();
  await page.getByRole('heading', { name: 'Mailbox of the demo' }).waitFor();
  const letters = page.locator('.letters li');
  await letters.first().waitFor();
  assert.equal(await letters.count(), 1, 'nobody@city.example got none');
  assert.deepEqual(await violationsOn(page), []);
  const link = (await letters.getByRole('link').getAttribute('href')) ?? '';
  const recover = async (list: readonly string[]) => {
    await page.goto('/');
    await page.goto(link);
    await page.getByLabel('Your 24 recovery words').fill(list.join(' '));
    await page.getByLabel('New password').fill(ANIL.password);
    await page.getByRole('button', { name: 'Set the new password' }).click();
  };
  await recover(words.toReversed());
  await page.getByText('These words and this address do not belong together.').waitFor();
  assert.deepEqual(await violationsOn(page), []);
  await recover(words);
  await page.getByRole('heading', { name: 'Registry' }).waitFor();
  await recover(words);
  await page.getByText('This code is not valid').waitFor();
  await page.goto('/mailbox');
  await page.getByRole('heading', { name: 'Demo Hospital: password changed' }).waitFor();
  await page.context().close();
  assert.deepEqual(faults, []);
});

test('no page of these journeys threw', () => {
  assert.deepEqual([...desk.faults, ...anil.faults], []);
});
