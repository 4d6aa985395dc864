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
  bones: { number: 'CG-U-06', name: 'Bone and joint clinic', place: 'Second floor, room 24' },
  skin: { number: 'CG-U-07', name: 'Skin clinic', place: 'First floor, room 17' },
  mind: { number: 'CG-U-08', name: 'Clinic for mental health', place: 'Third floor, room 31' },
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
  'vikram-bhide': {
    number: 'CG-D-005',
    given: 'Vikram',
    family: 'Bhide',
    nativeName: 'विक्रम भिडे',
    gender: 'male',
    birthday: '02-27',
    age: 52,
    specialty: SPECIALTIES.generalMedicine,
    unit: 'medicine',
    languages: ['mr', 'hi', 'en'],
  },
  'leela-iyer': {
    number: 'CG-D-006',
    given: 'Leela',
    family: 'Iyer',
    nativeName: 'लीला अय्यर',
    gender: 'female',
    birthday: '11-05',
    age: 47,
    specialty: SPECIALTIES.cardiology,
    unit: 'heart',
    languages: ['ta', 'hi', 'en'],
  },
  'sana-qureshi': {
    number: 'CG-D-007',
    given: 'Sana',
    family: 'Qureshi',
    nativeName: 'सना कुरेशी',
    gender: 'female',
    birthday: '08-14',
    age: 41,
    specialty: SPECIALTIES.paediatrics,
    unit: 'children',
    languages: ['ur', 'hi', 'en'],
  },
  'rekha-pawar': {
    number: 'CG-D-008',
    given: 'Rekha',
    family: 'Pawar',
    nativeName: 'रेखा पवार',
    gender: 'female',
    birthday: '03-30',
    age: 55,
    specialty: SPECIALTIES.obstetrics,
    unit: 'mothers',
    languages: ['mr', 'hi'],
  },
  'harish-gokhale': {
    number: 'CG-D-009',
    given: 'Harish',
    family: 'Gokhale',
    nativeName: 'हरीश गोखले',
    gender: 'male',
    birthday: '09-09',
    age: 59,
    specialty: SPECIALTIES.orthopaedics,
    unit: 'bones',
    languages: ['mr', 'en'],
  },
  'mary-dsouza': {
    number: 'CG-D-010',
    given: 'Mary',
    family: 'Dsouza',
    nativeName: 'मेरी डिसोझा',
    gender: 'female',
    birthday: '06-18',
    age: 43,
    specialty: SPECIALTIES.orthopaedics,
    unit: 'bones',
    languages: ['en', 'mr'],
  },
  'pooja-shetty': {
    number: 'CG-D-011',
    given: 'Pooja',
    family: 'Shetty',
    nativeName: 'पूजा शेट्टी',
    gender: 'female',
    birthday: '12-21',
    age: 36,
    specialty: SPECIALTIES.dermatology,
    unit: 'skin',
    languages: ['kn', 'mr', 'en'],
  },
  'imran-pathan': {
    number: 'CG-D-012',
    given: 'Imran',
    family: 'Pathan',
    nativeName: 'इम्रान पठाण',
    gender: 'male',
    birthday: '04-02',
    age: 50,
    specialty: SPECIALTIES.dermatology,
    unit: 'skin',
    languages: ['ur', 'hi', 'en'],
  },
  'aditi-sathe': {
    number: 'CG-D-013',
    given: 'Aditi',
    family: 'Sathe',
    nativeName: 'अदिती साठे',
    gender: 'female',
    birthday: '01-26',
    age: 45,
    specialty: SPECIALTIES.psychiatry,
    unit: 'mind',
    languages: ['mr', 'en'],
  },
  'george-kurien': {
    number: 'CG-D-014',
    given: 'George',
    family: 'Kurien',
    nativeName: 'जॉर्ज कुरियन',
    gender: 'male',
    birthday: '10-29',
    age: 61,
    specialty: SPECIALTIES.psychiatry,
    unit: 'mind',
    languages: ['ml', 'en'],
  },
} as const satisfies Readonly<Record<string, Omit<StaffMember, 'unit'> & { unit: UnitKey }>>;

export function doctorName(key: StaffKey): string {
  return `Dr ${STAFF[key].given} ${STAFF[key].family}`;
}

export function staffEmail(key: StaffKey): string {
  return `${key.replace('-', '.')}@citygeneral.example`;
}
