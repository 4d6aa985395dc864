// Vital signs as lines over time, from the grouped results. Pure.
import type { ReferenceRange } from '../parts/range.ts';
import type { Measurement, Result } from './results.ts';

/** One line for each list of LOINC codes: the newer code and those that older records use for the same. */
const VITALS = {
  pressure: [['8480-6'], ['8462-4']],
  pulse: [['8867-4']],
  weight: [['29463-7', '3141-9']],
  bodyMass: [['39156-5']],
  temperature: [['8310-5', '8331-1']],
  oxygen: [['59408-5', '2708-6']],
  breathing: [['9279-1']],
  height: [['8302-2']],
} as const satisfies Record<string, readonly (readonly string[])[]>;

export type VitalName = keyof typeof VITALS;

export interface VitalLine {
  points: readonly Measurement[];
  range: ReferenceRange | undefined;
}

export interface Vital {
  name: VitalName;
  unit: string;
  lines: readonly VitalLine[];
}

/** Fewest measurements that make a line. */
const POINTS = 2;

/** Those that were measured more than once, in the order a chart lists them. */
export function vitals(all: readonly Result[]): Vital[] {
  return Object.entries(VITALS).flatMap(([name, codes]) => {
    const found = codes.flatMap((list) => all.find((result) => isLine(result, list)) ?? []);
    const unit = found[0]?.unit;
    if (unit === undefined || found.length < codes.length) return [];
    const lines = found.map(({ history, range }) => ({ points: history, range }));
    return [{ name: name as VitalName, unit, lines }];
  });
}

function isLine({ code, history }: Result, codes: readonly string[]): boolean {
  return code !== undefined && codes.includes(code) && history.length >= POINTS;
}
