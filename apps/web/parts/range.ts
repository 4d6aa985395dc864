// Where a measured value lies in its reference range, and how wide each zone of the bar is drawn.

export interface ReferenceRange {
  low?: number | undefined;
  high?: number | undefined;
  /** Whether `high` itself is already too high. */
  highIsOut?: boolean;
  /** At these a value is far outside, where somebody should act. */
  criticalLow?: number | undefined;
  criticalHigh?: number | undefined;
}

export type Zone = 'low' | 'within' | 'high' | 'critical' | 'unknown';

/** Which zone a value falls into; bounds belong to the range unless it says otherwise. */
export function zoneOf(value: number, range: ReferenceRange): Zone {
  const { low, high, highIsOut = false, criticalLow = -Infinity, criticalHigh = Infinity } = range;
  if (value <= criticalLow || value >= criticalHigh) return 'critical';
  if (low === undefined && high === undefined) return 'unknown';
  if (low !== undefined && value < low) return 'low';
  if (high !== undefined && (value > high || (highIsOut && value === high))) return 'high';
  return 'within';
}

export interface BarZone {
  kind: 'ok' | 'warn' | 'bad';
  /** Share of the bar, 0 to 1. */
  from: number;
  to: number;
}

export interface Bar {
  zones: BarZone[];
  /** Share of the bar where the value's dot stands. */
  value: number;
  marks: { at: number; label: string }[];
}

/**
 * Lays out the bar: the range in the middle, outside it a warning zone a quarter as wide, then harm. A value beyond the bar
 * stands at its edge; the number above says how far it is.
 */
export function layBar(value: number, { low, high }: ReferenceRange): Bar | undefined {
  if (low === undefined && high === undefined) return undefined;
  if (low !== undefined && high !== undefined && !(high > low)) return undefined;
  const width = low !== undefined && high !== undefined ? high - low : Math.abs((high ?? low) as number) || 1;
  const margin = width / 4;
  const start = low === undefined ? (high as number) - width : low - 2 * margin;
  const end = high === undefined ? (low as number) + width : high + 2 * margin;
  const share = (at: number) => Math.min(1, Math.max(0, (at - start) / (end - start)));
  const zones: BarZone[] = [];
  if (low !== undefined) {
    zones.push(
      { kind: 'bad', from: 0, to: share(low - margin) },
      { kind: 'warn', from: share(low - margin), to: share(low) },
    );
  }
  zones.push({ kind: 'ok', from: low === undefined ? 0 : share(low), to: high === undefined ? 1 : share(high) });
  if (high !== undefined) {
    zones.push(
      { kind: 'warn', from: share(high), to: share(high + margin) },
      { kind: 'bad', from: share(high + margin), to: 1 },
    );
  }
  const marks = [low, high].flatMap((bound) =>
    bound === undefined ? [] : [{ at: share(bound), label: String(bound) }],
  );
  // A dot at the very edge would be cut in half.
  return {
    zones: zones.filter((zone) => zone.to > zone.from),
    value: Math.min(0.97, Math.max(0.03, share(value))),
    marks,
  };
}
