/** Bytes, text and numbers: the few conversions that everything else is written in. */
const HEX_DIGITS = '0123456789abcdef';
const HEX_OF_BYTE = Array.from(
  { length: 256 },
  (_, byte) => (HEX_DIGITS[byte >> 4] ?? '') + (HEX_DIGITS[byte & 15] ?? ''),
);

const CODE_OF_DIGIT = Uint8Array.from(HEX_DIGITS, (digit) => digit.charCodeAt(0));
/** Bytes turned into digits at once: a hash. */
const BLOCK_BYTES = 32;
const blockCodes = Array.from({ length: 2 * BLOCK_BYTES }, () => 0);

/** Lower-case hexadecimal digits, two for each byte. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  let at = 0;
  for (; at + BLOCK_BYTES <= bytes.length; at += BLOCK_BYTES) text += blockToHex(bytes, at);
  for (; at < bytes.length; at += 1) text += HEX_OF_BYTE[bytes[at] ?? 0];
  return text;
}

/** Made in one piece: text joined digit by digit is flattened, at three times the cost, when it names something in a map. */
function blockToHex(bytes: Uint8Array, from: number): string {
  for (let index = 0; index < BLOCK_BYTES; index += 1) {
    const byte = bytes[from + index] as number;
    blockCodes[2 * index] = CODE_OF_DIGIT[byte >> 4] as number;
    blockCodes[2 * index + 1] = CODE_OF_DIGIT[byte & 15] as number;
  }
  return String.fromCharCode(...blockCodes);
}

function valueOfDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 97 && code <= 102) return code - 87;
  return -1;
}

/** @throws TypeError unless the text is an even number of lower-case hexadecimal digits. */
export function fromHex(text: string): Uint8Array {
  if (text.length % 2 !== 0) throw new TypeError('hex: an odd number of digits');
  const bytes = new Uint8Array(text.length / 2);
  for (let index = 0; index < bytes.length; index += 1) {
    const high = valueOfDigit(text.charCodeAt(2 * index));
    const low = valueOfDigit(text.charCodeAt(2 * index + 1));
    if (high < 0 || low < 0) throw new TypeError('hex: not a lower-case hexadecimal digit');
    bytes[index] = high * 16 + low;
  }
  return bytes;
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Takes the same time wherever the first difference is. */
export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  let difference = 0;
  for (let index = 0; index < left.length; index += 1) difference |= (left[index] ?? 0) ^ (right[index] ?? 0);
  return difference === 0;
}
