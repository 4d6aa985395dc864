// The usual range for a measurement of this person, and where a value lies in it. Never guesses: an unknown code or unit gives no answer.
import type { Sex } from '../triage/symptom.ts';
import { BLOOD_COUNT_RANGE_ROWS } from './blood-count-range-rows.ts';
import { LABORATORY_RANGE_ROWS } from './laboratory-range-rows.ts';
import type { RangeRow } from './range-row.ts';
import { factorTo } from './units.ts';
import { VITAL_RANGE_ROWS } from './vital-range-rows.ts';

export type { RangeRow } from './range-row.ts';

/** Every row, as the tests and a page of sources read them. */
export const usualRangeRows: readonly RangeRow[] = [
  ...VITAL_RANGE_ROWS,
  ...LABORATORY_RANGE_ROWS,
  ...BLOOD_COUNT_RANGE_ROWS,
];

export interface RangePerson {
  /** Years at the time of the measurement; a fraction counts. Undefined gives no range. */
  readonly age: number | undefined;
  readonly sex: Sex;
  readonly pregnant?: boolean | undefined;
}

export interface Measured {
  readonly loinc: string;
  readonly value: number;
  /** UCUM code, as in Quantity.code. */
  readonly unit: string | undefined;
}

/** Bounds in the unit that was asked for; a bound that is missing is open. */
export interface UsualRange {
  readonly low: number | undefined;
  readonly high: number | undefined;
  /** Whether `high` itself is already too high. */
  readonly highIsOut: boolean;
  readonly criticalLow: number | undefined;
  readonly criticalHigh: number | undefined;
  readonly source: string;
}

/** `critical` is both too low and too high beyond the critical bounds. */
export type Zone = 'low' | 'ok' | 'high' | 'critical';

const ADULT_FROM = 18;
const OLDEST = 150;

const BY_LOINC: ReadonlyMap<string, readonly RangeRow[]> = new Map(
  [...new Set(usualRangeRows.flatMap(({ loinc }) => loinc))].map((code) => [
    code,
    usualRangeRows.filter(({ loinc }) => loinc.includes(code)),
  ]),
);

/** The usual range for a code, in exactly this unit or one that is tied to it; undefined when we have none. */
export function usualRange(loinc: string, unit: string | undefined, person: RangePerson): UsualRange | undefined {
  const { age } = person;
  if (unit === undefined || age === undefined || !(age >= 0 && age < OLDEST)) return undefined;
  const ofAge = (BY_LOINC.get(loinc) ?? []).filter(
    (row) => age >= (row.from ?? ADULT_FROM) && age < (row.until ?? OLDEST),
  );
  const rows = ofPerson(ofAge, person);
  const first = rows[0];
  if (first === undefined) return undefined;
  const factor = factorTo(first.unit, first.loinc[0]!, unit);
  if (factor === undefined) return undefined;
  const wide = widest(rows);
  // Ten figures, so that 11 g/dL is 110 g/L and not a hair more.
  const inUnit = (bound: number | undefined) =>
    bound === undefined ? undefined : Number((bound / factor).toPrecision(10));
  return {
    ...wide,
    low: inUnit(wide.low),
    high: inUnit(wide.high),
    criticalLow: inUnit(wide.criticalLow),
    criticalHigh: inUnit(wide.criticalHigh),
  };
}

/** Where a value lies; undefined when there is no range for it, its unit is unknown, or it is not a number. */
export function zoneOf({ loinc, value, unit }: Measured, person: RangePerson): Zone | undefined {
  const range = usualRange(loinc, unit, person);
  if (range === undefined || !Number.isFinite(value)) return undefined;
  const { low, high, highIsOut, criticalLow, criticalHigh } = range;
  if (criticalLow !== undefined && value <= criticalLow) return 'critical';
  if (criticalHigh !== undefined && value >= criticalHigh) return 'critical';
  if (low !== undefined && value < low) return 'low';
  if (high !== undefined && (highIsOut ? value >= high : value > high)) return 'high';
  return 'ok';
}

/** Pregnancy first, then the sex; for who has named neither sex the rows of both, since we do not guess. */
function ofPerson(rows: readonly RangeRow[], { sex, pregnant }: RangePerson): readonly RangeRow[] {
  const forPregnancy = pregnant === true ? rows.filter((row) => row.pregnant === true) : [];
  if (forPregnancy.length > 0) return forPregnancy;
  const others = rows.filter((row) => row.pregnant !== true);
  if (sex !== 'female' && sex !== 'male') return narrowest(others);
  return narrowest(others.filter((row) => row.sex === undefined || row.sex === sex));
}

/** A row for an age span of children stands before one that holds for every age. */
function narrowest(rows: readonly RangeRow[]): readonly RangeRow[] {
  const span = (row: RangeRow) => (row.until ?? OLDEST) - (row.from ?? ADULT_FROM);
  const least = Math.min(...rows.map(span));
  return rows.filter((row) => span(row) === least);
}

/** One range that holds for every row: what is out of it is out for each of them. */
function widest(rows: readonly RangeRow[]): UsualRange {
  return {
    low: outermost(
      Math.min,
      rows.map(({ low }) => low),
    ),
    high: outermost(
      Math.max,
      rows.map(({ high, below }) => high ?? below),
    ),
    highIsOut: rows.every(({ below }) => below !== undefined),
    criticalLow: outermost(
      Math.min,
      rows.map(({ criticalLow }) => criticalLow),
    ),
    criticalHigh: outermost(
      Math.max,
      rows.map(({ criticalHigh }) => criticalHigh),
    ),
    source: [...new Set(rows.map(({ source }) => source))].join('; '),
  };
}

/** Open when a row leaves it open. */
function outermost(pick: (...bounds: number[]) => number, bounds: readonly (number | undefined)[]): number | undefined {
  const closed = bounds.filter((bound) => bound !== undefined);
  return closed.length < bounds.length ? undefined : pick(...closed);
}
