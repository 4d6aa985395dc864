/** The desk's lists of patients and new practitioners on a real node: nobody twice, nobody kept waiting, nothing told to who is not the desk. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { registerByCode } from '@clearchart/web';
import { browserAt, startTestNode, type TestNode } from './test-node.fixture.ts';

let host: TestNode;
before(async () => {
  host = await startTestNode();
});
after(() => host.close());

const HEAD = 'given,family,birth date,gender,mobile,e-mail,address,town';
const list = (...lines: string[]) => [HEAD, ...lines].join('\r\n');

async function desk<Answer>(
  path: string,
  body?: object,
  method = 'POST',
): Promise<{ status: number; answer: Answer; code: string }> {
  const { status, body: text } = await host.askAsAdministrator(method, path, body);
  return { status, code: text, answer: (status < 300 ? JSON.parse(text) : undefined) as Answer };
}

interface Checked {
  readonly people: number;
  readonly written: number;
  readonly faultCount: number;
  readonly faults: readonly { readonly line: number; readonly code: string }[];
  readonly known: readonly {
    readonly line: number;
    readonly alike: readonly { readonly id: string; readonly because: string[] }[];
  }[];
}
interface Writing {
  readonly id: string;
  readonly state: 'being-written' | 'written' | 'broken-off';
  readonly written: number;
  readonly of: number;
  readonly leftOut: number;
}

const LISTS = '/api/patient-lists';
const last = async () => (await desk<{ list?: Writing }>(`${LISTS}/last`, undefined, 'GET')).answer.list;

/** Begins a list; answers when nothing of it is written any more. */
async function write(csv: string, alsoKnown: boolean, expected: number): Promise<Writing> {
  const { status, code } = await desk(LISTS, { csv, alsoKnown, expected });
  assert.equal(status, 202, code);
  for (;;) {
    const list = await last();
    if (list !== undefined && list.state !== 'being-written') return list;
    await setTimeout(20);
  }
}

const count = async (query: string): Promise<number> =>
  (await host.ask('GET', `/fhir/R4/${query}`, { token: host.tokens.system })).json().total;
const patients = () => count('Patient?_summary=count');

test('A29 a list with one fault writes nobody and tells it; put right, it writes all, and the same list again nobody', async () => {
  const before_ = await patients();
  const [good, bad] = [
    'Meera,Pawar,1985-03-15,f,+91 98220 11111,meera@mail.example,"12, Lake Road",Pune',
    'Ravi,Rao,1985-02-30,m,,,,',
  ];
  const { answer: checked } = await desk<Checked>('/api/patient-lists/check', { csv: list(good, bad) });
  assert.deepEqual([checked.people, checked.faultCount], [1, 1]);
  assert.deepEqual(checked.faults, [{ line: 3, code: 'date-shape', column: 'birthDate' }]);
  const refused = await desk('/api/patient-lists', { csv: list(good, bad), alsoKnown: false, expected: 1 });
  assert.deepEqual([refused.status, refused.code], [422, 'list-has-faults']);
  assert.equal(await patients(), before_);
  const csv = list(good, bad.replace('02-30', '02-28'));
  const other = await desk('/api/patient-lists', { csv, alsoKnown: false, expected: 3 });
  assert.equal(other.status, 409, 'another number than the desk was shown');
  const { id, ...done } = await write(csv, false, 2);
  assert.deepEqual(done, { state: 'written', written: 2, of: 2, before: 0, leftOut: 0 });
  assert.equal(await patients(), before_ + 2);
  const again = await desk<Checked>('/api/patient-lists/check', { csv });
  assert.equal(again.status, 200, again.code);
  assert.deepEqual([again.answer.written, again.answer.known], [2, []]);
  const twice = await desk(LISTS, { csv, alsoKnown: true, expected: 2 });
  assert.deepEqual([twice.status, twice.code], [409, 'list-changed'], 'nobody is left to be written');
  assert.equal(await patients(), before_ + 2);
  assert.equal(await count(`Patient?_tag=urn:clearchart:patient-list|${id}&_summary=count`), 2);
  const same = await desk<Checked>(`${LISTS}/check`, { csv: list(good.replace('Meera', 'Mira')) });
  assert.deepEqual([same.answer.written, same.answer.known.length], [0, 1], 'known to every other list');
  const found = await host.ask('GET', '/fhir/R4/Patient?family=Pawar', { token: host.tokens.system });
  assert.match(found.body, /12, Lake Road/);
});

/** People without anything in common. */
const crowd = (name: string, people: number) =>
  list(
    ...Array.from({ length: people }, (_, at) => {
      const day = `19${String(10 + (at % 90)).padStart(2, '0')}-0${1 + (at % 9)}-${10 + (at % 19)}`;
      return `${name}${at},Number${at}q,${day},unknown,,,,`;
    }),
  );

test('A29 one list sent by several desks at once writes each person once; another list waits its turn', async () => {
  const before_ = await patients();
  const csv = crowd('Nila', 200);
  const both = await Promise.all([
    ...Array.from({ length: 4 }, () => desk(LISTS, { csv, alsoKnown: true, expected: 200 })),
    desk(LISTS, { csv: crowd('Other', 3), alsoKnown: true, expected: 3 }),
  ]);
  assert.deepEqual(
    both.map(({ status, code }) => (status === 202 ? status : code)),
    [202, 202, 202, 202, 'list-under-way'],
  );
  while ((await last())?.state === 'being-written') await setTimeout(20);
  assert.equal(await patients(), before_ + 200);
});

test('A29 a list that was broken off is known as far as it came, and goes on without doubling anybody', async () => {
  const before_ = await patients();
  // Alike among themselves: who was written before the break makes nobody of the rest known.
  const csv = list(
    ...Array.from({ length: 300 }, (_, at) => `Tara${letters(at)},Shah,1971-05-05,female,,tara@x.example,,`),
  );
  assert.equal((await desk(LISTS, { csv, alsoKnown: false, expected: 300 })).status, 202);
  const { answer } = await desk<{ list: Writing }>(`${LISTS}/last`, undefined, 'DELETE');
  const { written } = answer.list;
  assert.equal(answer.list.state, 'broken-off');
  assert.ok(written > 0 && written < 300, `${written} were written`);
  assert.equal(await patients(), before_ + written);
  await setTimeout(300);
  assert.equal(await patients(), before_ + written, 'it went on after it was broken off');
  const { answer: checked } = await desk<Checked>(`${LISTS}/check`, { csv });
  assert.deepEqual([checked.people, checked.written, checked.known], [300, written, []]);
  const { id, ...rest } = await write(csv, false, 300 - written);
  assert.deepEqual(rest, { state: 'written', written: 300, of: 300, before: written, leftOut: 0 });
  assert.equal(id, answer.list.id, 'one list, one id');
  assert.equal(await patients(), before_ + 300);
});

test('A29 a list ends with the account that began it, and another desk writes the rest', async () => {
  const before_ = await patients();
  const invitation = { role: 'administrator', email: 'second@city.example', name: 'Second' };
  const { answer: issued } = await desk<{ code: string }>('/api/invitations', invitation);
  const second = browserAt(host.node.url, host.now);
  const { session } = await registerByCode(second, { code: issued.code, password: 'a long password of his' });
  const csv = crowd('Uma', 600);
  await second.connection.send(LISTS, { csv, alsoKnown: true, expected: 600 });
  assert.equal((await desk(`/api/accounts/${session.accountId}/deactivate`, {})).status, 200);
  while ((await last())?.state === 'being-written') await setTimeout(20);
  const stands = await last();
  assert.equal(stands?.state, 'broken-off');
  const { written } = stands;
  assert.ok(written < 600, `${written} were written`);
  assert.equal(await patients(), before_ + written);
  const { id, ...done } = await write(csv, true, 600 - written);
  assert.deepEqual(done, { state: 'written', written: 600, of: 600, before: written, leftOut: 0 });
  assert.equal(id, stands.id);
});

test('A29 five thousand people are checked and written; whoever asks meanwhile is answered', async (t) => {
  const before_ = await patients();
  const csv = crowd('Person', 5_000);
  const { answer: checked } = await desk<Checked>(`${LISTS}/check`, { csv });
  assert.deepEqual([checked.people, checked.faultCount, checked.known.length], [5_000, 0, 0]);
  let isWriting = true;
  const seen: number[] = [];
  const writing = write(csv, true, 5_000).finally(() => {
    isWriting = false;
  });
  const waits: number[] = [];
  while (isWriting) {
    const asked = performance.now();
    const { status } = await host.ask('GET', `/fhir/R4/Patient/${host.ids['p']}`, { token: host.tokens.mine });
    waits.push(performance.now() - asked);
    assert.equal(status, 200);
    seen.push((await last())?.written ?? 0);
    await setTimeout(20);
  }
  const { id: _, ...done } = await writing;
  assert.deepEqual(done, { state: 'written', written: 5_000, of: 5_000, before: 0, leftOut: 0 });
  assert.equal(await patients(), before_ + 5_000);
  assert.ok(new Set(seen).size > 10, 'how far it has come is told on the way');
  const [p50, p95, longest] = [0.5, 0.95, 1].map(
    (share) => waits.toSorted((a, b) => a - b)[Math.ceil(waits.length * share) - 1],
  );
  t.diagnostic(`${waits.length} reads meanwhile, in ms: half ${p50}, 95 of 100 ${p95}, longest ${longest}`);
  assert.ok((p95 ?? 0) < 1_000, `95 of 100 reads took up to ${p95} ms`);
});

/** 0 is aa, 1 is ba, 26 is ab: names that are not alike. */
const letters = (at: number) => String.fromCharCode(97 + (at % 26), 97 + Math.floor(at / 26));

test('A30 the desk is told who may be known and why; nobody else is', async () => {
  const asked = { given: 'Asha', family: 'Kulkarny', birthDate: '1985-03-14' };
  const { answer } = await desk<{ people: { id: string; because: string[] }[] }>('/api/patients/alike', asked);
  assert.deepEqual(
    answer.people.map(({ id, because }) => [id, because]),
    [[host.ids['p'], ['name']]],
  );
  const stranger = await desk<{ people: object[] }>('/api/patients/alike', { ...asked, birthDate: '1985-03-15' });
  assert.deepEqual(stranger.answer.people, []);
});

test('A31 a practitioner enters the directory with a specialty and an invitation, once', async () => {
  const path = '/api/practitioners';
  const practitioner = { name: 'Dr Leela Menon', email: 'leela.menon@city.example', specialty: 'cardiology' };
  const before_ = await count('Practitioner?_summary=count');
  const unknown = await desk(path, { ...practitioner, specialty: 'alchemy' });
  assert.equal(unknown.status, 400);
  assert.equal(await count('Practitioner?_summary=count'), before_);
  const issued = await desk<{ code: string; path: string }>(path, practitioner);
  assert.equal(issued.status, 201, issued.code);
  assert.match(issued.answer.path, /^\/enrol#/);
  const again = await Promise.all([
    desk<{ code: string }>(path, practitioner),
    desk<{ code: string }>(path, practitioner),
  ]);
  assert.deepEqual(
    again.map(({ status }) => status),
    [201, 201],
  );
  assert.equal(await count('Practitioner?_summary=count'), before_ + 1);
  const roles = 'PractitionerRole?practitioner.name=Menon&specialty=http://snomed.info/sct|394579002';
  assert.equal(await count(roles), 1);
});
