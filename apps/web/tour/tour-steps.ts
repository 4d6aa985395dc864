import type { DemoPerson } from '../connection/demo.ts';
import type { NavigationLink } from '../shell/navigation.ts';

export interface TourStep {
  /** Names the texts of the step. */
  readonly name: string;
  readonly role: DemoPerson['role'];
  readonly to: NavigationLink['to'];
}

/** One story: a visit is booked, held and sealed, the patient reads it and sees who looked, the desk answers, anyone checks. */
export const TOUR: readonly TourStep[] = [
  { name: 'book', role: 'patient', to: '/book' },
  { name: 'doctor', role: 'practitioner', to: '/today' },
  { name: 'record', role: 'patient', to: '/me' },
  { name: 'seen', role: 'patient', to: '/me/accesses' },
  { name: 'desk', role: 'administrator', to: '/registry' },
  { name: 'blocks', role: 'administrator', to: '/explorer' },
  { name: 'verify', role: 'patient', to: '/verify' },
];
