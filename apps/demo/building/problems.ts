/** What the patient has or must avoid: Condition and AllergyIntolerance. */
import type { CodeableConcept, Condition, Reference } from '@medplum/fhirtypes';
import { ALLERGENS, CONDITIONS, concept, REACTIONS } from '../codes.ts';
import { type Chart, practitioner } from './chart.ts';
import type { Visit } from './visits.ts';

const hl7 = (system: string, code: string, display: string): CodeableConcept =>
  concept(`http://terminology.hl7.org/CodeSystem/${system}`, code, display);

export interface ProblemPlan {
  /** First noticed. */
  readonly sinceDaysAgo: number;
  /** Over since then; absent while it lasts. */
  readonly untilDaysAgo?: number;
  readonly severity?: 'mild' | 'moderate' | 'severe';
  readonly note?: string;
  readonly certain?: boolean;
}

/** SNOMED CT severities, the example binding of Condition.severity. */
const SEVERITIES = {
  mild: concept('http://snomed.info/sct', '255604002', 'Mild'),
  moderate: concept('http://snomed.info/sct', '6736007', 'Moderate'),
  severe: concept('http://snomed.info/sct', '24484000', 'Severe'),
} as const;

export function problem(
  chart: Chart,
  found: Visit,
  name: keyof typeof CONDITIONS,
  plan: ProblemPlan,
): Reference<Condition> {
  const over = plan.untilDaysAgo;
  return chart.add<Condition>({
    resourceType: 'Condition',
    clinicalStatus:
      over === undefined
        ? hl7('condition-clinical', 'active', 'Active')
        : hl7('condition-clinical', 'resolved', 'Resolved'),
    verificationStatus:
      plan.certain === false
        ? hl7('condition-ver-status', 'provisional', 'Provisional')
        : hl7('condition-ver-status', 'confirmed', 'Confirmed'),
    category: [hl7('condition-category', 'problem-list-item', 'Problem List Item')],
    ...(plan.severity === undefined ? {} : { severity: SEVERITIES[plan.severity] }),
    code: CONDITIONS[name],
    subject: chart.patient,
    encounter: found.encounter,
    onsetDateTime: chart.calendar.date(plan.sinceDaysAgo),
    ...(over === undefined ? {} : { abatementDateTime: chart.calendar.date(over) }),
    recordedDate: chart.calendar.date(found.daysAgo),
    recorder: practitioner(chart, found.with),
    ...(plan.note === undefined ? {} : { note: [{ text: plan.note }] }),
  });
}

export interface AllergyPlan {
  readonly criticality: 'low' | 'high';
  readonly reaction: keyof typeof REACTIONS;
  readonly severity: 'mild' | 'moderate' | 'severe';
  readonly category: 'food' | 'medication' | 'environment';
}

export function allergy(chart: Chart, asked: Visit, to: keyof typeof ALLERGENS, plan: AllergyPlan): void {
  chart.add({
    resourceType: 'AllergyIntolerance',
    clinicalStatus: hl7('allergyintolerance-clinical', 'active', 'Active'),
    verificationStatus: hl7('allergyintolerance-verification', 'confirmed', 'Confirmed'),
    type: 'allergy',
    category: [plan.category],
    criticality: plan.criticality,
    code: ALLERGENS[to],
    patient: chart.patient,
    recordedDate: chart.calendar.date(asked.daysAgo),
    recorder: practitioner(chart, asked.with),
    reaction: [{ manifestation: [REACTIONS[plan.reaction]], severity: plan.severity }],
  });
}

/** Asked and answered: that is knowledge too, and not the same as nothing written down. */
export function noKnownAllergy(chart: Chart, asked: Visit): void {
  chart.add({
    resourceType: 'AllergyIntolerance',
    clinicalStatus: hl7('allergyintolerance-clinical', 'active', 'Active'),
    verificationStatus: hl7('allergyintolerance-verification', 'confirmed', 'Confirmed'),
    code: ALLERGENS.none,
    patient: chart.patient,
    recordedDate: chart.calendar.date(asked.daysAgo),
    recorder: practitioner(chart, asked.with),
  });
}
