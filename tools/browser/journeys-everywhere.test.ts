/** What every page has, with the demo's people: the bell, the palette and its keys; and a question about an opening, to its answer; paper, file, tour. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { buildWeb } from '../build-web.ts';
import { violationsOn } from './axe.fixture.ts';
import { type DemoHospital, startDemoHospital } from './demo-hospital.ts';
import { launchBrowser } from './launch.ts';
import { type Reader, Readers } from './pages.ts';

let browser: Browser;
let hospital: DemoHospital;
let readers: Readers;

before(async () => {
  await buildWeb();
  [browser, hospital] = await Promise.all([launchBrowser(), startDemoHospital()]);
  readers = new Readers(browser, hospital);
});

after(async () => {
  await browser?.close();
  await hospital?.stop();
});

async function as(reader: Reader, path: string, act: (page: Page) => Promise<void>, language: 'en' | 'hi' = 'en') {
  const page = await readers.open(reader, { width: 1280, scheme: 'light', language });
  try {
    await page.goto(path);
    await act(page);
  } finally {
    await page.context().close();
  }
}

test('a patient who looks at any page hears at once that somebody opened the record, and finds it in the list', async () => {
  const person = hospital.people.find(({ role }) => role === 'patient');
  await as('patient', '/verify', async (page) => {
    await page.getByRole('button', { name: 'Notices, 0 new' }).waitFor();
    await as('practitioner', `/patients/${person?.patientId}`, (chart) => chart.locator('.banner h1').waitFor());
    await page.getByRole('button', { name: 'Notices, 1 new' }).click();
    await page.getByRole('menuitem', { name: /^Dr .* opened your record/ }).click();
    await page.waitForURL(/\/me\/accesses$/);
    await page.getByRole('button', { name: 'Notices, 0 new' }).waitFor();
    assert.doesNotMatch(await page.evaluate(() => JSON.stringify(localStorage)), /Joshi|opened/);
  });
});

test('a practitioner goes to a patient with the keyboard alone: Ctrl K, a few letters, Enter', async () => {
  await as('practitioner', '/patients', async (page) => {
    await page.locator('.patient-link').first().waitFor();
    await page.keyboard.press('Control+k');
    const field = page.getByRole('combobox', { name: 'Find a person, a page or an action' });
    await field.waitFor();
    await page.keyboard.type('kul mee');
    const option = page.getByRole('option', { name: 'Meera Kulkarni' });
    await option.waitFor();
    assert.equal(await field.getAttribute('aria-activedescendant'), await option.getAttribute('id'));
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/patients\/[0-9a-f-]{36}$/);
    await page.getByRole('heading', { name: 'Meera Kulkarni', level: 1 }).waitFor();
    assert.doesNotMatch(page.url(), /kul/i);
  });
});

test('the desk finds a person by name and has their line opened; a patient finds nobody', async () => {
  await as('administrator', '/explorer', async (page) => {
    await page.getByRole('button', { name: 'Find a page or a person (Ctrl K)' }).click();
    await page.getByRole('combobox').fill('meera');
    await page.getByRole('option', { name: 'Meera Kulkarni' }).click();
    await page.getByRole('dialog', { name: 'Meera Kulkarni' }).waitFor();
  });
  await as('patient', '/me', async (page) => {
    await page.locator('.who-top').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').waitFor();
    await page.keyboard.type('anand');
    await page.getByRole('status').getByText('Nothing is called that.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('combobox').waitFor({ state: 'detached' });
  });
});

test('? opens the sheet of keys, not into a field and not once single keys are switched off', async () => {
  await as('visitor', '/sign-in', async (page) => {
    const email = page.locator('input[name=email]');
    await email.fill('a');
    await email.press('?');
    assert.equal(await email.inputValue(), 'a?');
    await email.blur();
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keys' });
    await sheet.waitFor();
    await sheet.getByRole('switch', { name: 'Single keys' }).click();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await page.keyboard.press('?');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').waitFor();
    assert.equal(await sheet.count(), 0);
  });
});

test('a patient asks about an opening that they do not recognise, the desk answers, and the answer stands in the list', async () => {
  const patient = hospital.people.find(({ role }) => role === 'patient');
  await as('practitioner', `/patients/${patient?.patientId}`, (page) => page.locator('.banner h1').waitFor());
  await as('patient', '/me/accesses', async (page) => {
    const ask = page.getByRole('button', { name: /^I don’t recognise this: Dr/ }).first();
    // The opening is on the ledger within seconds.
    for (let tries = 0; tries < 60 && !(await ask.isVisible()); tries += 1) {
      await page.getByText('How my browser knows').waitFor();
      await page.reload();
      await page.locator('.access-proof').waitFor();
    }
    await ask.click();
    const dialog = page.getByRole('dialog', { name: 'I don’t recognise this' });
    await dialog.getByLabel('What seems wrong?').fill('I was not at the hospital that day.');
    assert.deepEqual(await violationsOn(page), []);
    await dialog.getByRole('button', { name: 'Ask the hospital' }).click();
    await page.getByText('The hospital has to answer.').waitFor();
    assert.deepEqual(await violationsOn(page), []);
  });
  await as('administrator', '/registry', async (page) => {
    await page.getByText(/^At the desk \(\d+\)$/).click();
    const section = page.getByRole('region', { name: 'Openings that patients do not recognise' });
    await section.getByText('I was not at the hospital that day.').waitFor();
    await section.getByLabel('Answer to the patient').fill('Your doctor looked at results that had come in.');
    assert.deepEqual(await violationsOn(page), []);
    await section.getByRole('button', { name: 'Answer and seal' }).click();
    await section.waitFor({ state: 'detached' });
  });
  await as('patient', '/me/accesses', async (page) => {
    await page.getByText('Your doctor looked at results that had come in.').waitFor();
    await page.getByText('It was in order').waitFor();
  });
});

test('a patient prints the record: one head with hospital, person, time and receipt, light, and nothing folded', async () => {
  const page = await readers.open('patient', { width: 794, scheme: 'dark', language: 'en' });
  try {
    await page.goto('/me');
    const results = page.getByRole('region', { name: 'Results' });
    await results.getByRole('button', { name: /^Show all/ }).waitFor();
    const folded = await results.locator('.rows > *').count();
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await page.locator('html[data-mantine-color-scheme=light]').waitFor();
    await page.getByText('Record of Meera Kulkarni').waitFor();
    await page
      .locator('.print-head')
      .getByText(/Printed by Meera Kulkarni on \d/)
      .waitFor();
    await page
      .locator('.record-print-head')
      .getByText(/Receipt of block \d/)
      .waitFor();
    assert.equal(
      await page.locator('header, nav, footer, .no-print, .record-seal').filter({ visible: true }).count(),
      0,
    );
    assert.ok((await results.locator('.rows > *').count()) > folded);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    await page.locator('html[data-mantine-color-scheme=dark]').waitFor();
  } finally {
    await page.context().close();
  }
});

test('a patient takes the whole record along as one FHIR file, with a name that says nothing', async () => {
  await as('patient', '/me', async (page) => {
    const card = page.getByRole('region', { name: 'Take it with you' });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      card.getByRole('button', { name: 'Save as a file' }).click(),
    ]);
    await card.getByText(/^Saved: \d+ entries/).waitFor();
    assert.equal(download.suggestedFilename(), 'clearchart-record.json');
    const bundle = JSON.parse(await readFile(await download.path(), 'utf8')) as {
      resourceType: string;
      type: string;
      entry: { resource: { resourceType: string } }[];
    };
    assert.deepEqual([bundle.resourceType, bundle.type], ['Bundle', 'collection']);
    const types = new Set(bundle.entry.map(({ resource }) => resource.resourceType));
    for (const type of ['Patient', 'Condition', 'Observation', 'MedicationRequest', 'AllergyIntolerance', 'Encounter'])
      assert.ok(types.has(type), type);
  });
});

test('a patient takes the record along with its proofs, and the file checks out on the page that asks no hospital', async () => {
  await as('patient', '/me', async (page) => {
    const card = page.getByRole('region', { name: 'Take it with you' });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      card.getByRole('button', { name: 'Save with proofs' }).click(),
    ]);
    await card.getByText(/^Saved with proofs: \d+ versions/).waitFor();
    assert.equal(download.suggestedFilename(), 'clearchart-export.json');
    const path = await download.path();
    await card.getByRole('link', { name: 'Check the file' }).click();
    await page.locator('input[type=file]').setInputFiles(path);
    await page.getByText(/^All \d+ receipts are good/).waitFor();
  });
});

test('the tour leads through seven steps, each as its person, and ends where one ends it', async () => {
  await as('visitor', '/', async (page) => {
    await page.getByRole('button', { name: 'Start the tour · 7 steps' }).click();
    const card = page.getByRole('complementary', { name: 'Tour' });
    const paths = ['/book', '/today', '/me', '/me/accesses', '/registry', '/explorer', '/verify'];
    for (const [index, path] of paths.entries()) {
      await card.getByText(`Step ${index + 1} of 7`).waitFor();
      await page.waitForURL((url) => url.pathname === path);
      if (index === 3) {
        await page.reload();
        await card.getByText('Step 4 of 7 · you are Meera Kulkarni').waitFor();
      }
      if (index < 6) await card.getByRole('button', { name: 'Next', exact: true }).click();
    }
    await card.getByRole('button', { name: 'Done' }).click();
    await card.waitFor({ state: 'detached' });
  });
});

test('without a network, and without an answer, the page stays, says since when, and goes on by itself', async () => {
  await as('patient', '/me', async (page) => {
    await page.locator('.who-top.verified').waitFor();
    const seal = page.getByRole('region', { name: 'Results' }).locator('.record-seal').first();
    await seal.getByText('Checked by you').waitFor();
    await page.context().setOffline(true);
    await page.getByText(/^You are offline since \d\d:\d\d\./).waitFor();
    await seal.getByText(/^Not checked since \d\d:\d\d$/).waitFor();
    await page.getByRole('region', { name: 'Results' }).waitFor();
    assert.deepEqual(await violationsOn(page), []);
    await page.context().setOffline(false);
    await page.getByText(/^You are offline/).waitFor({ state: 'detached' });
    await seal.getByText('Checked by you').waitFor();
    const asked = /\/(?:api|fhir|healthz)/;
    await page.route(asked, (route) => route.abort('connectionrefused'));
    await page.getByRole('link', { name: 'Blocks', exact: true }).first().click();
    await page.getByText(/^The hospital has not answered since \d\d:\d\d\./).waitFor();
    await page.unroute(asked);
    await page.getByText(/^The hospital has not answered/).waitFor({ state: 'detached' });
  });
});

test('a patient prints one prescription: medicine, dose, for whom, by whom, and a code that checks out without an account', async () => {
  await as('patient', '/me', async (page) => {
    await page.evaluate(() => (window.print = () => dispatchEvent(new Event('beforeprint'))));
    await page.getByRole('link', { name: 'To show or print' }).click();
    const slip = page.getByRole('article', { name: 'Metformin 500 mg' });
    await slip.getByText('Checked by you').waitFor();
    for (const words of ['Meera Kulkarni', '14 March 1985', 'Dr Sunita Joshi', '30 days'])
      await slip.getByText(words).waitFor();
    await slip.getByRole('button', { name: 'Print: Metformin 500 mg' }).click();
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.getByRole('article').filter({ visible: true }).count(), 1);
    assert.ok(await slip.isVisible());
  });
});
