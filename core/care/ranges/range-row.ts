// One usual range: for which code, unit, age and sex.

export interface RangeRow {
  /** LOINC codes of the same measurement; the unit makes clear which scale is meant. */
  readonly loinc: readonly string[];
  /** UCUM unit of the bounds. */
  readonly unit: string;
  /** Lowest and highest usual value; both belong to the range. */
  readonly low?: number;
  readonly high?: number;
  /** Where the source names the first value that is too high, instead of the last that is usual. */
  readonly below?: number;
  /** At or beyond these a value is dangerous in itself; laboratories telephone it. */
  readonly criticalLow?: number;
  readonly criticalHigh?: number;
  /** Years; from is in, until is out. Adults (18 to 150) where not said. */
  readonly from?: number;
  readonly until?: number;
  readonly sex?: 'female' | 'male';
  readonly pregnant?: true;
  readonly source: string;
}
