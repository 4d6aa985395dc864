/** Meetings of patient and hospital: what has been (Encounter), what is agreed (Appointment), and who cares (CareTeam). */
import type { CodeableConcept, Encounter, Reference } from '@medplum/fhirtypes';
import { SPECIALTIES, VISITS } from '../codes.ts';
import { memberOf, type StaffKey } from '../house.ts';
import { type Chart, hospital, practitioner, unit } from './chart.ts';

const ACT = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const TAKING_PART = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType';

export interface Visit {
  readonly encounter: Reference<Encounter>;
  readonly daysAgo: number;
  readonly with: StaffKey;
  /** FHIR dateTime of its beginning. */
  readonly start: string;
}

export interface VisitPlan {
  readonly daysAgo: number;
  readonly with: StaffKey;
  readonly kind: keyof typeof VISITS;
  /** In the words of the patient or the doctor. */
  readonly why: string;
  /** HH:MM in Pune; left to chance when it does not matter. */
  readonly clock?: string;
  /** Days in a ward; absent for a visit of the same day. */
  readonly nights?: number;
}

export function visit(chart: Chart, plan: VisitPlan): Visit {
  const clock =
    plan.clock ??
    `${chart.chance.pick(['09', '10', '11', '12', '15', '16'])}:${chart.chance.pick(['00', '15', '30', '45'])}`;
  const start = chart.calendar.moment(plan.daysAgo, clock);
  const end =
    plan.nights === undefined
      ? chart.calendar.moment(plan.daysAgo, clock, chart.chance.pick([15, 20, 25, 30]))
      : chart.calendar.moment(plan.daysAgo - plan.nights, '11:00');
  const encounter = chart.add<Encounter>({
    resourceType: 'Encounter',
    status: 'finished',
    class:
      plan.nights === undefined
        ? { system: ACT, code: 'AMB', display: 'ambulatory' }
        : { system: ACT, code: 'IMP', display: 'inpatient encounter' },
    type: [VISITS[plan.kind]],
    subject: chart.patient,
    participant: [
      {
        type: [{ coding: [{ system: TAKING_PART, code: 'PPRF', display: 'primary performer' }] }],
        individual: practitioner(chart, plan.with),
      },
    ],
    period: { start, end },
    reasonCode: [{ text: plan.why }],
    location: [{ location: unit(chart, plan.with) }],
    serviceProvider: hospital(chart.house),
  });
  return { encounter, daysAgo: plan.daysAgo, with: plan.with, start };
}

export interface AppointmentPlan {
  /** 0 is today. */
  readonly inDays: number;
  /** HH:MM in Pune. */
  readonly clock: string;
  readonly with: StaffKey;
  readonly why: string;
  /** It has been, and the patient came. */
  readonly kept?: boolean;
  /** It has been, and the patient did not come. */
  readonly missed?: boolean;
}

export function appointment(chart: Chart, plan: AppointmentPlan): void {
  const { specialty } = memberOf(chart.house, plan.with);
  chart.add({
    resourceType: 'Appointment',
    status: plan.missed === true ? 'noshow' : plan.kept === true ? 'fulfilled' : 'booked',
    specialty: [specialty],
    reasonCode: [{ text: plan.why }],
    description: plan.why,
    start: chart.calendar.moment(-plan.inDays, plan.clock),
    end: chart.calendar.moment(-plan.inDays, plan.clock, 20),
    participant: [
      { actor: chart.patient, required: 'required', status: 'accepted' },
      { actor: practitioner(chart, plan.with), required: 'required', status: 'accepted' },
      { actor: unit(chart, plan.with), required: 'information-only', status: 'accepted' },
    ],
  });
}

/** Whoever stands here has a care relationship from that day on. */
export function careTeam(chart: Chart, members: readonly StaffKey[], sinceDaysAgo: number): void {
  const start = chart.calendar.date(sinceDaysAgo);
  chart.add({
    resourceType: 'CareTeam',
    status: 'active',
    name: 'Treating doctors',
    subject: chart.patient,
    period: { start },
    participant: members.map((key) => ({
      role: [role(memberOf(chart.house, key).specialty)],
      member: practitioner(chart, key),
      onBehalfOf: hospital(chart.house),
      period: { start },
    })),
    managingOrganization: [hospital(chart.house)],
  });
}

function role(specialty: CodeableConcept): CodeableConcept {
  return { ...specialty, text: specialty === SPECIALTIES.generalMedicine ? 'Family doctor' : (specialty.text ?? '') };
}
