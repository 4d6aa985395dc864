/** The made-up hospital and the people who work there. Nobody named here exists. */
import type { CodeableConcept } from '@medplum/fhirtypes';
import { SPECIALTIES } from './codes.ts';

export const HOSPITAL = { name: 'City General Hospital', city: 'Pune' } as const;

export const ADMINISTRATOR = {
  key: 'farida-shaikh',
  name: 'Farida Shaikh',
  email: 'farida.shaikh@citygeneral.example',
} as const;

/** Identifier systems; `.example` can never be registered (RFC 2606). */
export const STAFF_NUMBERS = 'https://citygeneral.example/staff-numbers';
export const UNIT_NUMBERS = 'https://citygeneral.example/units';
export const RECORD_NUMBERS = 'https://citygeneral.example/record-numbers';

export interface StaffMember {
  readonly number: string;
  readonly given: string;
  readonly family: string;
  /** The name in Devanagari. */
  readonly nativeName: string;
  readonly gender: 'female' | 'male';
  /** Month and day. */
  readonly birthday: string;
  readonly age: number;
  readonly specialty: CodeableConcept;
  readonly unit: UnitKey;
  readonly languages: readonly string[];
}

export type UnitKey = keyof typeof UNITS;
export type StaffKey = keyof typeof STAFF;

/** Rooms patients are sent to. */
export const UNITS = {
  medicine: { number: 'CG-U-01', name: 'General medicine clinic', place: 'Ground floor, room 4' },
  heart: { number: 'CG-U-02', name: 'Heart clinic', place: 'Second floor, room 21' },
  children: { number: 'CG-U-03', name: 'Children’s clinic', place: 'First floor, room 12' },
  mothers: { number: 'CG-U-04', name: 'Mother and child clinic', place: 'First floor, room 15' },
  laboratory: { number: 'CG-U-05', name: 'Laboratory', place: 'Ground floor, room 9' },
} as const;

export const ORGANIZATION_NUMBER = 'CG-H-01';

export const STAFF = {
  'sunita-joshi': {
    number: 'CG-D-001',
    given: 'Sunita',
    family: 'Joshi',
    nativeName: 'सुनीता जोशी',
    gender: 'female',
    birthday: '07-02',
    age: 49,
    specialty: SPECIALTIES.generalMedicine,
    unit: 'medicine',
    languages: ['mr', 'hi', 'en'],
  },
  'arjun-nair': {
    number: 'CG-D-002',
    given: 'Arjun',
    family: 'Nair',
    nativeName: 'अर्जुन नायर',
    gender: 'male',
    birthday: '01-19',
    age: 44,
    specialty: SPECIALTIES.cardiology,
    unit: 'heart',
    languages: ['ml', 'hi', 'en'],
  },
  'thomas-mathew': {
    number: 'CG-D-003',
    given: 'Thomas',
    family: 'Mathew',
    nativeName: 'थॉमस मॅथ्यू',
    gender: 'male',
    birthday: '10-11',
    age: 56,
    specialty: SPECIALTIES.paediatrics,
    unit: 'children',
    languages: ['ml', 'mr', 'en'],
  },
  'neha-kamat': {
    number: 'CG-D-004',
    given: 'Neha',
    family: 'Kamat',
    nativeName: 'नेहा कामत',
    gender: 'female',
    birthday: '05-23',
    age: 38,
    specialty: SPECIALTIES.obstetrics,
    unit: 'mothers',
    languages: ['mr', 'hi', 'en'],
  },
} as const satisfies Readonly<Record<string, Omit<StaffMember, 'unit'> & { unit: UnitKey }>>;

export function doctorName(key: StaffKey): string {
  return `Dr ${STAFF[key].given} ${STAFF[key].family}`;
}

export function staffEmail(key: StaffKey): string {
  return `${key.replace('-', '.')}@citygeneral.example`;
}
