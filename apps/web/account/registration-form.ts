// What self-registration asks, in three short steps, and what is wrong with an answer. Pure.
import type { PatientProfile } from '@clearchart/api';

export interface Registration {
  given: string;
  family: string;
  birthDate: string;
  gender: string;
  email: string;
  mobile: string;
  line: string;
  city: string;
}

export type RegistrationField = keyof Registration;

export const EMPTY_REGISTRATION: Registration = {
  given: '',
  family: '',
  birthDate: '',
  gender: '',
  email: '',
  mobile: '',
  line: '',
  city: '',
};

/** Fields of the first and second step; the third is the password. */
export const REGISTRATION_STEPS: readonly (readonly RegistrationField[])[] = [
  ['given', 'family', 'birthDate', 'gender'],
  ['email', 'mobile', 'line', 'city'],
];

export type RegistrationFault = 'missing' | 'too-long' | 'date-shape' | 'date-future' | 'email-shape' | 'phone-shape';

const CHARACTERS_AT_MOST = 200;
const OLDEST_YEAR = 1900;

export function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim());
}

/** The answers as the hospital's API takes them. */
export function profileOf(form: Registration): PatientProfile {
  const text = (field: RegistrationField) => form[field].trim();
  return {
    name: { given: text('given'), family: text('family') },
    birthDate: text('birthDate'),
    gender: text('gender') as PatientProfile['gender'],
    email: text('email'),
    mobile: text('mobile'),
    address: { line: text('line'), city: text('city') },
  };
}

/** What is wrong with one answer; `today` as `YYYY-MM-DD`. */
export function registrationFault(
  field: RegistrationField,
  value: string,
  today: string,
): RegistrationFault | undefined {
  const text = value.trim();
  if (text === '') return 'missing';
  if (text.length > CHARACTERS_AT_MOST) return 'too-long';
  if (field === 'birthDate') {
    const date = new Date(`${text}T00:00:00Z`);
    if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text)
      return 'date-shape';
    if (Number(text.slice(0, 4)) < OLDEST_YEAR) return 'date-shape';
    if (text > today) return 'date-future';
  }
  if (field === 'email' && !isEmail(text)) return 'email-shape';
  if (field === 'mobile' && !/^\+?[0-9 ()-]{5,30}$/.test(text)) return 'phone-shape';
  return undefined;
}
