/** The first page and the chart are text before any script; the app takes them over when the reader does something. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { buildWeb } from '../build-web.ts';
import { violationsOn } from './axe.fixture.ts';
import { type DemoHospital, startDemoHospital } from './demo-hospital.ts';
import { launchBrowser } from './launch.ts';
import { Readers } from './pages.ts';

let browser: Browser;
let hospital: DemoHospital;

before(async () => {
  await buildWeb();
  [browser, hospital] = await Promise.all([launchBrowser(), startDemoHospital()]);
});

after(async () => {
  await browser?.close();
  await hospital?.stop();
});

/** A drawing that takes longer than a reader waits for it is not sent, as the first of a node; the app comes then. */
const TRIES = 30;

/** Resolves to the page as the node drew it, and to the faults that it told. */
async function visit(options: BrowserContextOptions = {}, path = '/'): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({ baseURL: hospital.url, locale: 'en-GB', ...options });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  await untilDrawn(page, () => page.goto(path));
  return { page, faults };
}

async function untilDrawn(page: Page, load: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    await load();
    if ((await page.locator('#drawn-page-seed').count()) > 0) return;
  }
  assert.fail(`${page.url()} is not drawn`);
}

/** In the page: the app is at work in it. */
const hasApp = () => Object.keys(document.getElementById('root') ?? {}).some((key) => key.startsWith('__react'));
const isAlive = (page: Page) => page.evaluate(hasApp);

test('without any script a visitor reads the whole first page, blocks and people included', async () => {
  const { page } = await visit({ javaScriptEnabled: false });
  await page.getByRole('heading', { level: 1, name: 'A health record you can check' }).waitFor();
  await page.getByRole('button', { name: /^Meera Kulkarni/ }).waitFor();
  assert.ok((await page.locator('.live-tiles .tile').count()) > 0);
  await page.getByText('Not checked yet').waitFor();
  await page.getByRole('link', { name: 'Check a receipt' }).first().waitFor();
  await page.context().close();
});

test('Hindi comes drawn in Hindi, also to who chose it here before', async () => {
  const { page, faults } = await visit({ locale: 'hi-IN' });
  assert.equal(await page.locator('html').getAttribute('lang'), 'hi');
  assert.match((await page.locator('h1').textContent()) ?? '', /[\u0900-\u097f]{3}/);
  await page.evaluate(() => document.fonts.ready);
  assert.equal(await isAlive(page), false, 'the app has drawn nothing of it');
  for (const text of await page.locator('main :is(h1, .lead, .mantine-Button-label)').all()) {
    const drawn = await text.screenshot();
    await text.evaluate((element) => element.style.setProperty('color', 'transparent', 'important'));
    assert.ok(!drawn.equals(await text.screenshot()), `blank: ${await text.textContent()}`);
  }
  await page.context().close();
  const other = await visit();
  await other.page.evaluate(() => localStorage.setItem('clearchart.language', 'hi'));
  await other.page.reload();
  await other.page.locator('html[lang=hi] h1:lang(hi)').waitFor();
  assert.match((await other.page.locator('h1').textContent()) ?? '', /[\u0900-\u097f]{3}/);
  assert.deepEqual([...faults, ...other.faults], []);
  await other.page.context().close();
});

test('the app waits for the reader, then takes over the same elements', async () => {
  const { page, faults } = await visit();
  const heading = await page.locator('h1').elementHandle();
  assert.equal(await isAlive(page), false);
  assert.deepEqual(await violationsOn(page), []);
  await page.mouse.move(200, 300);
  await page.waitForFunction(() =>
    Object.keys(document.getElementById('root') ?? {}).some((key) => key.startsWith('__react')),
  );
  assert.equal(await heading?.evaluate((element) => element.isConnected), true);
  assert.deepEqual(faults, []);
  await page.context().close();
});

test('a button that is pressed before the app is there does its work once it is', async () => {
  const { page, faults } = await visit();
  await page.evaluate(() => document.querySelector<HTMLButtonElement>('#people button')?.click());
  await page.mouse.move(10, 10);
  await page.waitForURL(/\/(?:me|today|registry)$/);
  assert.deepEqual(faults, []);
  await page.context().close();
});

test('who is signed in is greeted by the app, not as a visitor', async () => {
  const { page } = await visit();
  const person = hospital.people.find(({ role }) => role === 'patient');
  await page.goto('/sign-in');
  await page.fill('input[name=email]', person?.email ?? '');
  await page.fill('input[name=password]', person?.password ?? '');
  await page.click('button[type=submit]');
  await page.waitForURL(/\/me$/);
  const answer = await page.goto('/');
  assert.doesNotMatch((await answer?.text()) ?? '', /drawn-page-seed/);
  await page
    .getByRole('link', { name: /^To my|record$/ })
    .first()
    .waitFor();
  await page.context().close();
});

/** The chart of the demo's patient, as the signed-in practitioner opens it. */
async function openChart(options: BrowserContextOptions = {}): Promise<{ page: Page; faults: string[] }> {
  const signedIn = await new Readers(browser, hospital).open('practitioner', {
    width: 1280,
    scheme: 'light',
    language: 'en',
  });
  const storageState = await signedIn.context().storageState();
  await signedIn.context().close();
  const patient = hospital.people.find(({ role }) => role === 'patient')?.patientId ?? '';
  return await visit({ ...options, storageState }, `/patients/${patient}`);
}

test('without any script a practitioner reads the chart; nothing in it is said to be checked', async () => {
  const { page } = await openChart({ javaScriptEnabled: false });
  await page.getByRole('heading', { level: 1, name: 'Meera Kulkarni' }).waitFor();
  await page.getByRole('heading', { name: 'Timeline' }).waitFor();
  assert.ok((await page.getByText('Not checked yet').count()) > 0);
  assert.equal(await page.getByText('Checked by you').count(), 0);
  assert.deepEqual(await page.title(), 'Patient · Clearchart');
  await page.context().close();
});

test('the app takes the chart over without asking anew, checks the seals, and opens the panel of the visit', async () => {
  const { page, faults } = await openChart();
  const heading = await page.locator('h1').elementHandle();
  assert.equal(await isAlive(page), false);
  assert.deepEqual(await violationsOn(page), []);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.mouse.move(200, 300);
  await page.getByText('Checked by you').first().waitFor();
  await page.getByRole('complementary', { name: 'This visit' }).waitFor();
  assert.equal(await heading?.evaluate((element) => element.isConnected), true);
  assert.deepEqual(
    asked.filter((path) => path === '/api/session' || path.startsWith('/fhir/R4/Observation')),
    [],
  );
  assert.deepEqual(faults, []);
  await page.context().close();
});

test('a practitioner who does nothing sees the seals checked a little later', async () => {
  const { page } = await openChart();
  await page.getByText('Checked by you').first().waitFor();
  await page.context().close();
});

test('a link that is followed while the app takes over leads where it says', async () => {
  const { page } = await visit();
  // As far as the page can tell the app is never done with taking over.
  await page.addInitScript(() => addEventListener('clearchart-ready', (event) => event.stopImmediatePropagation()));
  await untilDrawn(page, () => page.reload());
  await page.evaluate(() => Object.assign(window, { isTheSame: true }));
  await page.mouse.move(200, 200);
  await page.waitForFunction(hasApp);
  await page.getByRole('link', { name: 'Check a receipt' }).first().click();
  await page.waitForURL(/\/verify$/);
  await page.getByRole('heading', { level: 1 }).waitFor();
  assert.equal(await page.evaluate(() => 'isTheSame' in window), false, 'the browser followed it, not the app');
  await page.context().close();
});

for (const reducedMotion of ['no-preference', 'reduce'] as const) {
  test(`while the scripts have not come, a page that is not drawn is not blank, and says so when it takes long (motion: ${reducedMotion})`, async () => {
    const context = await browser.newContext({ baseURL: hospital.url, locale: 'en-GB', reducedMotion });
    const page = await context.newPage();
    const { promise: isHeld, resolve: letGo } = Promise.withResolvers<void>();
    await page.route('**/assets/*.js', async (route) => {
      await isHeld;
      await route.continue();
    });
    await page.goto('/sign-in', { waitUntil: 'commit' });
    await page.getByAltText('Clearchart is opening').waitFor();
    const late = page.getByText('This takes longer than it should');
    assert.equal(await late.isVisible(), false);
    await late.waitFor();
    letGo();
    await page.getByRole('heading', { level: 1 }).waitFor();
    assert.equal(await page.locator('#opening').isVisible(), false);
    await context.close();
  });
}
