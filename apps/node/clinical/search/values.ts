/** Prefixes and numbers of FHIR R4 search (§prefix, §number). */
export type Prefix = 'eq' | 'ne' | 'gt' | 'lt' | 'ge' | 'le' | 'sa' | 'eb' | 'ap';

export interface NumberRange {
  /** What the number as written stands for: 100 is 99.5 to 100.5, 100.00 is 99.995 to 100.005. */
  readonly low: number;
  readonly high: number;
  readonly exact: number;
}

export function splitPrefix(text: string): [Prefix, string] {
  const match = /^(eq|ne|gt|lt|ge|le|sa|eb|ap)(?=[\d.+-])/.exec(text);
  return match === null ? ['eq', text] : [match[1] as Prefix, text.slice(2)];
}

/** `ap` takes a tenth of the value around it. */
export function parseNumber(text: string, prefix: Prefix): NumberRange | undefined {
  const match = /^[+-]?(?:\d{1,18}(?:\.(\d{1,18}))?)(?:[eE]([+-]?\d{1,3}))?$/.exec(text);
  if (match === null) return undefined;
  const exact = Number(text);
  const half = 0.5 * 10 ** (Number(match[2] ?? 0) - (match[1]?.length ?? 0));
  const margin = prefix === 'ap' ? Math.max(Math.abs(exact) / 10, half) : half;
  return Number.isFinite(exact) ? { low: exact - margin, high: exact + margin, exact } : undefined;
}
