/**
 * JSON as this house takes it in: what `JSON.parse` quietly forgives is refused, because two readers
 * of one text must never see two records (RFC 8259 §4, I-JSON RFC 7493 §2).
 */
export type JsonFault = 'not-json' | 'duplicate-key' | 'too-deep' | 'half-surrogate' | 'forbidden-key';

export type ParsedJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly fault: JsonFault };

/** Levels of nesting: FHIR needs about 20; every later walk over the value is recursive. */
const DEPTH_LIMIT = 100;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const COLON = 0x3a;

/** Parses text and refuses duplicate keys, `__proto__`, half surrogates and too deep nesting. */
export function parseJson(text: string): ParsedJson {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, fault: 'not-json' };
  }
  const fault = checkKeys(text) ?? (mayHoldHalfSurrogate(text) && !isWellFormed(value) ? 'half-surrogate' : undefined);
  return fault === undefined ? { ok: true, value } : { ok: false, fault };
}

/** Walks text that is known to be JSON; a string followed by a colon is a key. */
function checkKeys(text: string): JsonFault | undefined {
  const open: (Set<string> | undefined)[] = [];
  let position = 0;
  while (position < text.length) {
    const code = text.charCodeAt(position);
    if (code === QUOTE) {
      const end = endOfString(text, position);
      let next = end + 1;
      while (isSpace(text.charCodeAt(next))) next++;
      if (text.charCodeAt(next) === COLON) {
        const raw = text.slice(position + 1, end);
        const key = raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw;
        if (key === '__proto__') return 'forbidden-key';
        const keys = open.at(-1);
        if (keys === undefined || keys.has(key)) return 'duplicate-key';
        keys.add(key);
      }
      position = next;
      continue;
    }
    if (code === OPEN_OBJECT) open.push(new Set());
    else if (code === OPEN_ARRAY) open.push(undefined);
    else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) open.pop();
    if (open.length > DEPTH_LIMIT) return 'too-deep';
    position++;
  }
  return undefined;
}

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end > 0 && text.charCodeAt(end - 1) === BACKSLASH && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

function isEscaped(text: string, position: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(position - 1 - slashes) === BACKSLASH) slashes++;
  return slashes % 2 === 1;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** A half surrogate reaches a decoded text only as an escape. */
function mayHoldHalfSurrogate(text: string): boolean {
  return /\\u[dD][89abAB]|\\u[dD][c-fC-F]/.test(text);
}

function isWellFormed(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (Array.isArray(value)) return value.every(isWellFormed);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, child]) => key.isWellFormed() && isWellFormed(child));
}
