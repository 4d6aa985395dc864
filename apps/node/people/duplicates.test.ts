import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClinicalSession } from '../clinical/index.ts';
import { findDuplicates } from './duplicates.ts';

const person = (id: string, given: string, family: string, birthDate: string, more: object = {}) => ({
  id,
  content: Buffer.from(
    JSON.stringify({ resourceType: 'Patient', id, name: [{ given: [given], family }], birthDate, ...more }),
  ),
});

/** As a store with these Patients, the newest first. */
function storeOf(people: readonly ReturnType<typeof person>[]): ClinicalSession {
  const find = (_type: string, _criteria: string, limit: number, { skip = 0 } = {}) => people.slice(skip, skip + limit);
  return { find } as unknown as ClinicalSession;
}

test('C55 among thousands those are found who share a day of birth and a name, or a phone and a name, once each', async () => {
  const many = Array.from({ length: 3_000 }, (_, at) => {
    const day = `19${String(40 + (at % 60)).padStart(2, '0')}-0${1 + (at % 9)}-${String(1 + (at % 28)).padStart(2, '0')}`;
    return person(`n${at}`, `Given${String.fromCodePoint(97 + (at % 26))}${at}`, `Family${at}x`, day);
  });
  const phone = { telecom: [{ system: 'phone', value: '+91 98220 11111' }] };
  const pairs = [
    person('new', 'Meera', 'Kulkarny', '1985-03-14', phone),
    person('old', 'Meera', 'Kulkarni', '1985-03-14', phone),
    person('aunt', 'Sunita', 'Kulkarni', '1950-01-02', phone),
  ];
  const found = await findDuplicates(
    storeOf([pairs[0], ...many.slice(0, 1_500), pairs[1], ...many.slice(1_500), pairs[2]].flatMap((one) => one ?? [])),
  );
  assert.deepEqual(found, { pairs: [{ patients: ['old', 'new'], because: ['name', 'phone'] }], partial: false });
});

test('C55 a record that was joined already is no duplicate any more', async () => {
  const link = { link: [{ other: { reference: 'Patient/a' }, type: 'replaced-by' }] };
  const people = [person('a', 'Meera', 'Kulkarni', '1985-03-14'), person('b', 'Meera', 'Kulkarni', '1985-03-14', link)];
  assert.deepEqual((await findDuplicates(storeOf(people))).pairs, []);
});

test('C55 a day of birth that thousands share does not make millions of comparisons', async () => {
  const people = Array.from({ length: 5_000 }, (_, at) => person(`n${at}`, `Given${at}`, `Family${at}x`, '1900-01-01'));
  const began = performance.now();
  await findDuplicates(storeOf(people));
  assert.ok(performance.now() - began < 5_000);
});
