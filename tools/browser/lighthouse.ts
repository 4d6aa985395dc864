/**
 * Lighthouse for a phone, on the first page and on a practitioner's chart of a demo hospital: `lighthouse.ts [TIMES]` prints one JSON line
 * for each look. Lighthouse is fetched by npx when it is wanted, and is no dependency. To be read on a machine that does nothing else.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { buildWeb } from '../build-web.ts';
import { startDemoHospital } from './demo-hospital.ts';
import { launchBrowser } from './launch.ts';
import { Readers } from './pages.ts';

const LIGHTHOUSE = 'lighthouse@13.5.0';
/** Of Chromium, on loopback. */
const DEBUGGING_PORT = 9333;
const TIMES = Number(process.argv[2] ?? 3);
const SHOWN = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift'];

interface Report {
  readonly categories: Readonly<Record<string, { readonly score: number }>>;
  readonly audits: Readonly<Record<string, { readonly displayValue?: string }>>;
}

/** The demo goes on writing people for a while: until no block has come for so long. */
const QUIET_MS = 10_000;

async function untilQuiet(url: string): Promise<void> {
  const heightNow = async () => ((await (await fetch(`${url}/api/ledger/status`)).json()) as { height: number }).height;
  for (let before = -1, height = await heightNow(); before !== height; ) {
    before = height;
    await setTimeout(QUIET_MS);
    height = await heightNow();
  }
}

async function look(url: string, headersFile: string): Promise<object> {
  const { stdout } = await promisify(execFile)(
    'npx',
    [
      '--yes',
      LIGHTHOUSE,
      url,
      `--port=${DEBUGGING_PORT}`,
      '--form-factor=mobile',
      '--only-categories=performance,accessibility,best-practices',
      `--extra-headers=${headersFile}`,
      '--output=json',
      '--output-path=stdout',
      '--quiet',
    ],
    {
      maxBuffer: 50_000_000,
      env: { ...process.env, PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}` },
    },
  );
  const { categories, audits } = JSON.parse(stdout) as Report;
  return {
    ...Object.fromEntries(Object.entries(categories).map(([name, { score }]) => [name, Math.round(score * 100)])),
    ...Object.fromEntries(SHOWN.map((name) => [name, audits[name]?.displayValue?.replace('\u00a0', ' ')])),
  };
}

await buildWeb();
const folder = await mkdtemp(join(tmpdir(), 'clearchart-lighthouse-'));
const hospital = await startDemoHospital();
const browser = await launchBrowser([`--remote-debugging-port=${DEBUGGING_PORT}`]);
try {
  const page = await new Readers(browser, hospital).open('practitioner', {
    width: 390,
    scheme: 'light',
    language: 'en',
  });
  const cookies = await page.context().cookies();
  const signedIn = join(folder, 'signed-in.json');
  const visitor = join(folder, 'visitor.json');
  await writeFile(
    signedIn,
    JSON.stringify({ Cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') }),
  );
  await writeFile(visitor, '{}');
  const patient = hospital.people.find(({ role }) => role === 'patient');
  const pages = [
    { name: 'first page', path: '/', headers: visitor },
    { name: 'chart', path: `/patients/${patient?.patientId}`, headers: signedIn },
  ];
  await untilQuiet(hospital.url);
  for (const { name, path, headers } of pages)
    for (let time = 0; time < TIMES; time += 1)
      process.stdout.write(`${JSON.stringify({ page: name, ...(await look(hospital.url + path, headers)) })}\n`);
} finally {
  await browser.close();
  await hospital.stop();
  await rm(folder, { recursive: true, force: true });
}
