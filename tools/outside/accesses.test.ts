/* oxlint-disable typescript/no-explicit-any -- what another process answers is looked at as it comes */
/** Who saw my record, end to end: from a practitioner's read to the list that the patient checks without believing the node. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fromHex } from '@clearchart/crypto';
import { type AccessDetail, commitDetail } from '@clearchart/exchange';
import { accessLogKey, type Hash, runningHashOf, verifyState } from '@clearchart/ledger';
import {
  clearchartJson,
  patientBundle,
  type RunningNode,
  startNode,
  temporaryFolder,
  writeJson,
} from './clearchart-process.fixture.ts';

const temporary = temporaryFolder();
const data = join(temporary.path, 'data');
/** One batch a second, one block, and a busy machine. */
const ON_LEDGER_WITHIN_MS = 10_000;
let node: RunningNode | undefined;
let ids: { patient: string; practitioner: string; careTeam: string; observation: string };
const tokens = { system: '', practitioner: '', patient: '' };

async function ask(
  role: keyof typeof tokens,
  path: string,
  init: RequestInit = {},
): Promise<{ status: number; body: any }> {
  const headers = { authorization: `Bearer ${tokens[role]}`, ...init.headers };
  const answer = await fetch(`${node?.url}${path}`, { ...init, headers });
  return { status: answer.status, body: await answer.json() };
}

async function tokenFor(role: keyof typeof tokens, person?: string): Promise<string> {
  const args = ['token', 'create', '--data', data, '--role', role];
  const { answer } = await clearchartJson(person === undefined ? args : [...args, '--person', person]);
  return answer.token as string;
}

/** The patient's list, as soon as it has this many entries. */
async function listOf(count: number): Promise<any> {
  const until = Date.now() + ON_LEDGER_WITHIN_MS;
  for (;;) {
    const { status, body } = await ask('patient', `/api/patients/${ids.patient}/accesses`);
    assert.equal(status, 200);
    if (body.count >= count) return body;
    assert.ok(Date.now() < until, `the list has ${body.count} entries, not ${count}`);
    await new Promise((later) => setTimeout(later, 100));
  }
}

function assertProved(list: any): void {
  const declared = list.entries.map(({ entry, organization }: any) => ({ entry, organization }));
  assert.equal(list.entries.length, list.count);
  assert.equal(runningHashOf(declared), list.runningHash);
  assert.equal(list.stateProof.key, accessLogKey(list.pseudonym));
  assert.equal(verifyState(list.header.stateRoot as Hash, list.stateProof), true);
  assert.deepEqual([list.stateProof.value.count, list.stateProof.value.runningHash], [list.count, list.runningHash]);
}

before(async () => {
  await clearchartJson(['init', '--data', data, '--name', 'City Hospital', '--admin-email', 'a@city.example']);
  tokens.system = await tokenFor('system');
  await clearchartJson(['import', '--data', data, writeJson(join(temporary.path, 'bundle.json'), patientBundle(1))]);
  node = await startNode(data);
  // The first read of the program in this hour.
  const team = await ask('system', '/fhir/R4/CareTeam');
  const { id: careTeam, subject, participant } = team.body.entry[0].resource;
  const patient = subject.reference.slice('Patient/'.length);
  const practitioner = participant[0].member.reference.slice('Practitioner/'.length);
  tokens.practitioner = await tokenFor('practitioner', practitioner);
  tokens.patient = await tokenFor('patient', patient);
  const own = await ask('patient', '/fhir/R4/Observation');
  ids = { careTeam, patient, practitioner, observation: own.body.entry[0].resource.id };
});
after(async () => {
  await node?.kill();
  temporary.remove();
});

test('C10 C12 C18 a program makes one event for each patient and hour, and own reads none', async () => {
  for (let times = 0; times < 3; times += 1) await ask('system', `/fhir/R4/Patient/${ids.patient}`);
  await ask('patient', `/fhir/R4/Patient/${ids.patient}`);
  const list = await listOf(1);
  await new Promise((later) => setTimeout(later, 1_500));
  const later = await listOf(1);
  assert.equal(later.count, 1);
  assert.equal(list.entries[0].entry.purpose, 'HOPERAT');
  assert.equal(list.entries[0].opening.detail.authorisedBy, 'operator');
  assertProved(later);
});

test('C13 C17 C19 an event is on disk before its answer: killed right after it, the node still declares it', async () => {
  const read = await ask('practitioner', `/fhir/R4/Observation/${ids.observation}`);
  assert.equal(read.status, 200);
  await node?.kill();
  node = await startNode(data);
  const list = await listOf(2);
  assertProved(list);
  const { entry, opening, practitioner, role } = list.entries[1];
  assert.deepEqual([entry.kind, entry.purpose, role], ['opened', 'TREAT', 'practitioner']);
  assert.ok(String(practitioner).length > 0);
  assert.equal(commitDetail(opening.detail as AccessDetail, fromHex(opening.salt as string)), entry.detail);
  assert.match(opening.salt as string, /^[0-9a-f]{64}$/);
  assert.doesNotMatch(
    JSON.stringify(list.entries.map((one: any) => one.entry)),
    new RegExp(`Joshi|${ids.practitioner}`),
  );
  const declared = list.entries.map((one: any) => ({ entry: one.entry, organization: one.organization }));
  assert.notEqual(runningHashOf(declared.toReversed()), list.runningHash, 'the order counts');
});

test('C19 an absence proof shows that nobody saw a record', async () => {
  const made = await ask('system', '/fhir/R4', {
    method: 'POST',
    headers: { 'content-type': 'application/fhir+json' },
    body: JSON.stringify(patientBundle(3)),
  });
  const unseen = /Patient\/([^/]+)/.exec(made.body.entry[0].response.location as string)?.[1] ?? '';
  const token = await tokenFor('patient', unseen);
  const headers = { authorization: `Bearer ${token}` };
  const until = Date.now() + ON_LEDGER_WITHIN_MS;
  let answer = await fetch(`${node?.url}/api/patients/${unseen}/accesses`, { headers });
  while (answer.status !== 200 && Date.now() < until) {
    await new Promise((later) => setTimeout(later, 100));
    answer = await fetch(`${node?.url}/api/patients/${unseen}/accesses`, { headers });
  }
  const list = (await answer.json()) as any;
  assert.deepEqual([list.count, list.entries, list.stateProof.value], [0, [], null]);
  assert.equal(list.stateProof.key, accessLogKey(list.pseudonym));
  assert.equal(verifyState(list.header.stateRoot as Hash, list.stateProof), true);
  const claimed = await listOf(2);
  assert.equal(verifyState(claimed.header.stateRoot as Hash, { ...claimed.stateProof, value: null }), false);
  assert.ok(list.completeness[0].time > 0, 'and up to when it is complete');
});

test('C16 the declaration "complete up to" rises with each batch', async () => {
  const before = await listOf(2);
  const made = await ask('system', '/fhir/R4', {
    method: 'POST',
    headers: { 'content-type': 'application/fhir+json' },
    body: JSON.stringify(patientBundle(2)),
  });
  assert.equal(made.status, 200);
  const location = made.body.entry[0].response.location as string;
  await ask('system', new URL(location, `${node?.url}/fhir/R4/`).pathname.replace(/\/_history\/.*/, ''));
  const until = Date.now() + ON_LEDGER_WITHIN_MS;
  for (;;) {
    const now = await listOf(2);
    if (now.completeness[0].time > before.completeness[0].time) break;
    assert.ok(Date.now() < until, 'the declaration did not rise');
    await new Promise((later) => setTimeout(later, 100));
  }
});

test('C1 C11 the right to read ends with the care team, at the next request', async () => {
  assert.equal((await ask('practitioner', `/fhir/R4/Patient/${ids.patient}`)).status, 200);
  const { body } = await ask('system', `/fhir/R4/CareTeam/${ids.careTeam}`);
  const ended = await ask('system', `/fhir/R4/CareTeam/${ids.careTeam}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/fhir+json' },
    body: JSON.stringify({ ...body, status: 'inactive' }),
  });
  assert.equal(ended.status, 200);
  const refused = await ask('practitioner', `/fhir/R4/Patient/${ids.patient}`);
  const unknown = await ask('practitioner', '/fhir/R4/Patient/00000000-0000-4000-8000-000000000000');
  assert.deepEqual([refused.status, refused.body], [404, unknown.body]);
});

test('C18 the list is the patient’s alone', async () => {
  for (const role of ['practitioner', 'system'] as const) {
    assert.equal((await ask(role, `/api/patients/${ids.patient}/accesses`)).status, 403);
  }
  assert.equal((await ask('patient', `/api/patients/${ids.practitioner}/accesses`)).status, 404);
});

test('the log of accesses holds in the check at the end', async () => {
  assert.equal((await node?.stop())?.code, 0);
  node = undefined;
  const { code, answer } = await clearchartJson(['check-ledger', data]);
  assert.deepEqual([code, answer.faults], [0, []]);
});
