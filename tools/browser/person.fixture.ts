/** A person at a browser of their own: what they type and press, by the words they read. */
import assert from 'node:assert/strict';
import { afterEach } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';

/** Waits are for conditions; a machine under load gets this long. */
const PATIENCE_MS = 30_000;

export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Faults that the page threw; a journey ends with none. */
  readonly faults: readonly string[];
}

const seen = new Set<Page>();

// A journey that fails elsewhere is understood by what everybody had before their eyes.
afterEach(async (context) => {
  if (!('passed' in context) || context.passed) return;
  for (const page of seen) {
    const text = await page
      .locator('body')
      .innerText({ timeout: 2_000 })
      .catch(() => '(no page)');
    context.diagnostic(`${page.url()}\n${text}`);
  }
});

export async function visitor(browser: Browser, url: string, locale = 'en-GB'): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: url,
    locale,
    reducedMotion: 'reduce',
    viewport: { width: 1280, height: 900 },
    acceptDownloads: true,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  seen.add(page);
  page.once('close', () => seen.delete(page));
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  return { context, page, faults };
}

export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.locator('form').getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/(?:me|today|registry)$/);
}

/** Reads the recovery card that is shown once, and goes on. */
export async function keepRecoveryWords(page: Page, next: string): Promise<string[]> {
  await page.getByRole('heading', { name: 'Your 24 recovery words' }).waitFor();
  // The card of the account has the same heading before the words are there.
  await page.locator('.words li').first().waitFor();
  const words = await page.locator('.words li').allTextContents();
  assert.equal(words.length, 24);
  const goOn = page.getByRole('button', { name: next });
  assert.ok(await goOn.isDisabled(), 'nobody goes on before the words are kept');
  await page.getByLabel('I have written them down').check();
  await goOn.click();
  return words;
}

/** Takes up an invitation from the link that was handed over; the first administrator also says their name. */
export async function enrol(
  page: Page,
  path: string,
  { name, password }: { name?: string; password: string },
): Promise<string[]> {
  await page.goto(path);
  await page.getByLabel('New password').waitFor();
  if (name !== undefined) await page.getByLabel('Your name').fill(name);
  await page.getByLabel('New password').fill(password);
  await page.getByRole('button', { name: 'Make my account' }).click();
  return keepRecoveryWords(page, 'Go on');
}

/** Takes over the record of a patient whom the hospital knows, with the code of the slip. */
export async function claimRecord(
  page: Page,
  code: string,
  { email, password }: { email: string; password: string },
): Promise<string[]> {
  await page.goto('/register');
  await page.getByRole('button', { name: 'The hospital gave me a code' }).click();
  await page.getByLabel('Code from the hospital').fill(code);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('New password').fill(password);
  await page.getByRole('button', { name: 'Take over my record' }).click();
  return keepRecoveryWords(page, 'To my record');
}

/** The administrator finds a person in the registry and opens their dialog. */
export async function openInRegistry(page: Page, search: string, name: string): Promise<void> {
  await page.goto('/registry');
  await page.getByLabel('Search by e-mail, name, phone or id').fill(search);
  await page.getByRole('row').filter({ hasText: name }).getByRole('button').click();
  await page.getByRole('dialog').getByRole('heading', { name: 'Who takes care' }).waitFor();
}

/** The administrator makes a claim code for a patient; resolves to the code of the slip. */
export async function issueClaimCode(page: Page, search: string, name: string): Promise<string> {
  await openInRegistry(page, search, name);
  await page.getByRole('button', { name: 'Make a claim code' }).click();
  return (await page.locator('.issued-code').textContent()) ?? '';
}
