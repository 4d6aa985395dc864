// Measurements grouped by what was measured: the newest value, its range, and how it moved. Pure.
import { type Sex, usualRange } from '@clearchart/care';
import { type ReferenceRange, type Zone, zoneOf } from '../parts/range.ts';
import {
  conceptCode,
  conceptWords,
  type Observation,
  type ObservationValue,
  type Patient,
  type Quantity,
  type Resource,
} from './fhir.ts';

/** Whose measurements they are: usual ranges go by age and sex. */
export type Measured = Pick<Patient, 'birthDate' | 'gender'>;

export interface Measurement {
  at: string;
  value: number;
}

export interface Result {
  /** Key of the group: the code, or the words where there is none. */
  key: string;
  /** LOINC, when it has one. */
  code: string | undefined;
  resource: Resource;
  words: string;
  at: string;
  /** Newest value: a number with its unit, or words. */
  value: number | string;
  unit: string;
  range: ReferenceRange | undefined;
  /** Who says so, when the range is a usual one for the person's age and sex and not the laboratory's own. */
  usualSource: string | undefined;
  zone: Zone;
  /** All numbers measured, oldest first. */
  history: Measurement[];
  category: 'laboratory' | 'vital-signs' | 'other';
}

function effective(observation: Observation): string {
  return observation.effectiveDateTime ?? observation.effectivePeriod?.start ?? observation.issued ?? '';
}

function categoryOf(observation: Observation): Result['category'] {
  const codes = (observation.category ?? []).map(conceptCode);
  if (codes.includes('laboratory')) return 'laboratory';
  return codes.some((code) => code?.startsWith('vital-sign')) ? 'vital-signs' : 'other';
}

/** Units a person reads: UCUM writes some of them for machines. */
export function unitWords(quantity: Quantity | undefined): string {
  const unit = quantity?.unit ?? quantity?.code ?? '';
  const plain: Record<string, string> = {
    'mm[Hg]': 'mmHg',
    'kg/m2': 'kg/m²',
    Cel: '°C',
    '10*3/uL': '10³/µL',
    '10*6/uL': '10⁶/µL',
  };
  return (plain[unit] ?? unit).replace(/\{[^}]*\}/g, '').replace(/^\/min$/, '/min');
}

const YEAR_MS = 365.25 * 86_400_000;

/** Years with their fraction; undefined when either date is missing or no date. */
function ageAt(at: string, { birthDate }: Measured): number | undefined {
  const years = (Date.parse(at) - Date.parse(birthDate ?? '')) / YEAR_MS;
  return Number.isNaN(years) ? undefined : years;
}

const SEXES: readonly string[] = ['female', 'male', 'other'] satisfies Sex[];

function rangeOf(part: ObservationValue, at: string, person: Measured): Pick<Result, 'range' | 'usualSource'> {
  const given = part.referenceRange?.find((range) => range.low?.value !== undefined || range.high?.value !== undefined);
  if (given !== undefined) {
    return { range: { low: given.low?.value, high: given.high?.value }, usualSource: undefined };
  }
  const sex = SEXES.includes(person.gender ?? '') ? (person.gender as Sex) : 'unknown';
  const unit = part.valueQuantity?.code ?? part.valueQuantity?.unit;
  const range = usualRange(loincOf(part.code) ?? '', unit, { age: ageAt(at, person), sex });
  return { range, usualSource: range?.source };
}

/** The code that ranges go by, wherever it stands among the codings. */
function loincOf(concept: ObservationValue['code']): string | undefined {
  const coding = concept?.coding?.find(({ system }) => system === 'http://loinc.org');
  return coding?.code;
}

function readable(part: ObservationValue): number | string | undefined {
  return part.valueQuantity?.value ?? conceptWords(part.valueCodeableConcept) ?? part.valueString;
}

/** Groups observations by code, newest first; one with components (blood pressure) counts as one result for each of them. */
export function results(observations: readonly Observation[], person: Measured): Result[] {
  const groups = new Map<string, Result>();
  const ordered = observations
    .filter((observation) => observation.status !== 'entered-in-error' && observation.status !== 'cancelled')
    .toSorted((one, other) => effective(other).localeCompare(effective(one)));
  for (const observation of ordered) {
    const parts =
      observation.component === undefined || observation.component.length === 0 ? [observation] : observation.component;
    for (const part of parts) add(groups, observation, part, person);
  }
  for (const result of groups.values()) result.history.reverse();
  return [...groups.values()];
}

function add(groups: Map<string, Result>, observation: Observation, part: ObservationValue, person: Measured): void {
  const value = readable(part);
  const words = conceptWords(part.code);
  if (value === undefined || words === undefined) return;
  const unit = unitWords(part.valueQuantity);
  const key = `${conceptCode(part.code) ?? words}|${unit}`;
  const at = effective(observation);
  let group = groups.get(key);
  if (group === undefined) {
    const range = rangeOf(part, at, person);
    group = {
      key,
      code: loincOf(part.code),
      resource: observation,
      words,
      at,
      value,
      unit,
      ...range,
      zone: typeof value === 'number' && range.range !== undefined ? zoneOf(value, range.range) : 'unknown',
      history: [],
      category: categoryOf(observation),
    };
    groups.set(key, group);
  }
  if (typeof value === 'number') group.history.push({ at, value });
}

export type Trend = 'rising' | 'falling' | 'steady' | 'single';

/** How the newest number stands to the one before it; less than a fiftieth is steady. */
export function trend(history: readonly Measurement[]): Trend {
  const newest = history.at(-1);
  const before = history.at(-2);
  if (newest === undefined || before === undefined) return 'single';
  const change = newest.value - before.value;
  if (Math.abs(change) <= Math.abs(before.value) / 50) return 'steady';
  return change > 0 ? 'rising' : 'falling';
}

/** Whether the newest value lies outside its range. */
export function isOut({ zone }: Result): boolean {
  return WEIGHT[zone] > 0;
}

const WEIGHT: Readonly<Record<Zone, number>> = { critical: 2, low: 1, high: 1, within: 0, unknown: 0 };

/** What deserves to be seen first: values out of range, then the newest. */
export function byImportance(all: readonly Result[]): Result[] {
  return all.toSorted((one, other) => WEIGHT[other.zone] - WEIGHT[one.zone] || other.at.localeCompare(one.at));
}
