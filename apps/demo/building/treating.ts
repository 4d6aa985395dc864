/** What is done: prescriptions (MedicationRequest), procedures and immunisations. */
import type { CodeableConcept, Condition, Reference, Timing } from '@medplum/fhirtypes';
import { concept, PROCEDURES, SNOMED, VACCINES } from '../codes.ts';
import { MEDICINES } from '../medicines.ts';
import type { StaffKey } from '../house.ts';
import { type Chart, practitioner, unit } from './chart.ts';
import type { Visit } from './visits.ts';

const UCUM = 'http://unitsofmeasure.org';

const ROUTES = {
  oral: concept(SNOMED, '26643006', 'Oral route', 'By mouth'),
  inhaled: concept(SNOMED, '447694001', 'Respiratory tract route', 'Inhaled'),
  subcutaneous: concept(SNOMED, '34206005', 'Subcutaneous route', 'Under the skin'),
  intramuscular: concept(SNOMED, '78421000', 'Intramuscular route', 'Into the muscle'),
} as const;

export interface PrescriptionPlan {
  /** Doses in the morning, at noon and at night, as Indian prescriptions write them: 1–0–1. */
  readonly doses: readonly [morning: number, noon: number, night: number];
  /** Said after the doses: "after food". */
  readonly advice: string;
  /** Days of one supply. */
  readonly days: number;
  readonly status: 'active' | 'completed' | 'stopped';
  readonly because: Reference<Condition>;
  readonly repeats?: number;
  /** Taken once a week instead of daily. */
  readonly weekly?: boolean;
  /** Taken only when needed, at most this often. */
  readonly whenNeeded?: boolean;
}

export function prescribe(chart: Chart, at: Visit, name: keyof typeof MEDICINES, plan: PrescriptionPlan): void {
  const { code, form, ucum, route } = MEDICINES[name];
  const most = Math.max(...plan.doses);
  chart.add({
    resourceType: 'MedicationRequest',
    status: plan.status,
    intent: 'order',
    medicationCodeableConcept: code,
    subject: chart.patient,
    encounter: at.encounter,
    authoredOn: at.start,
    requester: practitioner(chart, at.with),
    reasonReference: [plan.because],
    dosageInstruction: [
      {
        text: dosageText(plan, form),
        timing: timing(plan),
        ...(plan.whenNeeded === true ? { asNeededBoolean: true } : {}),
        route: ROUTES[route],
        doseAndRate: [{ doseQuantity: { value: most, unit: form, system: UCUM, code: ucum } }],
      },
    ],
    dispenseRequest: {
      ...(plan.repeats === undefined ? {} : { numberOfRepeatsAllowed: plan.repeats }),
      expectedSupplyDuration: { value: plan.days, unit: 'days', system: UCUM, code: 'd' },
    },
  });
}

function dosageText({ doses, advice, weekly, whenNeeded }: PrescriptionPlan, form: string): string {
  const times = doses.filter((dose) => dose > 0).length;
  const often =
    weekly === true
      ? 'once a week'
      : whenNeeded === true
        ? `when needed, at most ${times} times a day`
        : doses.join('–');
  const most = Math.max(...doses);
  const amount = `${most} ${form === 'mL' || most === 1 ? form : `${form}s`}`;
  const lead = weekly === true || whenNeeded === true || most > 1 ? `${amount}, ${often}` : often;
  return `${lead}, ${advice}`;
}

/** FHIR R4 Timing: how often in a period, and at which parts of the day. */
function timing({ doses, weekly, whenNeeded }: PrescriptionPlan): Timing {
  if (weekly === true) return { repeat: { frequency: 1, period: 1, periodUnit: 'wk' } };
  const times = doses.filter((dose) => dose > 0).length;
  if (whenNeeded === true) return { repeat: { frequencyMax: times, frequency: 1, period: 1, periodUnit: 'd' } };
  const parts = (['MORN', 'NOON', 'NIGHT'] as const).filter((_, index) => (doses[index] ?? 0) > 0);
  return { repeat: { frequency: times, period: 1, periodUnit: 'd', when: [...parts] } };
}

export function procedure(chart: Chart, at: Visit, name: keyof typeof PROCEDURES, outcome?: string): void {
  chart.add({
    resourceType: 'Procedure',
    status: 'completed',
    code: PROCEDURES[name],
    subject: chart.patient,
    encounter: at.encounter,
    performedDateTime: at.start,
    performer: [{ actor: practitioner(chart, at.with) }],
    location: unit(chart, at.with),
    ...(outcome === undefined ? {} : { note: [{ text: outcome }] }),
  });
}

export interface ImmunisationPlan {
  readonly daysAgo: number;
  readonly by: StaffKey;
  /** Number of the dose in its series. */
  readonly dose?: number;
}

/** Most are injected into the muscle; two of the children's vaccines are not. */
export function immunise(chart: Chart, name: keyof typeof VACCINES, plan: ImmunisationPlan): void {
  const route: CodeableConcept =
    name === 'rotavirus'
      ? ROUTES.oral
      : name === 'bcg'
        ? concept(SNOMED, '372464004', 'Intradermal route', 'Into the skin')
        : ROUTES.intramuscular;
  chart.add({
    resourceType: 'Immunization',
    status: 'completed',
    vaccineCode: VACCINES[name],
    patient: chart.patient,
    occurrenceDateTime: chart.calendar.date(plan.daysAgo),
    primarySource: true,
    route,
    lotNumber: `DEMO-${chart.chance.between(1000, 9999)}`,
    performer: [{ actor: practitioner(chart, plan.by) }],
    ...(plan.dose === undefined ? {} : { protocolApplied: [{ doseNumberPositiveInt: plan.dose }] }),
  });
}
