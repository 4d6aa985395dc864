// How long a practitioner waits, in a real browser, for the chart of a patient with 1,000 visits, beside that of one with a
// handful: from the click in the list to everything drawn. Both charts are read to their end, sealed versions opened one by one.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { buildWeb } from '../build-web.ts';
import { type DemoHospital, startDemoHospital } from '../browser/demo-hospital.ts';
import { launchBrowser } from '../browser/launch.ts';
import { Readers } from '../browser/pages.ts';
import { median, print } from './kit/measure.ts';

const ROUNDS = 7;
const LONG = 1_000;
const SHORT = 5;
const DAY_MS = 86_400_000;
const FHIR_JSON = 'application/fhir+json';

function recordOf(visits: number, practitioner: string): object {
  const subject = { reference: 'urn:uuid:00000000-0000-4000-8000-000000000001' };
  const make = (resource: { resourceType: string }) => ({
    resource,
    request: { method: 'POST', url: resource.resourceType },
  });
  const patient = { resourceType: 'Patient', name: [{ text: `Bench ${visits}` }], birthDate: '1950-01-01' };
  const team = {
    resourceType: 'CareTeam',
    status: 'active',
    subject,
    participant: [{ member: { reference: practitioner } }],
  };
  const visit = (at: string) => ({
    resourceType: 'Encounter',
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    type: [{ text: 'Follow-up' }],
    subject,
    period: { start: at, end: at },
  });
  const pulse = (at: string, value: number) => ({
    resourceType: 'Observation',
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }], text: 'Heart rate' },
    subject,
    effectiveDateTime: at,
    valueQuantity: { value, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' },
  });
  const events = Array.from({ length: visits }, (_, day) => {
    const at = new Date(Date.UTC(1990, 0, 1) + day * 12 * DAY_MS).toISOString();
    return [make(visit(at)), make(pulse(at, 60 + (day % 30)))];
  });
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [{ fullUrl: subject.reference, ...make(patient) }, make(team), ...events.flat()],
  };
}

/** Path of the patient's chart. */
async function importRecord(url: string, token: string, visits: number, practitioner: string): Promise<string> {
  const answer = await fetch(`${url}/fhir/R4`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': FHIR_JSON },
    body: JSON.stringify(recordOf(visits, practitioner)),
  });
  const { entry } = (await answer.json()) as { entry?: { response: { location: string } }[] };
  const id = /Patient\/([^/]+)/.exec(entry?.[0]?.response.location ?? '')?.[1];
  if (id === undefined) throw new Error(`The record was not taken: ${answer.status}`);
  return `/patients/${id}`;
}

function systemToken(hospital: DemoHospital): string {
  const main = join(import.meta.dirname, '../../apps/cli/main.ts');
  const said = execFileSync(
    process.execPath,
    [main, 'token', 'create', '--data', hospital.dataFolder, '--role', 'system', '--json'],
    { encoding: 'utf8' },
  );
  return (JSON.parse(said) as { token: string }).token;
}

async function ownReference(page: Page): Promise<string> {
  await page.goto('/patients');
  await page.waitForSelector('.patient-link');
  const reference = await page.evaluate(async (accept) => {
    const answer = await fetch('/fhir/R4/CareTeam?_count=1', { headers: { accept } });
    const bundle = (await answer.json()) as {
      entry: { resource: { participant: { member: { reference: string } }[] } }[];
    };
    return bundle.entry[0]?.resource.participant.map(({ member }) => member.reference);
  }, FHIR_JSON);
  const own = reference?.find((one) => one.startsWith('Practitioner/'));
  if (own === undefined) throw new Error('The demo’s practitioner is in no care team');
  return own;
}

async function opening(page: Page, path: string): Promise<number> {
  await page.goto('/patients');
  const link = page.locator(`a[href="${path}"]`).first();
  await link.waitFor();
  const start = performance.now();
  await link.click();
  await drawn(page);
  return performance.now() - start;
}

/** Of a browser that comes to the address from elsewhere. */
async function loading(page: Page, path: string): Promise<number> {
  await page.goto('about:blank');
  const start = performance.now();
  await page.goto(path, { waitUntil: 'commit' });
  await drawn(page);
  return performance.now() - start;
}

async function drawn(page: Page): Promise<void> {
  for (const part of ['.banner h1', '.timeline li', '.line-chart']) await page.waitForSelector(part);
}

await buildWeb();
const [browser, hospital] = await Promise.all([launchBrowser(), startDemoHospital()]);
try {
  const readers = new Readers(browser, hospital);
  const page = await readers.open('practitioner', { width: 1280, scheme: 'light', language: 'en' });
  const practitioner = await ownReference(page);
  const token = systemToken(hospital);
  const paths = [
    await importRecord(hospital.url, token, LONG, practitioner),
    await importRecord(hospital.url, token, SHORT, practitioner),
  ] as const;
  for (const [how, took] of [
    ['from the click', opening],
    ['from its address', loading],
  ] as const) {
    const times: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      times[0].push(await took(page, paths[0]));
      times[1].push(await took(page, paths[1]));
    }
    const [long, short] = [median(times[0]), median(times[1])];
    print({
      name: `chart of ${LONG} visits, ${how} to everything drawn`,
      value: long,
      unit: 'ms',
      against: `one of ${SHORT} visits, ${Math.round(short)} ms`,
      ratio: long / short,
      note: `${2 * LONG} resources, Chromium at 1280 px, slowest of ${ROUNDS} ${Math.round(Math.max(...times[0]))} ms; goal 1,000 ms`,
    });
  }
} finally {
  await browser.close();
  await hospital.stop();
}
