// A time of day as people type it, with 24 hours: "9", "930", "9.30" and "०९:३०" are 09:00 and 09:30. Pure.

/** U+0966, from which Devanagari counts. */
const DEVANAGARI_ZERO = 0x966;

/** `HH:MM`; undefined when it is no time. */
export function parseClock(text: string): string | undefined {
  const latin = text.replace(/[०-९]/g, (digit) => String((digit.codePointAt(0) ?? 0) - DEVANAGARI_ZERO));
  const [, hours, minutes = '00'] = /^\s*(\d{1,2})\s*[:.\s]?\s*(\d{2})?\s*$/.exec(latin) ?? [];
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59) return undefined;
  return `${hours.padStart(2, '0')}:${minutes}`;
}
