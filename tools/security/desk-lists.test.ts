/** The desk's lists of patients and new practitioners on a real node: all or nobody, nobody twice, nothing told to who is not the desk. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestNode, type TestNode } from './test-node.fixture.ts';

let host: TestNode;
before(async () => {
  host = await startTestNode();
});
after(() => host.close());

const HEAD = 'given,family,birth date,gender,mobile,e-mail,address,town';
const list = (...lines: string[]) => [HEAD, ...lines].join('\r\n');

async function desk<Answer>(path: string, body: object): Promise<{ status: number; answer: Answer; code: string }> {
  const { status, body: text } = await host.askAsAdministrator('POST', path, body);
  return { status, code: text, answer: (status < 300 ? JSON.parse(text) : undefined) as Answer };
}

interface Checked {
  readonly people: number;
  readonly faultCount: number;
  readonly faults: readonly { readonly line: number; readonly code: string }[];
  readonly known: readonly {
    readonly line: number;
    readonly alike: readonly { readonly id: string; readonly because: string[] }[];
  }[];
}
interface Imported {
  readonly created: number;
  readonly leftOut: number;
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
  const { answer } = await desk<Imported>('/api/patient-lists', { csv, alsoKnown: false, expected: 2 });
  assert.deepEqual(answer, { created: 2, leftOut: 0 });
  assert.equal(await patients(), before_ + 2);
  const again = await desk<Checked>('/api/patient-lists/check', { csv });
  assert.deepEqual(
    again.answer.known.map(({ line }) => line),
    [2, 3],
  );
  const twice = await desk<Imported>('/api/patient-lists', { csv, alsoKnown: true, expected: 2 });
  assert.deepEqual(twice.answer, { created: 0, leftOut: 2 });
  const found = await host.ask('GET', '/fhir/R4/Patient?family=Pawar', { token: host.tokens.system });
  assert.match(found.body, /12, Lake Road/);
});

test('A29 one list sent by several desks at once writes each person once', async () => {
  const before_ = await patients();
  const csv = list(
    ...Array.from({ length: 20 }, (_, at) => `Nila,Joshi${'abcdefghijklmnopqrst'[at]}x,19${50 + at}-01-01,f,,,,`),
  );
  await Promise.all(
    Array.from({ length: 4 }, () => desk('/api/patient-lists', { csv, alsoKnown: true, expected: 20 })),
  );
  assert.equal(await patients(), before_ + 20);
});

test('A29 five thousand people are checked and written as one', async () => {
  const before_ = await patients();
  const csv = list(
    ...Array.from({ length: 5_000 }, (_, at) => {
      const day = `19${String(10 + (at % 90)).padStart(2, '0')}-0${1 + (at % 9)}-${10 + (at % 19)}`;
      return `Person${at},Number${at}q,${day},unknown,,,,`;
    }),
  );
  const { answer: checked } = await desk<Checked>('/api/patient-lists/check', { csv });
  assert.deepEqual([checked.people, checked.faultCount, checked.known.length], [5_000, 0, 0]);
  const { answer } = await desk<Imported>('/api/patient-lists', { csv, alsoKnown: true, expected: 5_000 });
  assert.deepEqual(answer, { created: 5_000, leftOut: 0 });
  assert.equal(await patients(), before_ + 5_000);
});

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
