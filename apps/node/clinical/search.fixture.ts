/** Small data of every shape a search tells apart, and a walk through all pages of an answer. */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { sharedDefinitions, type TestServer, testServer } from './store.fixture.ts';

export interface Made {
  readonly id: string;
  readonly patient: number;
  readonly status: string;
  readonly code: string;
  readonly system: string | undefined;
  readonly date: string | undefined;
  readonly value: number | undefined;
}

export interface Person {
  readonly id: string;
  readonly family: string;
  readonly gender: string | undefined;
}

export let server: TestServer;
export const people: Person[] = [];
export const observations: Made[] = [];
export const FAMILIES = ['Rao', 'Raó', 'Raghunathan-Venkataraman', 'Iyer', 'raj', 'O Neil'];
export const DATES = [
  '2019',
  '2020',
  '2020-02',
  '2020-02-29',
  '2020-02-29T12:00:00Z',
  '2020-03-01T00:00:00+05:30',
  undefined,
];
const VALUES = [1, 1.5, 1.45, 2, 100, -3, undefined];
export const STATUSES = ['final', 'amended', 'preliminary'];
const CODES: [string, string | undefined][] = [
  ['a', 'urn:s'],
  ['a', 'urn:t'],
  ['b', 'urn:s'],
  ['b', undefined],
];

async function make(resource: object): Promise<string> {
  const reply = await server.request('POST', `/${(resource as { resourceType: string }).resourceType}`, resource);
  assert.equal(reply.status, 201, reply.text);
  return reply.body.id;
}

before(async () => {
  server = await testServer();
  for (const [index, family] of FAMILIES.entries()) {
    const gender = [undefined, 'male', 'female'][index % 3];
    people.push({
      family,
      gender,
      id: await make({ resourceType: 'Patient', name: [{ family }], ...(gender === undefined ? {} : { gender }) }),
    });
  }
  for (let n = 0; n < 84; n++) {
    const [code = '', system] = CODES[n % CODES.length] ?? [];
    const made = {
      patient: n % FAMILIES.length,
      status: STATUSES[(n >> 1) % 3] ?? '',
      code,
      system,
      date: DATES[n % DATES.length],
      value: VALUES[(n * 5) % VALUES.length],
    };
    const id = await make({
      resourceType: 'Observation',
      status: made.status,
      code: { coding: [{ code, ...(system === undefined ? {} : { system }) }] },
      subject: { reference: `Patient/${people[made.patient]?.id}` },
      ...(made.date === undefined ? {} : { effectiveDateTime: made.date }),
      ...(made.value === undefined ? {} : { valueQuantity: { value: made.value, unit: 'cm' } }),
    });
    observations.push({ ...made, id });
  }
});
after(async () => (await sharedDefinitions()).close());

export async function idsOf(path: string): Promise<string[]> {
  const ids: string[] = [];
  for (let next: string | undefined = path; next !== undefined; ) {
    const { status, body, text } = await server.request('GET', next);
    assert.equal(status, 200, `${path}: ${text}`);
    ids.push(...(body.entry ?? []).map((entry: { resource: { id: string } }) => entry.resource.id));
    next = body.link.find(({ relation }: { relation: string }) => relation === 'next')?.url;
  }
  return ids;
}

/** First and last millisecond, worked out without the code under test. */
export function span(text: string): [number, number] {
  if (/^\d{4}$/.test(text)) return [Date.UTC(Number(text), 0), Date.UTC(Number(text) + 1, 0) - 1];
  if (/^\d{4}-\d{2}$/.test(text))
    return [
      Date.parse(`${text}-01T00:00:00Z`),
      new Date(Date.parse(`${text}-01T00:00:00Z`)).setUTCMonth(Number(text.slice(5))) - 1,
    ];
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return [Date.parse(text), Date.parse(text) + 86_399_999];
  return [Date.parse(text), Date.parse(text) + 999];
}

export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
}
