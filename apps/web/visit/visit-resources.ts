// One FHIR R4 resource for each thing that a visit brings. Pure. Codes: SNOMED CT, LOINC and UCUM as the record uses them.
import type { CodeableConcept } from '../record/fhir.ts';
import type { Diagnosis, NewAllergy, Prescription, Vital } from './visit-form.ts';

/** Who, about whom, in which visit and when: on every resource. */
export interface VisitContext {
  /** `Patient/id`. */
  readonly patient: string;
  /** `Practitioner/id`. */
  readonly practitioner: string;
  readonly practitionerName: string;
  /** What the Encounter is called inside the bundle. */
  readonly encounter: string;
  /** Moments as FHIR writes them. */
  readonly start: string;
  readonly end: string;
}

export interface NewResource {
  readonly resourceType: string;
  readonly [element: string]: unknown;
}

const LOINC = 'http://loinc.org';
const UCUM = 'http://unitsofmeasure.org';
const hl7 = (system: string, code: string) => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }],
});
const author = ({ practitioner, practitionerName }: VisitContext) => ({
  reference: practitioner,
  display: practitionerName,
});

export function noteResource(note: string, at: VisitContext): NewResource {
  return {
    resourceType: 'DocumentReference',
    status: 'current',
    docStatus: 'final',
    type: { coding: [{ system: LOINC, code: '11506-3', display: 'Progress note' }], text: 'Visit note' },
    subject: { reference: at.patient },
    date: at.end,
    author: [author(at)],
    content: [{ attachment: { contentType: 'text/plain; charset=utf-8', data: base64(note) } }],
    context: { encounter: [{ reference: at.encounter }], period: { start: at.start, end: at.end } },
  };
}

export function base64(text: string): string {
  let binary = '';
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** Undefined for what is no base64 of UTF-8. */
export function textOfBase64(data: string | undefined): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(data ?? ''), (letter) => letter.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

export function conditionResource({ concept, provisional }: Diagnosis, at: VisitContext): NewResource {
  return {
    resourceType: 'Condition',
    clinicalStatus: hl7('condition-clinical', 'active'),
    verificationStatus: hl7('condition-ver-status', provisional ? 'provisional' : 'confirmed'),
    category: [hl7('condition-category', 'encounter-diagnosis')],
    code: concept,
    subject: { reference: at.patient },
    encounter: { reference: at.encounter },
    recordedDate: at.end,
    recorder: author(at),
  };
}

export function allergyResource({ concept, reaction, severity }: NewAllergy, at: VisitContext): NewResource {
  return {
    resourceType: 'AllergyIntolerance',
    clinicalStatus: hl7('allergyintolerance-clinical', 'active'),
    verificationStatus: hl7('allergyintolerance-verification', 'confirmed'),
    ...(severity === 'severe' ? { criticality: 'high' } : {}),
    code: concept,
    patient: { reference: at.patient },
    encounter: { reference: at.encounter },
    recordedDate: at.end,
    recorder: author(at),
    ...(reaction === undefined
      ? {}
      : { reaction: [{ manifestation: [reaction], ...(severity === undefined ? {} : { severity }) }] }),
  };
}

interface VitalTerm {
  readonly loinc: string;
  readonly display: string;
  readonly text: string;
  readonly unit: string;
  readonly ucum: string;
}

export const VITAL_TERMS: Readonly<Record<Vital, VitalTerm>> = {
  systolic: term('8480-6', 'Systolic blood pressure', 'Upper blood pressure', 'mmHg', 'mm[Hg]'),
  diastolic: term('8462-4', 'Diastolic blood pressure', 'Lower blood pressure', 'mmHg', 'mm[Hg]'),
  pulse: term('8867-4', 'Heart rate', 'Pulse', '/min', '/min'),
  temperature: term('8310-5', 'Body temperature', 'Temperature', '°C', 'Cel'),
  oxygen: term('2708-6', 'Oxygen saturation in Arterial blood', 'Oxygen saturation', '%', '%'),
  breathing: term('9279-1', 'Respiratory rate', 'Breathing rate', '/min', '/min'),
  weight: term('29463-7', 'Body weight', 'Weight', 'kg', 'kg'),
  height: term('8302-2', 'Body height', 'Height', 'cm', 'cm'),
};

function term(loinc: string, display: string, text: string, unit: string, ucum: string): VitalTerm {
  return { loinc, display, text, unit, ucum };
}

const codeOf = ({ loinc, display, text }: VitalTerm): CodeableConcept => ({
  coding: [{ system: LOINC, code: loinc, display }],
  text,
});
const quantity = ({ unit, ucum }: VitalTerm, value: number) => ({ value, unit, system: UCUM, code: ucum });

/** One Observation for each vital sign; both values of the blood pressure in one. */
export function vitalResources(values: ReadonlyMap<Vital, number>, at: VisitContext): NewResource[] {
  const base = {
    resourceType: 'Observation',
    status: 'final',
    category: [hl7('observation-category', 'vital-signs')],
    subject: { reference: at.patient },
    encounter: { reference: at.encounter },
    effectiveDateTime: at.end,
    performer: [author(at)],
  };
  const upper = values.get('systolic');
  const lower = values.get('diastolic');
  const pressure =
    upper === undefined || lower === undefined
      ? []
      : [
          {
            ...base,
            code: {
              coding: [{ system: LOINC, code: '85354-9', display: 'Blood pressure panel with all children optional' }],
              text: 'Blood pressure',
            },
            component: [
              { code: codeOf(VITAL_TERMS.systolic), valueQuantity: quantity(VITAL_TERMS.systolic, upper) },
              { code: codeOf(VITAL_TERMS.diastolic), valueQuantity: quantity(VITAL_TERMS.diastolic, lower) },
            ],
          },
        ];
  const singles = [...values].flatMap(([vital, value]) =>
    vital === 'systolic' || vital === 'diastolic'
      ? []
      : [{ ...base, code: codeOf(VITAL_TERMS[vital]), valueQuantity: quantity(VITAL_TERMS[vital], value) }],
  );
  return [...pressure, ...singles];
}

export function orderResource(concept: CodeableConcept, at: VisitContext): NewResource {
  return {
    resourceType: 'ServiceRequest',
    status: 'active',
    intent: 'order',
    code: concept,
    subject: { reference: at.patient },
    encounter: { reference: at.encounter },
    authoredOn: at.end,
    requester: author(at),
  };
}

const TIMES_OF_DAY = ['MORN', 'NOON', 'NIGHT'] as const;

/** FHIR timing of one pattern; each different amount of a day is an instruction of its own. */
function instructions({ pattern, form, route, days }: Prescription): object[] {
  const text = /^\d/.test(pattern) ? `${pattern}, ${days} days` : pattern;
  const routed = route === '' ? {} : { route: { text: route } };
  const bounds = { boundsDuration: { value: days, unit: 'days', system: UCUM, code: 'd' } };
  const dose = (value: number) => ({
    doseAndRate: [{ doseQuantity: { value, ...(form === '' ? {} : { unit: form }) } }],
  });
  if (pattern === 'sos') return [{ text, asNeededBoolean: true, ...routed, ...dose(1) }];
  if (pattern === 'once') return [{ text, timing: { repeat: { count: 1 } }, ...routed, ...dose(1) }];
  if (pattern === 'weekly')
    return [
      { text, timing: { repeat: { ...bounds, frequency: 1, period: 1, periodUnit: 'wk' } }, ...routed, ...dose(1) },
    ];
  const amounts = pattern.split('-').map(Number);
  return [...new Set(amounts)]
    .filter((amount) => amount > 0)
    .map((amount) => {
      const when = TIMES_OF_DAY.filter((_, at) => amounts[at] === amount);
      const repeat = { ...bounds, frequency: when.length, period: 1, periodUnit: 'd', when };
      return { text, timing: { repeat }, ...routed, ...dose(amount) };
    })
    .map((instruction, at) => ({ sequence: at + 1, ...instruction }));
}

export function prescriptionResource(prescription: Prescription, at: VisitContext): NewResource {
  const { concept, days, answer } = prescription;
  return {
    resourceType: 'MedicationRequest',
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: concept,
    subject: { reference: at.patient },
    encounter: { reference: at.encounter },
    authoredOn: at.end,
    requester: author(at),
    dosageInstruction: instructions(prescription),
    dispenseRequest: { expectedSupplyDuration: { value: days, unit: 'days', system: UCUM, code: 'd' } },
    ...(answer.trim() === '' ? {} : { note: [{ text: answer.trim() }] }),
  };
}
