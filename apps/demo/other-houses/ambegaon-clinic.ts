/** A rural clinic in the hills north of Pune. Ramesh Patil of City General is known here too. */
import { follow } from '../histories/courses.ts';
import type { House } from '../house.ts';
import { PEOPLE, type Person } from '../people.ts';
import { AMBEGAON_STAFF } from './staff.ts';

export const AMBEGAON_CLINIC: House = {
  key: 'ambegaon-clinic',
  name: 'Ambegaon Rural Clinic',
  nativeName: 'आंबेगाव ग्रामीण दवाखाना',
  city: 'Ghodegaon',
  street: '4 Namuna Road',
  postalCode: '412408',
  phone: '+91 00000 04000',
  domain: 'ambegaonclinic.example',
  prefix: 'AC',
  administrator: { key: 'dattatray-bhor', name: 'Dattatray Bhor' },
  units: {
    medicine: { number: 'AC-U-01', name: 'General medicine clinic', place: 'Room 1' },
    children: { number: 'AC-U-02', name: 'Children’s clinic', place: 'Room 2' },
  },
  staff: AMBEGAON_STAFF,
  logins: { 'pandurang-kokate': 'The only physician for twelve villages.' },
};

export const AMBEGAON_PEOPLE: Readonly<Record<string, Person>> = {
  'hausabai-gade': {
    given: 'Hausabai',
    family: 'Gade',
    nativeName: ['हौसाबाई', 'गाडे'],
    gender: 'female',
    age: 45,
    birthday: '04-27',
    locality: 'Shinoli',
    postalCode: '412408',
    languages: ['mr'],
    contact: { name: 'Maruti Gade', relation: 'HUSB' },
    bloodGroup: 'O+',
    about: 'Iron deficiency; walks two hours to the clinic.',
    account: 'login',
    careTeam: ['pandurang-kokate'],
    appointments: [{ inDays: 0, clock: '10:20', with: 'pandurang-kokate', why: 'Tiredness' }],
    history: (chart) =>
      follow(chart, { course: 'iron', by: 'pandurang-kokate', lastSeenDaysAgo: 40, clock: '10:20', male: false }),
  },
  'ramesh-patil': {
    ...PEOPLE['ramesh-patil'],
    city: 'Pune',
    about: 'The Ramesh Patil of City General: he comes here in the sowing season.',
    careTeam: ['pandurang-kokate'],
    appointments: [{ inDays: 6, clock: '11:40', with: 'pandurang-kokate', why: 'Cough' }],
    history: (chart) =>
      follow(chart, { course: 'well', by: 'pandurang-kokate', lastSeenDaysAgo: 80, clock: '11:40', male: true }),
  },
  'sarthak-dangat': {
    given: 'Sarthak',
    family: 'Dangat',
    nativeName: ['सार्थक', 'दांगट'],
    gender: 'male',
    age: 8,
    birthday: '06-02',
    locality: 'Dimbhe',
    postalCode: '412408',
    languages: ['mr'],
    contact: { name: 'Vandana Dangat', relation: 'MTH' },
    about: 'A schoolboy who grows as he should.',
    careTeam: ['asha-lohakare'],
    appointments: [{ inDays: 8, clock: '10:00', with: 'asha-lohakare', why: 'Growth check' }],
    history: (chart) =>
      follow(chart, { course: 'growing', by: 'asha-lohakare', lastSeenDaysAgo: 100, clock: '10:00', male: true }),
  },
};
