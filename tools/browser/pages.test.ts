import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { buildWeb } from '../build-web.ts';
import { violationsOn } from './axe.fixture.ts';
import { type DemoHospital, startDemoHospital } from './demo-hospital.ts';
import { launchBrowser } from './launch.ts';
import { goTo, type Look, type PageLanguage, type PageUnderTest, pagesOf, Readers, type Scheme } from './pages.ts';

const NARROWEST_PX = 320;

let browser: Browser;
let hospital: DemoHospital;
let readers: Readers;
let pages: readonly PageUnderTest[];

before(async () => {
  await buildWeb();
  [browser, hospital] = await Promise.all([launchBrowser(), startDemoHospital()]);
  readers = new Readers(browser, hospital);
  const patient = hospital.people.find(({ role }) => role === 'patient');
  pages = pagesOf(patient?.patientId ?? '');
});

after(async () => {
  await browser?.close();
  await hospital?.stop();
});

/** Opens a page as its reader, waits until it is drawn, and hands it over. */
async function withPage(under: PageUnderTest, look: Look, use: (page: Page) => Promise<void>): Promise<void> {
  const page = await readers.open(under.reader, look);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    // The one page that is not there is answered with 404, and the browser says so.
    if (message.type() === 'error' && !message.text().includes('404')) faults.push(message.text());
  });
  try {
    await goTo(page, under.path);
    await page.waitForSelector(under.shows);
    await use(page);
    assert.deepEqual(faults, [], under.name);
  } finally {
    await page.context().close();
  }
}

for (const language of ['en', 'hi'] satisfies PageLanguage[]) {
  test(`no page has a fault that axe finds, in ${language}, light and dark`, async () => {
    const found: string[] = [];
    for (const under of pages) {
      await withPage(under, { width: 1280, scheme: 'light', language }, async (page) => {
        for (const scheme of ['light', 'dark'] satisfies Scheme[]) {
          await page.emulateMedia({ colorScheme: scheme });
          await page.locator(`html[data-mantine-color-scheme=${scheme}]`).waitFor();
          for (const fault of await violationsOn(page)) found.push(`${under.name}, ${scheme}: ${fault}`);
        }
      });
    }
    assert.deepEqual(found, []);
  });
}

test(`nothing scrolls sideways on a page ${NARROWEST_PX} px wide, in English and in Hindi`, async () => {
  for (const language of ['en', 'hi'] as const) {
    for (const under of pages) {
      await withPage(under, { width: NARROWEST_PX, scheme: 'light', language }, async (page) => {
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.equal(width, NARROWEST_PX, `${under.name} in ${language}`);
      });
    }
  }
});

test('Hindi is drawn with its own font: two words differ in their pixels, and neither is blank', async () => {
  const page = await readers.open('visitor', { width: 400, scheme: 'light', language: 'hi' });
  await page.goto('/verify');
  await page.waitForSelector('h1:lang(hi)');
  await page.evaluate(() => document.fonts.ready);
  const pixelsOf = (word: string) =>
    page.evaluate((text) => {
      const canvas = document.createElement('canvas');
      canvas.width = 200;
      canvas.height = 60;
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('no canvas');
      context.font = '32px "Noto Sans Devanagari Variable"';
      context.fillText(text, 4, 42);
      return [...context.getImageData(0, 0, 200, 60).data].map((value) => (value > 127 ? 1 : 0)).join('');
    }, word);
  const [one, other] = [await pixelsOf('रसीद'), await pixelsOf('मरीज़')];
  assert.ok(one.includes('1') && other.includes('1'));
  assert.notEqual(one, other);
  await page.context().close();
});

test('every Hindi heading and button of a page is inked: none is left blank because it was drawn before the font came', async () => {
  for (const path of ['/no-such-page', '/sign-in']) {
    const page = await readers.open('visitor', { width: 400, scheme: 'light', language: 'hi' });
    await page.goto(path);
    await page.waitForSelector('h1:lang(hi)');
    await page.evaluate(() => document.fonts.ready);
    for (const text of await page.locator('main :is(h1, h2, .mantine-Button-label)').all()) {
      const drawn = await text.screenshot();
      await text.evaluate((element) => element.style.setProperty('color', 'transparent', 'important'));
      assert.ok(!drawn.equals(await text.screenshot()), `${path}: ${await text.textContent()}`);
    }
    await page.context().close();
  }
});

test('every page can be walked by keyboard: focus is seen, and the first stop skips to the content', async () => {
  const page = await readers.open('visitor', { width: 1280, scheme: 'light', language: 'en' });
  await page.goto('/verify');
  await page.waitForSelector('.drop');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('href')), '#main');
  for (let stop = 0; stop < 12; stop++) {
    await page.keyboard.press('Tab');
    const seen = await page.evaluate(() => {
      const style = getComputedStyle(document.activeElement ?? document.body);
      return style.outlineStyle !== 'none' || style.boxShadow !== 'none';
    });
    const name = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 80));
    assert.ok(seen, `focus is not seen on ${name}`);
  }
  await page.context().close();
});
