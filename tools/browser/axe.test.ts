/**
 * Accessibility where one page is more than its address: on a phone, and behind a click (dialogs, steps of a form, refusals).
 * CLEARCHART_SCREENSHOTS=FOLDER also takes a picture of each.
 */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { buildWeb } from '../build-web.ts';
import { violationsOn } from './axe.fixture.ts';
import { type DemoHospital, startDemoHospital } from './demo-hospital.ts';
import { launchBrowser } from './launch.ts';
import { goTo, pagesOf, type Reader, Readers, type Scheme } from './pages.ts';

const SCHEMES = ['light', 'dark'] as const satisfies Scheme[];
const PHONE_PX = 390;
const DESK_PX = 1280;
const NOT_THERE = '/patients/6f1e0d52-0000-4000-8000-000000000000';

const pictures = process.env['CLEARCHART_SCREENSHOTS'];
// The node of the demo refuses a setting it does not know.
delete process.env['CLEARCHART_SCREENSHOTS'];

const dateIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

interface Behind {
  readonly name: string;
  readonly reader: Reader;
  readonly path: string;
  /** What a person does to get there; waits until it is drawn. */
  readonly reach: (page: Page) => Promise<void>;
}

const STATES: readonly Behind[] = [
  {
    name: 'register-by-code',
    reader: 'visitor',
    path: '/register',
    async reach(page) {
      await page.getByRole('button', { name: 'The hospital gave me a code' }).click();
      await page.getByRole('button', { name: 'Take over my record' }).click();
      await page.getByText('This is needed.').waitFor();
    },
  },
  {
    name: 'register-alone',
    reader: 'visitor',
    path: '/register',
    async reach(page) {
      await page.getByRole('button', { name: 'I am new here' }).click();
      await page.getByRole('button', { name: 'Go on' }).click();
      await page.getByText('This is needed.').first().waitFor();
    },
  },
  {
    name: 'enrol-refused',
    reader: 'visitor',
    path: '/enrol#AAAA-AAAA-AAAA',
    reach: (page) => page.getByText('This invitation no longer works').waitFor(),
  },
  {
    name: 'signed-out',
    reader: 'visitor',
    path: '/me',
    reach: (page) => page.getByText('This page belongs to a person').waitFor(),
  },
  {
    name: 'verify-refused',
    reader: 'visitor',
    path: '/verify',
    async reach(page) {
      await page.getByText('Which chain?').click();
      const file = { name: 'receipt.json', mimeType: 'application/json', buffer: Buffer.from('{}') };
      await page.locator('input[type=file]').setInputFiles(file);
      await page.getByText('This does not hold').waitFor();
    },
  },
  {
    name: 'review-and-seal',
    reader: 'patient',
    path: '/me/profile',
    async reach(page) {
      await page.getByLabel('House and street').fill('7 Station Road');
      await page.getByRole('button', { name: 'Review one change' }).click();
      await page.getByRole('button', { name: 'Seal it' }).waitFor();
    },
  },
  {
    name: 'person-menu',
    reader: 'patient',
    path: '/me',
    async reach(page) {
      await page.getByRole('button', { name: /Account of/ }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
    },
  },
  {
    name: 'palette',
    reader: 'practitioner',
    path: '/patients',
    async reach(page) {
      await page.locator('.patient-link').first().waitFor();
      await page.keyboard.press('Control+k');
      await page.getByRole('option').nth(6).waitFor();
    },
  },
  {
    name: 'keys',
    reader: 'visitor',
    path: '/verify',
    async reach(page) {
      await page.locator('.drop').waitFor();
      await page.keyboard.press('?');
      await page.getByRole('dialog').getByText('This sheet').waitFor();
    },
  },
  {
    name: 'patient-not-there',
    reader: 'practitioner',
    path: NOT_THERE,
    reach: (page) => page.getByText('This page is not yours, or it is not there').first().waitFor(),
  },
  {
    name: 'hours-outside',
    reader: 'practitioner',
    path: '/schedule/hours',
    async reach(page) {
      await page.getByLabel('First day').fill(dateIn(0));
      await page.getByLabel('Last day').fill(dateIn(30));
      await page.getByLabel('Reason').fill('Leave');
      await page.getByRole('button', { name: 'Block this time' }).click();
      await page.getByRole('dialog').getByRole('listitem').first().waitFor();
    },
  },
  {
    name: 'hours-faults',
    reader: 'practitioner',
    path: '/schedule/hours',
    async reach(page) {
      await page.getByLabel('Monday, hours 1: until').fill('08:00');
      await page.getByRole('button', { name: 'Save hours' }).click();
      await page.getByText('The end comes before the beginning.').waitFor();
      await page.getByRole('button', { name: 'Block this time' }).click();
      await page.getByText('This is needed.').waitFor();
    },
  },
  {
    name: 'registry-person',
    reader: 'administrator',
    path: '/registry',
    async reach(page) {
      await page.locator('.person-cell').first().click();
      await page.getByRole('dialog').getByRole('heading', { name: 'Who takes care' }).waitFor();
      await page.getByRole('dialog').getByRole('listitem').first().waitFor();
    },
  },
  {
    name: 'registry-new-patient',
    reader: 'administrator',
    path: '/registry',
    async reach(page) {
      await page.getByRole('button', { name: 'New patient' }).click();
      await page.getByRole('dialog').getByLabel('Given name').waitFor();
    },
  },
  {
    name: 'registry-invite',
    reader: 'administrator',
    path: '/registry',
    async reach(page) {
      await page.getByText('Staff', { exact: true }).click();
      await page.getByRole('button', { name: 'Invite somebody' }).click();
      await page.getByRole('dialog').getByLabel('E-mail').waitFor();
    },
  },
  ...(['At the desk', 'Tokens'] as const).map((tab) => ({
    name: `registry-${tab === 'Tokens' ? 'tokens' : 'desk'}`,
    reader: 'administrator' as const,
    path: '/registry',
    async reach(page: Page) {
      await page.getByText(tab, { exact: true }).click();
      await page.getByText(tab === 'Tokens' ? 'No token is in use' : 'Nobody waits').waitFor();
    },
  })),
];

let browser: Browser;
let hospital: DemoHospital;
let readers: Readers;

before(async () => {
  if (pictures !== undefined) mkdirSync(pictures, { recursive: true });
  await buildWeb();
  [browser, hospital] = await Promise.all([launchBrowser(), startDemoHospital()]);
  readers = new Readers(browser, hospital);
});

after(async () => {
  await browser?.close();
  await hospital?.stop();
});

/** Opens a page once and looks at it in both themes: what was typed or opened stays. Resolves to what axe found. */
async function look({ name, reader, path, reach }: Behind, width: number): Promise<string[]> {
  const found: string[] = [];
  const page = await readers.open(reader, { width, scheme: 'light', language: 'en' });
  try {
    await goTo(page, path);
    await reach(page);
    for (const scheme of SCHEMES) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.locator(`html[data-mantine-color-scheme=${scheme}]`).waitFor();
      for (const violation of await violationsOn(page)) found.push(`${name}, ${scheme}: ${violation}`);
      if (pictures !== undefined)
        await page.screenshot({ path: join(pictures, `${name}-${width}-${scheme}.png`), fullPage: true });
    }
    return found;
  } finally {
    await page.context().close();
  }
}

async function lookAtAll(states: readonly Behind[], width: number): Promise<void> {
  const found: string[] = [];
  for (const state of states) found.push(...(await look(state, width)));
  assert.deepEqual(found, []);
}

test('axe finds nothing on any page on a phone, in both themes', async () => {
  const patient = hospital.people.find(({ role }) => role === 'patient');
  const pages = pagesOf(patient?.patientId ?? '').map(({ shows, ...page }) => ({
    ...page,
    reach: (drawn: Page) => drawn.locator(shows).first().waitFor(),
  }));
  await lookAtAll(pages, PHONE_PX);
});

for (const width of [PHONE_PX, DESK_PX]) {
  test(`axe finds nothing behind a click on a page ${width} px wide, in both themes`, async () => {
    await lookAtAll(STATES, width);
  });
}
