/** A person's account over its life: made alone, ended elsewhere, forgotten and recovered, in two languages. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { buildWeb } from '../build-web.ts';
import { type Hospital, Hospitals } from './hospital.fixture.ts';
import { launchBrowser } from './launch.ts';
import { enrol, keepRecoveryWords, signIn, type Visitor, visitor } from './person.fixture.ts';

const DESK = { name: 'Farida Shaikh', email: 'desk@city.example', password: 'saffron-lantern-harbour-930' };
const ASHA = { email: 'asha.nene@mail.example', password: 'sparrow-marigold-temple-918' };
const NEW_PASSWORD = 'banyan-velvet-orchard-402';
/** What the interface promises for registering. */
const REGISTER_FIELDS = 9;

let browser: Browser;
let hospitals: Hospitals;
let hospital: Hospital;
let desk: Visitor;
let asha: Visitor;
let words: string[];
let deskNumber: string;

before(async () => {
  await buildWeb();
  hospitals = new Hospitals();
  [browser, hospital] = await Promise.all([launchBrowser(), hospitals.found('City Hospital')]);
  [desk, asha] = await Promise.all([visitor(browser, hospital.url), visitor(browser, hospital.url)]);
  await enrol(desk.page, hospital.enrolPath, { name: DESK.name, password: DESK.password });
});

after(async () => {
  await browser?.close();
  await hospitals?.close();
});

test('somebody new registers with nine fields in three steps, and waits for the desk', async () => {
  const { page } = asha;
  await page.goto('/register');
  await page.getByRole('button', { name: 'I am new here' }).click();
  let fields = 0;
  const fill = async (values: Record<string, string>) => {
    for (const [label, value] of Object.entries(values)) {
      await page.getByLabel(label).fill(value);
      fields += 1;
    }
  };
  await fill({ 'Given name': 'Asha', 'Family name': 'Nene', 'Born on': '1990-02-11' });
  await page.getByLabel('Gender').selectOption('female');
  fields += 1;
  await page.getByRole('button', { name: 'Go on' }).click();
  await fill({ 'E-mail': ASHA.email, Mobile: '+91 00000 11111', 'House and street': '3 Hill Road', Town: 'Pune' });
  await page.getByRole('button', { name: 'Go on' }).click();
  await fill({ 'New password': ASHA.password });
  assert.equal(fields, REGISTER_FIELDS);
  assert.equal(await page.locator('form input:visible').count(), 1);
  await page.getByRole('button', { name: 'Make my account' }).click();
  words = await keepRecoveryWords(page, 'Go on');
  await page.getByText('The desk will check who you are').waitFor();
  deskNumber = (await page.getByText('Your number for the desk').locator('b').textContent()) ?? '';
});

test('the desk confirms the papers, and the record is there', async () => {
  await desk.page.goto('/registry');
  await desk.page.getByText('At the desk (1)').click();
  const line = desk.page.getByRole('listitem').filter({ hasText: 'Asha Nene' });
  const confirm = line.getByRole('button', { name: 'Papers seen: confirm' });
  assert.equal(await confirm.isDisabled(), true);
  const number = line.getByRole('textbox', { name: 'Number that the person says' });
  await number.fill(deskNumber.startsWith('0') ? '100000' : '000000');
  await confirm.click();
  await line.getByText('This is not the number of this registration').waitFor();
  await number.fill(deskNumber);
  await confirm.click();
  await desk.page.getByText('Nobody waits').waitFor();
  await asha.page.reload();
  await asha.page.getByRole('heading', { name: /Asha$/, level: 1 }).waitFor();
});

test('a session ended from another device in the middle of a form is taken up again in place, and the form is kept', async () => {
  const { page } = asha;
  await page.goto('/me/profile');
  await page.getByLabel('House and street').fill('9 Lake View');
  await page.getByRole('button', { name: 'Review one change' }).click();
  const elsewhere = await visitor(browser, hospital.url);
  await signIn(elsewhere.page, ASHA.email, ASHA.password);
  await elsewhere.page.goto('/account');
  const endThere = elsewhere.page.getByRole('button', { name: 'Sign out there' });
  await endThere.click();
  await endThere.waitFor({ state: 'hidden' });
  await elsewhere.context.close();
  const dialog = page.getByRole('dialog', { name: 'Please sign in' });
  // Told by what is pressed, unless the page has asked by itself meanwhile and is covered already.
  if (!(await dialog.isVisible()))
    await page
      .getByRole('button', { name: 'Seal it' })
      .click({ timeout: 5_000 })
      .catch(() => undefined);
  await dialog.getByText('what you typed is kept').waitFor();
  await dialog.getByLabel('Password', { exact: true }).fill(ASHA.password);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('9 Lake View').waitFor();
  await page.getByRole('button', { name: 'Seal it' }).click();
  await page.getByRole('heading', { name: 'Sealed', exact: true }).waitFor();
});

test('the account page keeps text size, theme and single keys on the device, and shows the key only once it is open', async () => {
  const { context, page } = await visitor(browser, hospital.url);
  await signIn(page, ASHA.email, ASHA.password);
  await page.goto('/account');
  await page.getByText('once you have given your password in this tab').waitFor();
  const width = () => page.getByRole('heading', { name: 'On this device' }).evaluate((it) => it.clientHeight);
  const before_ = await width();
  await page.getByLabel('Text size').selectOption('Largest');
  await page.getByLabel('Light or dark', { exact: true }).selectOption('Dark');
  await page.getByRole('switch', { name: 'Single keys' }).click();
  await page.reload();
  await page.getByRole('heading', { name: 'On this device' }).waitFor();
  assert.equal(await page.getByLabel('Text size').inputValue(), 'largest');
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).zoom), '1.3');
  assert.ok((await width()) >= before_);
  const scroll = await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
  assert.ok(scroll, 'the largest text needs no scrolling sideways');
  await page.keyboard.press('?');
  assert.equal(await page.getByRole('dialog').count(), 0);
  await page.getByLabel('Language').selectOption('हिन्दी');
  await page.getByRole('heading', { name: 'इस उपकरण पर' }).waitFor();
  await context.close();
});

test('a forgotten password is replaced with the 24 words; wrong words and the old password open nothing', async () => {
  const { context, page } = await visitor(browser, hospital.url);
  await page.goto('/sign-in');
  await page.getByRole('link', { name: 'Password forgotten?' }).click();
  // The page that is left has an e-mail field too.
  await page.getByRole('heading', { name: 'Password forgotten', exact: true }).waitFor();
  const recover = async (list: readonly string[]) => {
    await page.getByLabel('E-mail').fill(ASHA.email);
    await page.getByLabel('Your 24 recovery words').fill(list.join(' '));
    await page.getByLabel('New password').fill(NEW_PASSWORD);
    await page.getByRole('button', { name: 'Set the new password' }).click();
  };
  await recover(words.toReversed());
  await page.getByText('These words and this address do not belong together.').waitFor();
  await recover(words);
  await page.getByRole('heading', { name: /Asha$/, level: 1 }).waitFor();
  await page.getByText('9 Lake View').waitFor();
  await context.close();
  const later = await visitor(browser, hospital.url);
  await later.page.goto('/sign-in');
  await later.page.getByLabel('E-mail').fill(ASHA.email);
  await later.page.getByLabel('Password', { exact: true }).fill(ASHA.password);
  await later.page.locator('form').getByRole('button', { name: 'Sign in' }).click();
  await later.page.getByText('E-mail and password do not belong together.').waitFor();
  await later.context.close();
});

test('new recovery words are made in the account with the password; then the old ones open nothing', async () => {
  const { context, page } = await visitor(browser, hospital.url);
  await signIn(page, ASHA.email, NEW_PASSWORD);
  await page.goto('/account');
  const card = page.getByRole('form', { name: 'Your 24 recovery words' });
  await card.getByLabel('Your password, once more').fill('not my password');
  await card.getByRole('button', { name: 'Make new words' }).click();
  await card.getByText('do not belong together').waitFor();
  await card.getByLabel('Your password, once more').fill(NEW_PASSWORD);
  await card.getByRole('button', { name: 'Make new words' }).click();
  const next = await keepRecoveryWords(page, 'Done');
  assert.notDeepEqual(next, words);
  await card.getByText('The new words count from now on').waitFor();
  assert.equal(await page.locator('.words li').count(), 0);
  await context.close();
  const later = await visitor(browser, hospital.url);
  await later.page.goto('/recover');
  const recover = async (list: readonly string[]) => {
    await later.page.getByLabel('E-mail').fill(ASHA.email);
    await later.page.getByLabel('Your 24 recovery words').fill(list.join(' '));
    await later.page.getByLabel('New password').fill(NEW_PASSWORD);
    await later.page.getByRole('button', { name: 'Set the new password' }).click();
  };
  await recover(words);
  await later.page.getByText('These words and this address do not belong together.').waitFor();
  await recover(next);
  await later.page.waitForURL(/\/me$/);
  words = next;
  await later.context.close();
});

test('a reader chooses Hindi, signs in in Hindi, and finds the choice again at the next visit', async () => {
  const { context, page } = await visitor(browser, hospital.url);
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'हि: हिन्दी में पढ़ें' }).click();
  await page.locator('html[lang=hi]').waitFor();
  await page.locator('input[name=email]').fill(ASHA.email);
  await page.locator('input[name=password]').fill(NEW_PASSWORD);
  await page.locator('form button[type=submit]').click();
  await page.waitForURL(/\/me$/);
  await page.goto('/me');
  await page.locator('html[lang=hi] h1').waitFor();
  const text = (await page.locator('main').textContent()) ?? '';
  assert.match(text, /[\u0900-\u097f]{3}/);
  assert.doesNotMatch(text, /Problems|Medicines|Timeline|Who saw/);
  await context.close();
});

test('no page of these journeys threw', () => {
  assert.deepEqual([...desk.faults, ...asha.faults], []);
});
