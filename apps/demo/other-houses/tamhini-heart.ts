/** A heart institute near Pune. Meera Kulkarni of City General has registered here too, with an account of its own. */
import { follow } from '../histories/courses.ts';
import { referredHeart } from '../histories/referred-heart.ts';
import type { House } from '../house.ts';
import { PEOPLE, type Person } from '../people.ts';
import { TAMHINI_STAFF } from './staff.ts';

export const TAMHINI_HEART: House = {
  key: 'tamhini-heart',
  name: 'Tamhini Heart Institute',
  nativeName: 'ताम्हिणी हृदय संस्था',
  city: 'Chinchwad',
  street: '2 Namuna Road',
  postalCode: '411033',
  phone: '+91 00000 02000',
  domain: 'tamhiniheart.example',
  prefix: 'TH',
  administrator: { key: 'joseph-lobo', name: 'Joseph Lobo' },
  units: {
    heart: { number: 'TH-U-01', name: 'Heart clinic', place: 'First floor, room 11' },
    medicine: { number: 'TH-U-02', name: 'General medicine clinic', place: 'Ground floor, room 2' },
  },
  staff: TAMHINI_STAFF,
  logins: { 'suhas-ranade': 'Heart doctor: sees Meera Kulkarni here, and nothing that City General wrote.' },
};

export const TAMHINI_PEOPLE: Readonly<Record<string, Person>> = {
  'meera-kulkarni': {
    ...PEOPLE['meera-kulkarni'],
    city: 'Pune',
    about: 'The Meera Kulkarni of City General, registered here too: another account, another key, another record.',
    careTeam: ['suhas-ranade'],
    appointments: [{ inDays: 3, clock: '10:00', with: 'suhas-ranade', why: 'Stress test' }],
    history: referredHeart,
  },
  'vasant-apte': {
    given: 'Vasant',
    family: 'Apte',
    nativeName: ['वसंत', 'आपटे'],
    gender: 'male',
    age: 67,
    birthday: '02-19',
    locality: 'Nigdi',
    postalCode: '411044',
    languages: ['mr', 'en'],
    contact: { name: 'Shaila Apte', relation: 'WIFE' },
    bloodGroup: 'O+',
    about: 'High blood pressure, well treated.',
    careTeam: ['suhas-ranade'],
    appointments: [{ inDays: 0, clock: '11:20', with: 'suhas-ranade', why: 'Blood pressure' }],
    history: (chart) =>
      follow(chart, { course: 'pressure', by: 'suhas-ranade', lastSeenDaysAgo: 30, clock: '11:00', male: true }),
  },
  'noor-inamdar': {
    given: 'Noor',
    family: 'Inamdar',
    nativeName: ['नूर', 'इनामदार'],
    gender: 'female',
    age: 55,
    birthday: '10-21',
    locality: 'Akurdi',
    postalCode: '411035',
    languages: ['ur', 'hi', 'mr'],
    contact: { name: 'Salim Inamdar', relation: 'HUSB' },
    about: 'High cholesterol, treated.',
    careTeam: ['geeta-rajan'],
    appointments: [{ inDays: 2, clock: '12:00', with: 'geeta-rajan', why: 'Cholesterol' }],
    history: (chart) =>
      follow(chart, { course: 'cholesterol', by: 'geeta-rajan', lastSeenDaysAgo: 60, clock: '12:00', male: false }),
  },
};
