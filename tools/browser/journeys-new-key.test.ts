/** Password and words are lost: the desk writes down what was shown, a slip leads to a new key, and the old one can stop it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { buildWeb } from '../build-web.ts';
import { violationsOn } from './axe.fixture.ts';
import { type Hospital, Hospitals } from './hospital.fixture.ts';
import { launchBrowser } from './launch.ts';
import { enrol, keepRecoveryWords, type Visitor, visitor } from './person.fixture.ts';

const DESK = { name: 'Farida Shaikh', password: 'saffron-lantern-harbour-930' };
const ANIL = { name: 'Anil Deshpande', email: 'anil@city.example', password: 'copper-monsoon-kettle-551' };
const NEW_PASSWORD = 'banyan-velvet-orchard-402';

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

test('the desk makes a slip, a new key is made with it, and the device of its owner shows and stops it', async () => {
  const { page } = desk;
  await page.goto('/registry');
  await page.getByText('Staff', { exact: true }).click();
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Administrator', { exact: true }).click();
  await dialog.getByLabel('Name').fill(ANIL.name);
  await dialog.getByLabel('E-mail').fill(ANIL.email);
  await dialog.getByRole('button', { name: 'Make the invitation' }).click();
  const invitation = (await dialog.locator('.issued-code').textContent()) ?? '';
  await enrol(anil.page, `/enrol#${invitation}`, { password: ANIL.password });
  await page.goto('/registry');
  await page.getByText('Staff', { exact: true }).click();
  const line = page.getByRole('listitem').filter({ hasText: ANIL.email });
  await line.getByRole('button', { name: 'Lost key' }).click();
  await dialog.getByLabel('What was shown').fill('Passport, photo compared');
  assert.deepEqual(await violationsOn(page), []);
  await dialog.getByRole('button', { name: 'Papers checked: make the slip' }).click();
  const slip = (await dialog.locator('.issued-code').textContent()) ?? '';
  const elsewhere = await visitor(browser, hospital.url);
  await elsewhere.page.goto(`/new-key#${slip}`);
  await elsewhere.page.getByLabel('New password').fill(NEW_PASSWORD);
  assert.deepEqual(await violationsOn(elsewhere.page), []);
  await elsewhere.page.getByRole('button', { name: 'Make my new key' }).click();
  await elsewhere.page.getByText('unless the old key says no').waitFor();
  await keepRecoveryWords(elsewhere.page, 'Go on');
  await anil.page.reload();
  await anil.page.getByText('Was it not you? Stop it.').waitFor();
  const banner = await anil.page.locator('.new-key-banner').boundingBox();
  assert.ok((banner?.y ?? Infinity) < 100, 'it stands above the page');
  assert.deepEqual(await violationsOn(anil.page), []);
  await anil.page.getByRole('button', { name: 'Stop the new key' }).click();
  const veto = anil.page.getByRole('dialog');
  await veto.getByLabel('Password', { exact: true }).fill(ANIL.password);
  assert.deepEqual(await violationsOn(anil.page), []);
  await veto.getByRole('button', { name: 'Stop it' }).click();
  await anil.page.getByText('Was it not you? Stop it.').waitFor({ state: 'hidden' });
  await elsewhere.context.close();
  assert.deepEqual([...desk.faults, ...anil.faults, ...elsewhere.faults], []);
});
