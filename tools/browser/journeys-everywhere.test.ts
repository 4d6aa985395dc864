/** What every page has, with the demo's people: the palette and its keys. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { buildWeb } from '../build-web.ts';
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
