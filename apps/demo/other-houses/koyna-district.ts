/** A district hospital in Satara. Lakshmi Menon of City General was seen here once, on a journey. */
import { follow } from '../histories/courses.ts';
import type { House } from '../house.ts';
import { PEOPLE, type Person } from '../people.ts';
import { KOYNA_STAFF } from './staff.ts';

export const KOYNA_DISTRICT: House = {
  key: 'koyna-district',
  name: 'Koyna District Hospital',
  nativeName: 'कोयना जिल्हा रुग्णालय',
  city: 'Satara',
  street: '3 Namuna Road',
  postalCode: '415001',
  phone: '+91 00000 03000',
  domain: 'koynadistrict.example',
  prefix: 'KD',
  administrator: { key: 'alka-mohite', name: 'Alka Mohite' },
  units: {
    medicine: { number: 'KD-U-01', name: 'General medicine clinic', place: 'Ground floor, room 6' },
    bones: { number: 'KD-U-02', name: 'Bone and joint clinic', place: 'Ground floor, room 8' },
  },
  staff: KOYNA_STAFF,
  logins: { 'manisha-salunkhe': 'Physician of a district hospital: today’s visits of her own patients.' },
};

export const KOYNA_PEOPLE: Readonly<Record<string, Person>> = {
  'kashinath-more': {
    given: 'Kashinath',
    family: 'More',
    nativeName: ['काशिनाथ', 'मोरे'],
    gender: 'male',
    age: 61,
    birthday: '01-30',
    locality: 'Karanje',
    postalCode: '415002',
    languages: ['mr'],
    contact: { name: 'Sindhu More', relation: 'WIFE' },
    bloodGroup: 'B+',
    about: 'A farmer with diabetes; comes to the district hospital twice a year.',
    account: 'login',
    careTeam: ['manisha-salunkhe'],
    appointments: [{ inDays: 0, clock: '10:40', with: 'manisha-salunkhe', why: 'Diabetes' }],
    history: (chart) =>
      follow(chart, { course: 'sugar', by: 'manisha-salunkhe', lastSeenDaysAgo: 45, clock: '10:40', male: true }),
  },
  'lakshmi-menon': {
    ...PEOPLE['lakshmi-menon'],
    city: 'Pune',
    about: 'The Lakshmi Menon of City General: her knee was looked at here on a journey.',
    account: 'unclaimed',
    careTeam: ['yusuf-mulla'],
    appointments: [{ inDays: -20, clock: '11:00', with: 'yusuf-mulla', why: 'Knee pain', kept: true }],
    history: (chart) =>
      follow(chart, { course: 'knee', by: 'yusuf-mulla', lastSeenDaysAgo: 20, clock: '11:00', male: false }),
  },
  'swapnil-ghorpade': {
    given: 'Swapnil',
    family: 'Ghorpade',
    nativeName: ['स्वप्नील', 'घोरपडे'],
    gender: 'male',
    age: 33,
    birthday: '08-24',
    locality: 'Godoli',
    postalCode: '415001',
    languages: ['mr', 'hi'],
    contact: { name: 'Indira Ghorpade', relation: 'MTH' },
    about: 'Pain in the lower back from carrying.',
    careTeam: ['yusuf-mulla'],
    appointments: [{ inDays: 4, clock: '12:20', with: 'yusuf-mulla', why: 'Back pain' }],
    history: (chart) =>
      follow(chart, { course: 'back', by: 'yusuf-mulla', lastSeenDaysAgo: 12, clock: '12:20', male: true }),
  },
};
