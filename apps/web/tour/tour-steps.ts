import type { DemoPerson } from '../connection/demo.ts';
import type { NavigationLink } from '../shell/navigation.ts';

export interface TourStep {
  /** Names the texts of the step. */
  readonly name: string;
  readonly role: DemoPerson['role'];
  readonly to: NavigationLink['to'];
}

/** One story: a record is read, a doctor opens it, the patient sees that and asks, the desk answers, anyone checks. */
export const TOUR: readonly TourStep[] = [
  { name: 'record', role: 'patient', to: '/me' },
  { name: 'nobody', role: 'patient', to: '/me/accesses' },
  { name: 'doctor', role: 'practitioner', to: '/patients' },
  { name: 'seen', role: 'patient', to: '/me/accesses' },
  { name: 'desk', role: 'administrator', to: '/registry' },
  { name: 'blocks', role: 'administrator', to: '/explorer' },
  { name: 'verify', role: 'patient', to: '/verify' },
];
