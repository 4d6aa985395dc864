// What a practitioner fills in during a visit. Pure: an empty form, what is in it, and what still keeps it from being sealed.
import type { CodeableConcept } from '../record/fhir.ts';

export const TEMPLATES = ['soap', 'followUp', 'child', 'antenatal'] as const;
export type Template = (typeof TEMPLATES)[number];

export interface Diagnosis {
  readonly concept: CodeableConcept;
  /** Suspected, not established. */
  readonly provisional: boolean;
}

export const ALLERGY_SEVERITIES = ['mild', 'moderate', 'severe'] as const;

export interface NewAllergy {
  readonly concept: CodeableConcept;
  readonly reaction: CodeableConcept | undefined;
  readonly severity: (typeof ALLERGY_SEVERITIES)[number] | undefined;
}

export const VITALS = [
  'systolic',
  'diastolic',
  'pulse',
  'temperature',
  'oxygen',
  'breathing',
  'weight',
  'height',
] as const;
export type Vital = (typeof VITALS)[number];

/** One medicine as ordered. `answer` says why it is given in spite of what the check said. */
export interface Prescription {
  readonly key: string;
  readonly concept: CodeableConcept;
  /** Id in the formulary; undefined when it was written in words. */
  readonly medicine: string | undefined;
  readonly strength: string;
  readonly form: string;
  readonly route: string;
  /** "1-0-1", "sos", "once" or "weekly". */
  readonly pattern: string;
  readonly days: number;
  readonly answer: string;
  /** The warnings that the answer is to: when others come, it is no answer any more. */
  readonly answerTo?: string;
}

export interface VisitForm {
  /** A uuid: the visit's own identifier, so that sending it twice is noticed. */
  readonly visit: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly template: Template | '';
  readonly note: string;
  readonly diagnoses: readonly Diagnosis[];
  readonly allergies: readonly NewAllergy[];
  readonly vitals: Readonly<Partial<Record<Vital, string>>>;
  readonly orders: readonly CodeableConcept[];
  readonly prescriptions: readonly Prescription[];
  /** Undefined until asked. */
  readonly pregnant: boolean | undefined;
}

/** What each part of the panel gets: the form, and a way to change a part of it. */
export interface SectionProps {
  readonly form: VisitForm;
  readonly change: (part: Partial<VisitForm>) => void;
}

/** Characters of a note; a longer one belongs in a document. */
export const NOTE_LENGTH_LIMIT = 20_000;

export function emptyVisit(visit: string, startedAt: number): VisitForm {
  return {
    visit,
    startedAt,
    template: '',
    note: '',
    diagnoses: [],
    allergies: [],
    vitals: {},
    orders: [],
    prescriptions: [],
    pregnant: undefined,
  };
}

/** Whether anything is in it that would be missed. */
export function isEmpty({ note, diagnoses, allergies, vitals, orders, prescriptions }: VisitForm): boolean {
  const listed = diagnoses.length + allergies.length + orders.length + prescriptions.length;
  return note.trim() === '' && listed === 0 && Object.values(vitals).every((value) => value.trim() === '');
}

/** Plausible bounds, in the unit of the field: outside them it is a slip of the hand. Not a medical range. */
export const VITAL_BOUNDS: Readonly<Record<Vital, readonly [least: number, most: number]>> = {
  systolic: [30, 320],
  diastolic: [10, 220],
  pulse: [10, 350],
  temperature: [20, 46],
  oxygen: [20, 100],
  breathing: [2, 120],
  weight: [0.3, 500],
  height: [20, 260],
};

/** The number that was typed; undefined for an empty field, NaN for what is none or cannot be. */
export function vitalValue(vital: Vital, typed: string | undefined): number | undefined {
  const text = (typed ?? '').trim().replace(',', '.');
  if (text === '') return undefined;
  const value = /^\d{1,3}(?:\.\d{1,2})?$/.test(text) ? Number(text) : Number.NaN;
  const [least, most] = VITAL_BOUNDS[vital];
  return value >= least && value <= most ? value : Number.NaN;
}

export type VisitFault = 'nothing-written' | 'note-too-long' | 'vital-implausible' | 'half-a-pressure';

/** What keeps the form itself from being sealed; the checks of medicines come on top. */
export function faultOfVisit(form: VisitForm): VisitFault | undefined {
  if (isEmpty(form)) return 'nothing-written';
  if (form.note.length > NOTE_LENGTH_LIMIT) return 'note-too-long';
  const values = VITALS.map((vital) => vitalValue(vital, form.vitals[vital]));
  if (values.some((value) => Number.isNaN(value))) return 'vital-implausible';
  const [systolic, diastolic] = values;
  return (systolic === undefined) === (diastolic === undefined) ? undefined : 'half-a-pressure';
}

const ENTRIES = ['diagnoses', 'allergies', 'orders', 'prescriptions'] as const;

/** A form from a kept draft, undefined when it is none of this version's. */
export function asVisitForm(value: unknown): VisitForm | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const form = value as Partial<VisitForm>;
  const sound =
    typeof form.visit === 'string' &&
    typeof form.startedAt === 'number' &&
    typeof form.note === 'string' &&
    typeof form.vitals === 'object' &&
    ENTRIES.every((name) => Array.isArray(form[name]));
  return sound ? { ...emptyVisit('', 0), ...form } : undefined;
}
