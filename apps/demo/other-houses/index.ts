import type { House } from '../house.ts';
import type { Person } from '../people.ts';
import { AMBEGAON_CLINIC, AMBEGAON_PEOPLE } from './ambegaon-clinic.ts';
import { KOYNA_DISTRICT, KOYNA_PEOPLE } from './koyna-district.ts';
import { TAMHINI_HEART, TAMHINI_PEOPLE } from './tamhini-heart.ts';

export interface OtherHouse {
  readonly house: House;
  readonly people: Readonly<Record<string, Person>>;
}

/** In the order in which they are admitted. */
export const OTHER_HOUSES: readonly OtherHouse[] = [
  { house: TAMHINI_HEART, people: TAMHINI_PEOPLE },
  { house: KOYNA_DISTRICT, people: KOYNA_PEOPLE },
  { house: AMBEGAON_CLINIC, people: AMBEGAON_PEOPLE },
];
