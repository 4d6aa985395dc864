// A time of day as people type it, with 24 hours: "9", "930", "9.30" and "०९:३०" are 09:00 and 09:30. Pure.
import { latinDigits } from '../language/digits.ts';

/** `HH:MM`; undefined when it is no time. */
export function parseClock(text: string): string | undefined {
  const [, hours, minutes = '00'] = /^\s*(\d{1,2})\s*[:.\s]?\s*(\d{2})?\s*$/.exec(latinDigits(text)) ?? [];
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59) return undefined;
  return `${hours.padStart(2, '0')}:${minutes}`;
}
