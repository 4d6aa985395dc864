// FHIR over HTTP at 10 connections: create, read, search by identifier (1 row), a patient's observations (20 rows). A real node in
// a process of its own, sealed and anchored, every answer's access on disk; the load comes from this process on the same cores.
import autocannon from 'autocannon';
import { machineNote, median, medianRate, print, type VerifyRate, verifyRate } from './kit/measure.ts';
import { foundHospital, type NodeProcess, startNode, systemToken, temporaryFolder } from './kit/node-process.ts';

const PATIENTS = Number(process.env['BENCH_PATIENTS'] ?? 250);
const OBSERVATIONS = 20;
const CONNECTIONS = 10;
const ROUNDS = 3;
const WARM_UP_SECONDS = 2;
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 3);
/** Bundles being imported at once while the data is made. */
const IMPORTS_AT_ONCE = 4;

/** Verifications a second on two cores that the goals were set at, and the goals, a second. */
const GOAL_VERIFY_RATE = 11_000;
const GOALS = { create: 1_000, read: 9_000, identifier: 5_500, observations: 3_800 } as const;

interface Stored {
  readonly id: string;
  readonly observations: readonly string[];
}

const numberOf = (patient: number): string => `BENCH-${String(patient).padStart(6, '0')}`;

function patientOf(patient: number): object {
  return {
    resourceType: 'Patient',
    identifier: [{ system: 'urn:bench:numbers', value: numberOf(patient) }],
    name: [{ use: 'official', family: `Benchfamily${patient}`, given: ['Asha', 'Meera'] }],
    gender: 'female',
    birthDate: `19${50 + (patient % 50)}-03-14`,
    telecom: [{ system: 'phone', value: `+91 98 0000 ${patient}` }],
    address: [{ line: ['12 Lake Road'], city: 'Pune', postalCode: '411001', country: 'IN' }],
  };
}

function observationOf(subject: string, number: number): object {
  const day = String((number % 28) + 1).padStart(2, '0');
  return {
    resourceType: 'Observation',
    status: 'final',
    category: [
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] },
    ],
    code: { coding: [{ system: 'http://loinc.org', code: '8867-4', display: 'Heart rate' }], text: 'Heart rate' },
    subject: { reference: subject },
    effectiveDateTime: `2025-03-${day}T09:30:00+05:30`,
    valueQuantity: { value: 60 + (number % 40), unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' },
  };
}

function bundleOf(patient: number): object {
  const post = (resource: object): object => ({
    resource,
    request: { method: 'POST', url: (resource as { resourceType: string }).resourceType },
  });
  const fullUrl = `urn:uuid:00000000-0000-4000-8000-${String(patient).padStart(12, '0')}`;
  const observations = Array.from({ length: OBSERVATIONS }, (_, number) => post(observationOf(fullUrl, number)));
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [{ fullUrl, ...post(patientOf(patient)) }, ...observations],
  };
}

async function load(url: string, headers: Record<string, string>): Promise<Stored[]> {
  const stored: Stored[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let patient = next++; patient < PATIENTS; patient = next++) {
      const response = await fetch(`${url}/fhir/R4`, {
        method: 'POST',
        headers,
        body: JSON.stringify(bundleOf(patient)),
      });
      if (response.status !== 200) throw new Error(`The data was refused: ${response.status} ${await response.text()}`);
      const { entry } = (await response.json()) as { entry: { response: { location: string } }[] };
      const [id = '', ...observations] = entry.map(({ response: { location } }) => location.split('/')[1] ?? '');
      stored[patient] = { id, observations };
    }
  };
  await Promise.all(Array.from({ length: IMPORTS_AT_ONCE }, worker));
  return stored;
}

type Request = Pick<autocannon.Request, 'method' | 'path' | 'body'>;
interface Measured {
  readonly perSecond: number;
  readonly p99: number;
  /** Processor time of the node for one answer, microseconds. */
  readonly cpuUs: number;
  readonly bytes: number;
}

async function shoot(
  node: NodeProcess,
  headers: Record<string, string>,
  requests: Request[],
  seconds: number,
): Promise<Measured> {
  let connected = 0;
  const before = node.cpuMs();
  const result = await autocannon({
    url: node.url,
    connections: CONNECTIONS,
    duration: seconds,
    headers,
    // Each connection builds its requests before the first: a part of them each, so that the time measured is not spent there.
    setupClient: (client) => {
      const part = connected++;
      client.setRequests(requests.filter((_, index) => index % CONNECTIONS === part) as autocannon.Request[]);
    },
  });
  const answers = result['2xx'];
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} answers were refusals, ${result.errors} connections failed`);
  return {
    perSecond: answers / result.duration,
    p99: result.latency.p99,
    cpuUs: ((node.cpuMs() - before) * 1000) / answers,
    bytes: result.throughput.total / answers,
  };
}

/** So that two connections seldom ask for the same thing at once. */
function shuffled<Value>(values: readonly Value[]): Value[] {
  return values
    .map((value, index) => ({ value, at: (index * 7_919) % values.length }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}

const folder = temporaryFolder();
const data = `${folder.path}/data`;
await foundHospital(data);
const node = await startNode('node', data);
try {
  const headers = {
    authorization: `Bearer ${await systemToken(data)}`,
    'content-type': 'application/fhir+json',
    accept: 'application/fhir+json',
  };
  const stored = await load(node.url, headers);
  const get = (path: string): Request => ({ method: 'GET', path: `/fhir/R4/${path}` });
  const kinds: Record<keyof typeof GOALS, Request[]> = {
    read: shuffled(stored.flatMap(({ observations }) => observations)).map((id) => get(`Observation/${id}`)),
    identifier: shuffled(stored.map((_, index) => numberOf(index))).map((number) =>
      get(`Patient?identifier=${encodeURIComponent(`urn:bench:numbers|${number}`)}`),
    ),
    observations: shuffled(stored).map(({ id }) => get(`Observation?patient=${id}`)),
    create: stored.map(({ id }, index) => ({
      method: 'POST',
      path: '/fhir/R4/Observation',
      body: JSON.stringify(observationOf(`Patient/${id}`, index)),
    })),
  };
  const NAMES = {
    create: 'FHIR create',
    read: 'FHIR read',
    identifier: 'FHIR search by identifier, 1 row',
    observations: `FHIR search, a patient's observations, ${OBSERVATIONS} rows`,
  };
  const wanted = process.env['BENCH_ONLY'];
  for (const [kind, requests] of Object.entries(kinds) as [keyof typeof GOALS, Request[]][]) {
    if (wanted !== undefined && !wanted.includes(kind)) continue;
    await shoot(node, headers, requests, WARM_UP_SECONDS);
    const rates: VerifyRate[] = [];
    const found: Measured[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      rates.push(await verifyRate());
      found.push(await shoot(node, headers, requests, SECONDS));
    }
    const pace = medianRate(rates);
    const goal = (GOALS[kind] * pace.allCores) / GOAL_VERIFY_RATE;
    const value = median(found.map(({ perSecond }) => perSecond));
    print({
      name: NAMES[kind],
      value,
      unit: '1/s',
      against: `goal ${GOALS[kind]}/s where all cores do ${GOAL_VERIFY_RATE} crypto.verify/s: ${Math.round(goal)}/s here`,
      ratio: value / goal,
      note: `${CONNECTIONS} connections, medians of ${ROUNDS} × ${SECONDS} s, ${PATIENTS} patients with ${OBSERVATIONS} observations each, system token; bodies sealed and anchored, SQLite FULL, windows of access on disk first; ${Math.round(median(found.map(({ cpuUs }) => cpuUs)))} µs of the node's processor time and ${Math.round(median(found.map(({ bytes }) => bytes)))} bytes an answer, p99 ${median(found.map(({ p99 }) => p99))} ms; load from the same machine, ${machineNote(pace)}`,
    });
  }
} finally {
  await node.stop();
  folder.remove();
}
