/** The wall clock of a time zone, from the calendar that the runtime carries. */
import type { WallClock } from '@clearchart/exchange';

const QUARTER_MS = 15 * 60_000;
/** Zones change their offset at a quarter of an hour at the finest. */
const KEPT = 5_000;

/** @throws RangeError when there is no such zone */
export function wallClockOf(timeZone: string): WallClock {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const known = new Map<number, number>();
  return {
    offsetAt(time) {
      const quarter = Math.floor(time / QUARTER_MS);
      let offset = known.get(quarter);
      if (offset === undefined) {
        offset = offsetIn(format, quarter * QUARTER_MS);
        if (known.size >= KEPT) known.clear();
        known.set(quarter, offset);
      }
      return offset;
    },
  };
}

function offsetIn(format: Intl.DateTimeFormat, time: number): number {
  const name = format.formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = '0', minutes = '0'] = /([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
