/** U+0966, from which Devanagari counts. */
const DEVANAGARI_ZERO = 0x966;

/** Figures as typed on a Hindi keyboard, in those of the record: "०९" is "09". Pure. */
export function latinDigits(text: string): string {
  return text.replace(/[०-९]/g, (digit) => String((digit.codePointAt(0) ?? 0) - DEVANAGARI_ZERO));
}
