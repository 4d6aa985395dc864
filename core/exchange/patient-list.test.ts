import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MOST_LISTED, parsePatientList } from './patient-list.ts';

const TODAY = '2026-11-26';
const HEAD = 'Given name,Family name,Date of birth,Sex,Mobile,E-mail,Address,Town';
const read = (...lines: string[]) => parsePatientList([HEAD, ...lines].join('\r\n'), TODAY);
const told = (...lines: string[]) =>
  read(...lines).faults.map(({ line, code, column }) => [line, code, ...(column === undefined ? [] : [column])]);

test('A29 a line is a person; what may be left out is left out, and columns stand in any order', () => {
  assert.deepEqual(read('Meera,Kulkarni,1985-03-14,f,+91 98220 11111,meera@mail.example,"12, Lake Road",Pune'), {
    faults: [],
    patients: [
      {
        line: 2,
        given: 'Meera',
        family: 'Kulkarni',
        birthDate: '1985-03-14',
        gender: 'female',
        phone: '+91 98220 11111',
        email: 'meera@mail.example',
        address: '12, Lake Road',
        city: 'Pune',
      },
    ],
  });
  const { patients } = parsePatientList('dob,surname,first name,gender\n2000-02-29,Rao, Ravi ,UNKNOWN\n', TODAY);
  assert.deepEqual(
    { ...patients[0] },
    {
      line: 2,
      given: 'Ravi',
      family: 'Rao',
      birthDate: '2000-02-29',
      gender: 'unknown',
      phone: undefined,
      email: undefined,
      address: undefined,
      city: undefined,
    },
  );
});

test('A29 everything wrong is told at once, each by line and column', () => {
  assert.deepEqual(
    told(
      ',Rao,2001-02-29,x,none,ravi@,,',
      'Ravi,Rao,2026-11-27,m,,,,',
      'Ravi,Rao,14/03/1985,m,,,,',
      `${'R'.repeat(201)},Rao,1899-12-31,m,,,,`,
      'Ravi,Rao,1985-03-14,m',
    ),
    [
      [2, 'missing', 'given'],
      [2, 'date-shape', 'birthDate'],
      [2, 'gender', 'gender'],
      [2, 'phone-shape', 'mobile'],
      [2, 'email-shape', 'email'],
      [3, 'date-future', 'birthDate'],
      [4, 'date-shape', 'birthDate'],
      [5, 'too-long', 'given'],
      [5, 'date-shape', 'birthDate'],
      [6, 'columns-count'],
    ],
  );
});

test('A29 the same person twice is told with the line where they stand first', () => {
  const line = 'Ravi,Rao,1985-03-14,m,,,,';
  const { faults } = read(line, 'Asha,Rao,1985-03-14,f,,,,', line.toUpperCase());
  assert.deepEqual(faults, [{ line: 4, code: 'twice', first: 2 }]);
});

test('A29 columns that are missing, unknown or named twice, an empty list and an open quote are told', () => {
  const codes = (text: string) => parsePatientList(text, TODAY).faults.map(({ code, column }) => column ?? code);
  assert.deepEqual(codes('given,family,shoe size,given\nx,y,z,w'), ['column-unknown', 'given', 'birthDate', 'gender']);
  assert.deepEqual(codes(''), ['no-people']);
  assert.deepEqual(codes(`${HEAD}\r\n`), ['no-people']);
  assert.deepEqual(codes(`${HEAD}\nRavi,"Rao`), ['quote']);
});

test(`A29 a list has at most ${MOST_LISTED} people`, () => {
  const lines = (count: number) => Array.from({ length: count }, (_, at) => `Ravi,Rao ${at},1985-03-14,m,,,,`);
  assert.deepEqual(told(...lines(MOST_LISTED)), []);
  assert.deepEqual(told(...lines(MOST_LISTED + 1)), [[MOST_LISTED + 2, 'too-many']]);
});
