/** Shapes of what was sealed or carried by somebody else: exactly the named fields, and nothing else. */

export type Fields = Readonly<Record<string, unknown>>;

/** Undefined unless the value is an object with all names, and beyond them with optional ones alone. */
export function fieldsOf(
  value: unknown,
  names: readonly string[],
  optional: readonly string[] = [],
): Fields | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const keys = Object.keys(value);
  const known = keys.every((key) => names.includes(key) || optional.includes(key));
  return known && names.every((name) => keys.includes(name)) ? (value as Fields) : undefined;
}

export const isHexOf = (value: unknown, digits: number): value is string =>
  typeof value === 'string' && value.length === digits && /^[0-9a-f]+$/.test(value);

export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
