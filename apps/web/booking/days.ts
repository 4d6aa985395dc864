// Free times by the day they lie on, where the reader is. Pure.

export interface DayOfTimes {
  /** The first moment of it that is offered, to name the day by. */
  readonly first: string;
  readonly times: readonly string[];
}

/** In the order given; `dayKey` names the day of a moment. */
export function byDay(times: readonly string[], dayKey: (time: string) => string): DayOfTimes[] {
  const days = new Map<string, { first: string; times: string[] }>();
  for (const time of times) {
    const key = dayKey(time);
    const day = days.get(key);
    if (day === undefined) days.set(key, { first: time, times: [time] });
    else day.times.push(time);
  }
  return [...days.values()];
}

/** The reader's own day. */
export function localDay(time: string): string {
  const date = new Date(time);
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
}
