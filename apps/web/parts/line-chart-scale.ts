// Scales of the chart of vital signs: round steps on the left, dates below.

export interface Scale {
  low: number;
  high: number;
  steps: number[];
}

/** A scale of about five round steps that holds all values. */
export function roundScale(values: readonly number[]): Scale {
  const least = Math.min(...values);
  const most = Math.max(...values);
  const rough = Math.max(most - least, 1) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? rough;
  const low = Math.floor(least / step) * step;
  const high = Math.max(Math.ceil(most / step) * step, low + step);
  const count = Math.round((high - low) / step);
  return { low, high, steps: Array.from({ length: count + 1 }, (_, at) => Number((low + at * step).toPrecision(10))) };
}
