/**
 * A list of patients as a spreadsheet gives it: one line of names for the columns, then one line a person. Everything wrong is
 * told at once, by line and column; nobody is guessed at. Pure, so that the desk's browser and the node read it alike.
 */
import { type CsvRecord, parseCsv } from './csv.ts';
import type { PersonTraits } from './same-person.ts';

export const LIST_COLUMNS = ['given', 'family', 'birthDate', 'gender', 'mobile', 'email', 'address', 'city'] as const;
export type ListColumn = (typeof LIST_COLUMNS)[number];
/** People of one list. */
export const MOST_LISTED = 5_000;
const MOST_LETTERS = 200;
const OLDEST = '1900-01-01';

export interface ListedPatient extends PersonTraits {
  /** Of the file, from 1. */
  readonly line: number;
  readonly birthDate: string;
  readonly gender: 'male' | 'female' | 'other' | 'unknown';
  readonly address?: string | undefined;
  readonly city?: string | undefined;
}

export type ListFaultCode =
  | 'quote'
  | 'no-people'
  | 'too-many'
  | 'column-missing'
  | 'column-unknown'
  | 'column-twice'
  | 'columns-count'
  | 'missing'
  | 'too-long'
  | 'date-shape'
  | 'date-future'
  | 'gender'
  | 'email-shape'
  | 'phone-shape'
  | 'twice';

export interface ListFault {
  readonly line: number;
  readonly code: ListFaultCode;
  readonly column?: ListColumn;
  /** Of `twice`: the line where the same person stands first. */
  readonly first?: number;
}

export interface PatientList {
  readonly patients: readonly ListedPatient[];
  /** By line. */
  readonly faults: readonly ListFault[];
}

/** Other ways in which people name a column, without case, spaces and marks. */
const NAMES: Readonly<Record<ListColumn, readonly string[]>> = {
  given: ['given', 'givenname', 'givennames', 'firstname'],
  family: ['family', 'familyname', 'lastname', 'surname'],
  birthDate: ['birthdate', 'dateofbirth', 'dob', 'born', 'bornon'],
  gender: ['gender', 'sex'],
  mobile: ['mobile', 'phone', 'telephone'],
  email: ['email', 'mail'],
  address: ['address', 'street', 'houseandstreet'],
  city: ['city', 'town'],
};
const NEEDED: readonly ListColumn[] = ['given', 'family', 'birthDate', 'gender'];
const GENDERS: Readonly<Record<string, ListedPatient['gender']>> = {
  male: 'male',
  m: 'male',
  female: 'female',
  f: 'female',
  other: 'other',
  o: 'other',
  unknown: 'unknown',
  u: 'unknown',
};

/** `today` as YYYY-MM-DD: nobody is born later. */
export function parsePatientList(text: string, today: string): PatientList {
  const { records, fault } = parseCsv(text);
  const [head, ...lines] = records;
  const faults: ListFault[] = fault === undefined ? [] : [fault];
  if (head === undefined || (lines.length === 0 && fault === undefined)) {
    return { patients: [], faults: [...faults, { line: head?.line ?? 1, code: 'no-people' }] };
  }
  const columns = columnsOf(head);
  if ('faults' in columns) return { patients: [], faults: columns.faults };
  if (lines.length > MOST_LISTED) {
    return { patients: [], faults: [{ line: lines[MOST_LISTED]?.line ?? 1, code: 'too-many' }] };
  }
  const patients: ListedPatient[] = [];
  const firstLines = new Map<string, number>();
  for (const record of lines) {
    const read = patientOf(record, columns.order, today);
    if (Array.isArray(read)) {
      faults.push(...read);
      continue;
    }
    const name = [read.given, read.family, read.birthDate, read.phone, read.email].join('\n').toLowerCase();
    const first = firstLines.get(name);
    if (first !== undefined) faults.push({ line: read.line, code: 'twice', first });
    firstLines.set(name, first ?? read.line);
    patients.push(read);
  }
  return { patients, faults: faults.toSorted((one, other) => one.line - other.line) };
}

function columnsOf({ line, fields }: CsvRecord): { order: readonly ListColumn[] } | { faults: ListFault[] } {
  const faults: ListFault[] = [];
  const order: ListColumn[] = [];
  for (const field of fields) {
    const plain = field.toLowerCase().replace(/[^a-z]/g, '');
    const column = LIST_COLUMNS.find((one) => NAMES[one].includes(plain));
    if (column === undefined) faults.push({ line, code: 'column-unknown' });
    else if (order.includes(column)) faults.push({ line, code: 'column-twice', column });
    else order.push(column);
  }
  for (const column of NEEDED) if (!order.includes(column)) faults.push({ line, code: 'column-missing', column });
  return faults.length > 0 ? { faults } : { order };
}

function patientOf(record: CsvRecord, order: readonly ListColumn[], today: string): ListedPatient | ListFault[] {
  const { line, fields } = record;
  if (fields.length !== order.length) return [{ line, code: 'columns-count' }];
  const value = (column: ListColumn): string => (fields[order.indexOf(column)] ?? '').trim().normalize('NFC');
  const faults = order.flatMap((column): ListFault[] => {
    const code = faultOf(column, value(column), today);
    return code === undefined ? [] : [{ line, code, column }];
  });
  const gender = GENDERS[value('gender').toLowerCase()];
  if (faults.length > 0 || gender === undefined) return faults;
  return {
    line,
    given: value('given'),
    family: value('family'),
    birthDate: value('birthDate'),
    gender,
    phone: value('mobile') || undefined,
    email: value('email') || undefined,
    address: value('address') || undefined,
    city: value('city') || undefined,
  };
}

function faultOf(column: ListColumn, value: string, today: string): ListFaultCode | undefined {
  if (value === '') return NEEDED.includes(column) ? 'missing' : undefined;
  if (value.length > MOST_LETTERS) return 'too-long';
  switch (column) {
    case 'birthDate':
      if (!isDay(value) || value < OLDEST) return 'date-shape';
      return value > today ? 'date-future' : undefined;
    case 'gender':
      return value.toLowerCase() in GENDERS ? undefined : 'gender';
    case 'email':
      return /^[^\s@<>,;"]{1,64}@[^\s@<>,;"]+\.[^\s@<>,;".]+$/.test(value) ? undefined : 'email-shape';
    case 'mobile':
      return /^\+?[0-9 ()-]{5,30}$/.test(value) ? undefined : 'phone-shape';
    case 'given':
    case 'family':
    case 'address':
    case 'city':
      return undefined;
  }
}

/** A day of the Gregorian calendar as YYYY-MM-DD. */
function isDay(text: string): boolean {
  const [, year = 0, month = 0, day = 0] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []).map(Number);
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && day >= 1 && day <= days;
}
