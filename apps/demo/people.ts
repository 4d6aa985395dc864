/** The twelve made-up patients that are written by hand: who they are, what they are here for, and the history written for each. */
import type { Chart } from './building/chart.ts';
import type { AppointmentPlan, Visit } from './building/visits.ts';
import type { BloodGroup } from './codes.ts';
import { asthma } from './histories/asthma.ts';
import { childhood } from './histories/childhood.ts';
import { depression } from './histories/depression.ts';
import { type2Diabetes } from './histories/diabetes.ts';
import { heartFailure } from './histories/heart-failure.ts';
import { kidneyDisease } from './histories/kidney-disease.ts';
import { lastIllness } from './histories/last-illness.ts';
import { lungDisease } from './histories/lung-disease.ts';
import { pregnancy } from './histories/pregnancy.ts';
import { thyroidAndBones } from './histories/thyroid-and-bones.ts';
import { tuberculosis } from './histories/tuberculosis.ts';
import { type1Diabetes } from './histories/type-1-diabetes.ts';
import type { CONDITIONS } from './codes.ts';
import type { Relation } from './relations.ts';
import type { StaffKey } from './house.ts';

export interface Person {
  readonly given: string;
  readonly family: string;
  /** The name in Devanagari: given name, then family name. */
  readonly nativeName: readonly [given: string, family: string];
  readonly gender: 'female' | 'male';
  readonly age: number;
  /** Month and day. */
  readonly birthday: string;
  readonly locality: string;
  /** The hospital's own when it is missing. */
  readonly city?: string;
  readonly postalCode: string;
  readonly languages: readonly string[];
  readonly contact: { readonly name: string; readonly relation: Relation };
  readonly bloodGroup?: BloodGroup;
  readonly about: string;
  /** `unclaimed` is on record without an account, to try a claim code on. */
  readonly account?: 'login' | 'unclaimed';
  readonly diedDaysAgo?: number;
  readonly careTeam?: readonly StaffKey[];
  readonly appointments?: readonly AppointmentPlan[];
  readonly relatives?: readonly Relative[];
  /** Writes everything down and returns the visit at which the basics were asked. */
  readonly history: (chart: Chart) => Visit;
}

/** Somebody of the same household. */
export interface Relative {
  readonly name: string;
  readonly relation: Relation;
  /** Of an ancestor, when it runs in families. */
  readonly illness?: keyof typeof CONDITIONS;
}

const SHANKAR_DIED_DAYS_AGO = 130;

export const PEOPLE = {
  'meera-kulkarni': {
    given: 'Meera',
    family: 'Kulkarni',
    nativeName: ['मीरा', 'कुलकर्णी'],
    gender: 'female',
    age: 41,
    birthday: '03-14',
    locality: 'Kothrud',
    postalCode: '411038',
    languages: ['mr', 'hi', 'en'],
    contact: { name: 'Rohan Kulkarni', relation: 'HUSB' },
    bloodGroup: 'B+',
    about: 'Type 2 diabetes and high blood pressure; sees the heart clinic for the first time.',
    account: 'login',
    careTeam: ['sunita-joshi'],
    appointments: [
      { inDays: 0, clock: '10:30', with: 'arjun-nair', why: 'Tight chest on stairs' },
      { inDays: 84, clock: '11:00', with: 'sunita-joshi', why: 'Diabetes, quarterly' },
    ],
    history: type2Diabetes,
  },
  'baldev-singh': {
    given: 'Baldev',
    family: 'Singh',
    nativeName: ['बलदेव', 'सिंह'],
    gender: 'male',
    age: 74,
    birthday: '08-09',
    locality: 'Khadki',
    postalCode: '411003',
    languages: ['pa', 'hi'],
    contact: { name: 'Jasbir Singh', relation: 'SON' },
    bloodGroup: 'O+',
    about: 'Heart failure after a heart attack; weight and potassium need watching.',
    account: 'login',
    careTeam: ['arjun-nair', 'sunita-joshi'],
    appointments: [{ inDays: 1, clock: '09:30', with: 'arjun-nair', why: 'Potassium and weight' }],
    history: heartFailure,
  },
  'ananya-deshpande': {
    given: 'Ananya',
    family: 'Deshpande',
    nativeName: ['अनन्या', 'देशपांडे'],
    gender: 'female',
    age: 4,
    birthday: '06-21',
    locality: 'Aundh',
    postalCode: '411007',
    languages: ['mr'],
    contact: { name: 'Pallavi Deshpande', relation: 'MTH' },
    about: 'A child with every immunisation since birth; allergic to peanut.',
    careTeam: ['thomas-mathew'],
    appointments: [{ inDays: 3, clock: '16:00', with: 'thomas-mathew', why: 'Growth check' }],
    history: childhood,
  },
  'kavita-rao': {
    given: 'Kavita',
    family: 'Rao',
    nativeName: ['कविता', 'राव'],
    gender: 'female',
    age: 29,
    birthday: '12-02',
    locality: 'Baner',
    postalCode: '411045',
    languages: ['kn', 'hi', 'en'],
    contact: { name: 'Prasad Rao', relation: 'HUSB' },
    bloodGroup: 'A+',
    about: 'Expecting her first child in the seventh month; iron deficiency getting better.',
    account: 'login',
    careTeam: ['neha-kamat', 'sunita-joshi'],
    appointments: [
      { inDays: 0, clock: '11:15', with: 'neha-kamat', why: 'Antenatal visit' },
      { inDays: 14, clock: '11:15', with: 'neha-kamat', why: 'Antenatal visit' },
    ],
    history: pregnancy,
  },
  'ramesh-patil': {
    given: 'Ramesh',
    family: 'Patil',
    nativeName: ['रमेश', 'पाटील'],
    gender: 'male',
    age: 58,
    birthday: '05-30',
    locality: 'Hadapsar',
    postalCode: '411028',
    languages: ['mr'],
    contact: { name: 'Sangita Patil', relation: 'WIFE' },
    bloodGroup: 'O+',
    about: 'Chronic lung disease; stopped smoking; never made an account: try a claim code on him.',
    account: 'unclaimed',
    careTeam: ['sunita-joshi'],
    appointments: [
      { inDays: 0, clock: '09:00', with: 'sunita-joshi', why: 'Cough again' },
      { inDays: -16, clock: '09:00', with: 'sunita-joshi', why: 'Breathing check', missed: true },
      { inDays: -37, clock: '09:00', with: 'sunita-joshi', why: 'Breathing check', missed: true },
      { inDays: -65, clock: '09:00', with: 'sunita-joshi', why: 'Breathing check', missed: true },
    ],
    history: lungDisease,
  },
  'aslam-khan': {
    given: 'Mohammed Aslam',
    family: 'Khan',
    nativeName: ['मोहम्मद असलम', 'खान'],
    gender: 'male',
    age: 52,
    birthday: '11-17',
    locality: 'Kondhwa',
    postalCode: '411048',
    languages: ['ur', 'hi', 'en'],
    contact: { name: 'Shabana Khan', relation: 'WIFE' },
    bloodGroup: 'AB+',
    about: 'Kidney disease with high blood pressure; filtration falls year by year.',
    careTeam: ['sunita-joshi'],
    appointments: [{ inDays: 5, clock: '12:00', with: 'sunita-joshi', why: 'Kidney results' }],
    history: kidneyDisease,
  },
  'lakshmi-menon': {
    given: 'Lakshmi',
    family: 'Menon',
    nativeName: ['लक्ष्मी', 'मेनन'],
    gender: 'female',
    age: 63,
    birthday: '09-25',
    locality: 'Viman Nagar',
    postalCode: '411014',
    languages: ['ml', 'en'],
    contact: { name: 'Divya Menon', relation: 'DAU' },
    bloodGroup: 'A+',
    about: 'Thyroid well adjusted on tablets; thin bones under treatment.',
    account: 'login',
    careTeam: ['sunita-joshi'],
    appointments: [{ inDays: 2, clock: '15:30', with: 'sunita-joshi', why: 'Knee pain' }],
    history: thyroidAndBones,
  },
  'nandini-das': {
    given: 'Nandini',
    family: 'Das',
    nativeName: ['नंदिनी', 'दास'],
    gender: 'female',
    age: 34,
    birthday: '02-08',
    locality: 'Wakad',
    postalCode: '411057',
    languages: ['bn', 'hi', 'en'],
    contact: { name: 'Subir Das', relation: 'BRO' },
    bloodGroup: 'B+',
    about: 'Asthma from house dust, better with a daily inhaler.',
    careTeam: ['sunita-joshi'],
    appointments: [{ inDays: 9, clock: '10:00', with: 'sunita-joshi', why: 'Inhaler refill' }],
    history: asthma,
  },
  'anand-gaikwad': {
    given: 'Anand',
    family: 'Gaikwad',
    nativeName: ['आनंद', 'गायकवाड'],
    gender: 'male',
    age: 26,
    birthday: '01-04',
    locality: 'Shivajinagar',
    postalCode: '411005',
    languages: ['mr', 'en'],
    contact: { name: 'Vimal Gaikwad', relation: 'MTH' },
    bloodGroup: 'O-',
    about: 'Recovering from depression: a record with a locked category.',
    careTeam: ['sunita-joshi'],
    appointments: [{ inDays: 1, clock: '12:30', with: 'sunita-joshi', why: 'How the treatment goes' }],
    history: depression,
  },
  'shankar-bhosale': {
    given: 'Shankar',
    family: 'Bhosale',
    nativeName: ['शंकर', 'भोसले'],
    gender: 'male',
    age: 86,
    birthday: '04-16',
    locality: 'Sadashiv Peth',
    postalCode: '411030',
    languages: ['mr'],
    contact: { name: 'Nilesh Bhosale', relation: 'SON' },
    bloodGroup: 'B+',
    about: 'Died of pneumonia some months ago; his record stays.',
    diedDaysAgo: SHANKAR_DIED_DAYS_AGO,
    history: (chart) => lastIllness(chart, SHANKAR_DIED_DAYS_AGO),
  },
  'ira-fernandes': {
    given: 'Ira',
    family: 'Fernandes',
    nativeName: ['इरा', 'फर्नांडिस'],
    gender: 'female',
    age: 15,
    birthday: '07-28',
    locality: 'Camp',
    postalCode: '411001',
    languages: ['en', 'mr'],
    contact: { name: 'Melvin Fernandes', relation: 'FTH' },
    bloodGroup: 'A+',
    about: 'A schoolgirl with type 1 diabetes and insulin.',
    careTeam: ['thomas-mathew'],
    appointments: [{ inDays: 6, clock: '16:15', with: 'thomas-mathew', why: 'Sensor and insulin doses' }],
    history: type1Diabetes,
  },
  'sunil-jadhav': {
    given: 'Sunil',
    family: 'Jadhav',
    nativeName: ['सुनील', 'जाधव'],
    gender: 'male',
    age: 38,
    birthday: '10-03',
    locality: 'Yerawada',
    postalCode: '411006',
    languages: ['mr', 'hi'],
    contact: { name: 'Manda Jadhav', relation: 'MTH' },
    bloodGroup: 'O+',
    about: 'Cured of tuberculosis after six months of treatment.',
    careTeam: ['sunita-joshi'],
    appointments: [{ inDays: 4, clock: '09:45', with: 'sunita-joshi', why: 'Liver check' }],
    history: tuberculosis,
  },
} as const satisfies Readonly<Record<string, Person>>;
