/** Version ids as weak entity tags (RFC 9110 §8.8.3, FHIR R4 http §versionaware). */
import { refuse } from './refusal.ts';

export function formatEntityTag(version: number): string {
  return `W/"${version}"`;
}

/** The version that a tag names; 0, which no version has, for a well-formed tag of another kind. */
export function parseEntityTag(text: string): number {
  const match = /^(?:W\/)?"([\x21\x23-\x7e]{1,64})"$/.exec(text.trim());
  if (match === null) throw refuse(400, 'bad-entity-tag', 'invalid', 'A version is named as W/"n"');
  const version = match[1] ?? '';
  return /^[1-9]\d{0,9}$/.test(version) ? Number(version) : 0;
}
