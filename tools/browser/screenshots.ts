/** Takes a picture of every page, wide and narrow, light and dark, in both languages, to be looked at: `screenshots.ts FOLDER`. */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { buildWeb } from '../build-web.ts';
import { startDemoHospital } from './demo-hospital.ts';
import { launchBrowser } from './launch.ts';
import { goTo, type Look, pagesOf, Readers } from './pages.ts';

const LOOKS: readonly Look[] = [
  { width: 1280, scheme: 'light', language: 'en' },
  { width: 1280, scheme: 'dark', language: 'hi' },
  { width: 390, scheme: 'dark', language: 'en' },
  { width: 390, scheme: 'light', language: 'hi' },
];
/** Checks that run as a row comes into sight get this long. */
const SETTLE_MS = 800;

const folder = resolve(process.argv[2] ?? 'screenshots');
await mkdir(folder, { recursive: true });
await buildWeb();
const [browser, hospital] = await Promise.all([launchBrowser(), startDemoHospital()]);
try {
  const readers = new Readers(browser, hospital);
  const patient = hospital.people.find(({ role }) => role === 'patient');
  for (const look of LOOKS) {
    for (const { name, reader, path, shows } of pagesOf(patient?.patientId ?? '')) {
      const page = await readers.open(reader, look);
      await goTo(page, path);
      await page.waitForSelector(shows);
      await page.waitForTimeout(SETTLE_MS);
      const file = join(folder, `${name}-${look.width}-${look.scheme}-${look.language}.png`);
      await page.screenshot({ path: file, fullPage: true });
      await page.context().close();
      process.stdout.write(`${file}\n`);
    }
  }
} finally {
  await browser.close();
  await hospital.stop();
}
