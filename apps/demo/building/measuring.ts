/** What is measured or seen: vital signs, laboratory results with their report, and findings of studies. */
import type { CodeableConcept, DiagnosticReport, Observation, Quantity, Reference } from '@medplum/fhirtypes';
import { BLOOD_GROUPS, type BloodGroup, concept, SMOKING } from '../codes.ts';
import { FINDINGS, type Measurement, OTHER_TERMS, PANELS, STUDIES, TESTS, VITALS } from '../measurements.ts';
import { type Chart, hospital, practitioner } from './chart.ts';
import type { Visit } from './visits.ts';

const UCUM = 'http://unitsofmeasure.org';
const CATEGORY = 'http://terminology.hl7.org/CodeSystem/observation-category';
const DIAGNOSTIC_SECTION = 'http://terminology.hl7.org/CodeSystem/v2-0074';
const INTERPRETATION = 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation';

const CATEGORIES = {
  vital: concept(CATEGORY, 'vital-signs', 'Vital Signs'),
  laboratory: concept(CATEGORY, 'laboratory', 'Laboratory'),
  imaging: concept(CATEGORY, 'imaging', 'Imaging'),
  exam: concept(CATEGORY, 'exam', 'Exam'),
  survey: concept(CATEGORY, 'survey', 'Survey'),
  social: concept(CATEGORY, 'social-history', 'Social History'),
} as const;

type Single = Exclude<keyof typeof VITALS, 'systolic' | 'diastolic' | 'bodyMass'>;

/** Values in the unit of the table; `pressure` is upper over lower, in mmHg. */
export type Vitals = { readonly pressure?: readonly [upper: number, lower: number] } & Readonly<
  Partial<Record<Single, number>>
>;

export function vitals(chart: Chart, at: Visit, taken: Vitals): void {
  const { pressure, ...singles } = taken;
  if (pressure !== undefined) {
    chart.add({
      ...observed(chart, at, CATEGORIES.vital, OTHER_TERMS.bloodPressure),
      component: [
        { code: VITALS.systolic.code, valueQuantity: quantity(VITALS.systolic, pressure[0]) },
        { code: VITALS.diastolic.code, valueQuantity: quantity(VITALS.diastolic, pressure[1]) },
      ],
    });
  }
  for (const [name, value] of Object.entries(singles) as [Single, number][]) {
    const vital = VITALS[name];
    chart.add({
      ...observed(chart, at, CATEGORIES.vital, vital.code),
      valueQuantity: quantity(vital, value),
    });
  }
  const { weight, height } = taken;
  if (weight === undefined || height === undefined) return;
  const bodyMass = Number((weight / (height / 100) ** 2).toFixed(1));
  chart.add({
    ...observed(chart, at, CATEGORIES.vital, VITALS.bodyMass.code),
    valueQuantity: quantity(VITALS.bodyMass, bodyMass),
  });
}

export type Results = Readonly<Partial<Record<keyof typeof TESTS, number>>>;

/** Results of one panel and the report over them; each with its range and what it means. */
export function laboratory(chart: Chart, at: Visit, panel: keyof typeof PANELS, results: Results, says?: string): void {
  const result = (Object.entries(results) as [keyof typeof TESTS, number][]).map(([name, value]) => {
    const test: Measurement = TESTS[name];
    return chart.add<Observation>({
      ...observed(chart, at, CATEGORIES.laboratory, test.code),
      performer: [hospital(chart.house)],
      valueQuantity: quantity(test, value),
      interpretation: [interpret(test, value)],
      referenceRange: [
        {
          ...(test.low === undefined ? {} : { low: quantity(test, test.low) }),
          ...(test.high === undefined ? {} : { high: quantity(test, test.high) }),
        },
      ],
    });
  });
  report(chart, at, PANELS[panel], concept(DIAGNOSTIC_SECTION, 'LAB', 'Laboratory'), result, says);
}

/** The words on a study, with what was measured in it. */
export function study(
  chart: Chart,
  at: Visit,
  name: keyof typeof STUDIES,
  says: string,
  measured: readonly Reference<Observation>[] = [],
): void {
  const heart = name === 'electrocardiogram' || name === 'echocardiogram';
  const section = heart
    ? concept(DIAGNOSTIC_SECTION, 'CUS', 'Cardiac Ultrasound', 'Heart')
    : concept(DIAGNOSTIC_SECTION, 'RAD', 'Radiology', 'Imaging');
  const ecg = concept(DIAGNOSTIC_SECTION, 'EC', 'Electrocardiac (e.g., EKG, EEC, Holter)', 'Heart');
  report(chart, at, STUDIES[name], name === 'electrocardiogram' ? ecg : section, measured, says);
}

export function finding(chart: Chart, at: Visit, name: keyof typeof FINDINGS, value: number): Reference<Observation> {
  const category =
    name === 'depressionScore'
      ? CATEGORIES.survey
      : name === 'ejectionFraction' || name === 'boneDensity'
        ? CATEGORIES.imaging
        : CATEGORIES.exam;
  return chart.add<Observation>({
    ...observed(chart, at, category, FINDINGS[name].code),
    valueQuantity: quantity(FINDINGS[name], value),
  });
}

export function bloodGroup(chart: Chart, at: Visit, group: BloodGroup): void {
  chart.add({
    ...observed(chart, at, CATEGORIES.laboratory, OTHER_TERMS.bloodGroup),
    performer: [hospital(chart.house)],
    valueCodeableConcept: BLOOD_GROUPS[group],
  });
}

export function smoking(chart: Chart, at: Visit, status: keyof typeof SMOKING): void {
  chart.add({
    ...observed(chart, at, CATEGORIES.social, OTHER_TERMS.smoking),
    valueCodeableConcept: SMOKING[status],
  });
}

function observed(chart: Chart, at: Visit, category: CodeableConcept, code: CodeableConcept): Observation {
  return {
    resourceType: 'Observation',
    status: 'final',
    category: [category],
    code,
    subject: chart.patient,
    encounter: at.encounter,
    effectiveDateTime: at.start,
    performer: [practitioner(chart, at.with)],
  };
}

function report(
  chart: Chart,
  at: Visit,
  code: CodeableConcept,
  section: CodeableConcept,
  result: readonly Reference<Observation>[],
  says: string | undefined,
): void {
  chart.add<DiagnosticReport>({
    resourceType: 'DiagnosticReport',
    status: 'final',
    category: [section],
    code,
    subject: chart.patient,
    encounter: at.encounter,
    effectiveDateTime: at.start,
    performer: [hospital(chart.house)],
    ...(result.length === 0 ? {} : { result: [...result] }),
    ...(says === undefined ? {} : { conclusion: says }),
  });
}

function quantity(measurement: Measurement, value: number): Quantity {
  return { value, unit: measurement.unit, system: UCUM, code: measurement.ucum };
}

function interpret({ low, high }: Measurement, value: number): CodeableConcept {
  if (low !== undefined && value < low) return concept(INTERPRETATION, 'L', 'Low');
  if (high !== undefined && value > high) return concept(INTERPRETATION, 'H', 'High');
  return concept(INTERPRETATION, 'N', 'Normal');
}
