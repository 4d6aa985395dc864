/** Who works at the three smaller hospitals. Nobody named here exists. */
import { SPECIALTIES } from '../codes.ts';
import type { StaffMember } from '../staff-member.ts';

export type TamhiniStaffKey = keyof typeof TAMHINI_STAFF;
export type KoynaStaffKey = keyof typeof KOYNA_STAFF;
export type AmbegaonStaffKey = keyof typeof AMBEGAON_STAFF;

export const TAMHINI_STAFF = {
  'suhas-ranade': {
    number: 'TH-D-001',
    given: 'Suhas',
    family: 'Ranade',
    nativeName: 'सुहास रानडे',
    gender: 'male',
    birthday: '03-08',
    age: 53,
    specialty: SPECIALTIES.cardiology,
    unit: 'heart',
    languages: ['mr', 'hi', 'en'],
  },
  'geeta-rajan': {
    number: 'TH-D-002',
    given: 'Geeta',
    family: 'Rajan',
    nativeName: 'गीता राजन',
    gender: 'female',
    birthday: '09-14',
    age: 46,
    specialty: SPECIALTIES.generalMedicine,
    unit: 'medicine',
    languages: ['ta', 'hi', 'en'],
  },
} as const satisfies Readonly<Record<string, StaffMember>>;

export const KOYNA_STAFF = {
  'manisha-salunkhe': {
    number: 'KD-D-001',
    given: 'Manisha',
    family: 'Salunkhe',
    nativeName: 'मनीषा साळुंखे',
    gender: 'female',
    birthday: '12-12',
    age: 48,
    specialty: SPECIALTIES.generalMedicine,
    unit: 'medicine',
    languages: ['mr', 'hi'],
  },
  'yusuf-mulla': {
    number: 'KD-D-002',
    given: 'Yusuf',
    family: 'Mulla',
    nativeName: 'युसूफ मुल्ला',
    gender: 'male',
    birthday: '05-06',
    age: 39,
    specialty: SPECIALTIES.orthopaedics,
    unit: 'bones',
    languages: ['ur', 'mr', 'hi'],
  },
} as const satisfies Readonly<Record<string, StaffMember>>;

export const AMBEGAON_STAFF = {
  'pandurang-kokate': {
    number: 'AC-D-001',
    given: 'Pandurang',
    family: 'Kokate',
    nativeName: 'पांडुरंग कोकाटे',
    gender: 'male',
    birthday: '07-17',
    age: 58,
    specialty: SPECIALTIES.generalMedicine,
    unit: 'medicine',
    languages: ['mr', 'hi'],
  },
  'asha-lohakare': {
    number: 'AC-D-002',
    given: 'Asha',
    family: 'Lohakare',
    nativeName: 'आशा लोहकरे',
    gender: 'female',
    birthday: '11-11',
    age: 35,
    specialty: SPECIALTIES.paediatrics,
    unit: 'children',
    languages: ['mr', 'en'],
  },
} as const satisfies Readonly<Record<string, StaffMember>>;
