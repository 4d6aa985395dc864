/** One person with an account at each of two hospitals links them: two processes, two pages, the keys of both. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { buildWeb } from '../build-web.ts';
import { ProcessNetwork } from '../network/network.fixture.ts';
import type { NodeProcess } from '../network/processes.fixture.ts';
import { violationsOn } from './axe.fixture.ts';
import { launchBrowser } from './launch.ts';
import { enrolDesk, visitorAt } from './network.fixture.ts';
import { claimRecord, issueClaimCode, signIn, type Visitor } from './person.fixture.ts';

const ADA = { family: 'Lovelace', email: 'ada@mail.example' };
/** As a person does who was told not to use one password twice. */
const PASSWORDS = ['sparrow-marigold-temple-918', 'velvet-banyan-copper-371'];

let browser: Browser;
let network: ProcessNetwork;
let ada: Visitor;
const [ash, birch] = [0, 1].map((index) => () => network.node(index)) as [() => NodeProcess, () => NodeProcess];

before(async () => {
  await buildWeb();
  network = await ProcessNetwork.found(2);
  browser = await launchBrowser();
  ada = await visitorAt(browser, ash());
  for (const [index, node] of [ash(), birch()].entries()) await accountAt(node, PASSWORDS[index] as string);
});

after(async () => {
  await browser?.close();
  await network?.close();
});

/** The desk knows her, and she takes over her record with the code of the slip. */
async function accountAt(node: NodeProcess, password: string): Promise<void> {
  const body = {
    resourceType: 'Patient',
    name: [{ family: ADA.family, given: ['Ada'] }],
    birthDate: '1990-12-10',
    gender: 'female',
  };
  const { status } = await node.request('/fhir/R4/Patient', { method: 'POST', body });
  assert.equal(status, 201);
  const desk = await visitorAt(browser, node);
  await enrolDesk(desk.page, node);
  const code = await issueClaimCode(desk.page, ADA.family, ADA.family);
  await desk.context.close();
  const at = await visitorAt(browser, node);
  await claimRecord(at.page, code, { email: ADA.email, password });
  await at.context.close();
}

/** All that a page of this hospital asks, with what it sends. */
function requestsOf(page: Page, node: NodeProcess): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith(node.url)) asked.push(`${request.url()} ${request.postData() ?? ''}`);
  });
  return asked;
}

/** Who she is at the hospital whose pages these are, as its node tells it. */
async function pseudonymAt(page: Page): Promise<string> {
  const answer: { session: { pseudonym: string } } = await page.evaluate(async () =>
    (await fetch('/api/session')).json(),
  );
  return answer.session.pseudonym;
}

const card = (page: Page): Locator => page.getByRole('region', { name: 'My hospitals' });

async function confirm(page: Page, password: string, button: string): Promise<void> {
  await page.getByLabel('Your password here').fill(password);
  await page.getByRole('button', { name: button }).click();
}

async function signInOn(page: Page, password: string): Promise<void> {
  await page.getByLabel('E-mail').fill(ADA.email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.locator('form').getByRole('button', { name: 'Sign in' }).click();
}

test('an account is linked with the one at another hospital, back and forth, and both pages show it proved', async () => {
  const { page } = ada;
  const askedAsh = requestsOf(page, ash());
  const askedBirch = requestsOf(page, birch());
  await signIn(page, ADA.email, PASSWORDS[0] as string);
  await page.getByRole('button', { name: /Ada/ }).first().waitFor();
  await page.goto('/account');
  await card(page).getByRole('button', { name: 'Open my vault' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Password', { exact: true }).fill(PASSWORDS[0] as string);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  const atAsh = await pseudonymAt(page);
  await card(page).getByText('No account at another hospital is linked yet.').waitFor();
  assert.deepEqual(await card(page).getByLabel('You have an account at').locator('option').allTextContents(), [
    'Hospital Birch',
  ]);
  await card(page).getByRole('button', { name: 'Link that account' }).click();
  await card(page).getByRole('link', { name: 'Go to Hospital Birch' }).click();

  await page.waitForURL(`${birch().url}/account/link`);
  await page.getByText('Sign in here first.').waitFor();
  await signInOn(page, PASSWORDS[1] as string);
  await page.getByText('Hospital Ash asks to be linked').waitFor();
  const atBirch = await pseudonymAt(page);
  assert.deepEqual(await violationsOn(page), []);
  await confirm(page, 'not-the-password-000', 'Yes, both are mine: link them');
  await page.getByText('E-mail and password do not belong together.').waitFor();
  await confirm(page, PASSWORDS[1] as string, 'Yes, both are mine: link them');
  await page.getByRole('link', { name: 'Back to Hospital Ash' }).click();

  await page.waitForURL(`${ash().url}/account/link`);
  await page.getByText('Hospital Birch has confirmed.').waitFor();
  await confirm(page, PASSWORDS[0] as string, 'Keep it in my vault');
  await page.getByText('Linked. Both vaults have it now.').waitFor();
  await page.getByRole('link', { name: 'To my account' }).click();
  await card(page).getByRole('link', { name: 'Open the page of Hospital Birch' }).waitFor();
  await card(page)
    .getByText(/^Both keys signed it, and on .* both were yours on the ledger$/)
    .waitFor();
  assert.deepEqual(await violationsOn(page), []);
  assert.deepEqual(ada.faults, []);
  // Neither hospital is asked about, or told, who she is at the other.
  assert.ok(
    askedAsh.some((one) => one.includes(atAsh)),
    'the own one is asked about',
  );
  assert.deepEqual(
    askedAsh.filter((one) => one.includes(atBirch)),
    [],
  );
  assert.ok(askedBirch.some((one) => one.includes(atBirch)));
  assert.deepEqual(
    askedBirch.filter((one) => one.includes(atAsh)),
    [],
  );
});

test('the other hospital shows it too, on another device with the password of there', async () => {
  const { page, context } = await visitorAt(browser, birch());
  await page.goto('/account/link');
  await page.getByRole('link', { name: 'Sign in' }).last().click();
  await signInOn(page, PASSWORDS[1] as string);
  await page.waitForURL(/\/me$/);
  await page.getByRole('button', { name: /Ada/ }).click();
  await page.getByRole('menuitem', { name: 'Account' }).click();
  await card(page).getByRole('link', { name: 'Open the page of Hospital Ash' }).waitFor();
  await card(page)
    .getByText(/^Both keys signed it, and on .* both were yours on the ledger$/)
    .waitFor();
  await context.close();
});

test('what is no code, and a code for another page, are refused in plain words', async () => {
  const { page } = ada;
  await card(page).getByRole('button', { name: 'Link that account' }).click();
  const code = await card(page).getByLabel('Code', { exact: true }).inputValue();
  await card(page).getByRole('link', { name: 'I have a code from another hospital' }).click();
  await page.getByLabel('Paste the code').fill(code.slice(1));
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByText('This is no code of another hospital’s page. Copy it whole.').waitFor();
  await page.getByLabel('Paste the code').fill(code);
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByText('The code is for another hospital’s page, not for this one.').waitFor();
  assert.equal(await page.getByLabel('Your password here').count(), 0, 'no password is asked for');
});

test('a link is forgotten where that is asked, and stays in the other vault', async () => {
  const { page } = ada;
  await page.goBack();
  await card(page).getByRole('button', { name: 'Forget the link with Hospital Birch' }).click();
  const dialog = page.getByRole('dialog', { name: 'Forget the link with Hospital Birch?' });
  await dialog.getByLabel('Your password here').fill(PASSWORDS[0] as string);
  await dialog.getByRole('button', { name: 'Forget' }).click();
  await card(page).getByText('No account at another hospital is linked yet.').waitFor();
  assert.deepEqual(ada.faults, []);
});
