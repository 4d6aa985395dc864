// Drafts of what is health data: kept on the device only as ciphertext, under a key that follows from the person's vault and is
// gone with the tab. What a draft is about does not stand in its name either.
import { fromBase64Url, hmacSha256, openEnvelope, sealEnvelope, toBase64Url, toHex, utf8 } from '@clearchart/crypto';
import { browserAead, browserRandom } from './aead.ts';

const PREFIX = 'clearchart.sealed.';
/** Drafts on one device; the oldest go first. */
const DRAFTS_AT_MOST = 40;
/** Characters of one sealed draft. */
const DRAFT_LENGTH_LIMIT = 400_000;

const nameOf = (key: Uint8Array, name: string): string => PREFIX + toHex(hmacSha256(key, utf8(name)).slice(0, 16));

/** Storage may be full or forbidden: the draft then lives as long as the page. Returns whether it was kept. */
export function keepDraft(key: Uint8Array, name: string, value: object, now: number): boolean {
  const place = nameOf(key, name);
  const sealed = sealEnvelope(browserAead, browserRandom, key, utf8(JSON.stringify(value)), utf8(place));
  const text = `${now}.${toBase64Url(sealed)}`;
  if (text.length > DRAFT_LENGTH_LIMIT) return false;
  try {
    localStorage.setItem(place, text);
    for (const old of oldest()) localStorage.removeItem(old);
    return true;
  } catch {
    return false;
  }
}

/** Undefined when there is none, or it is not this person's. */
export function openDraft(key: Uint8Array, name: string): { value: unknown; keptAt: number } | undefined {
  const place = nameOf(key, name);
  try {
    const [at = '', sealed = ''] = (localStorage.getItem(place) ?? '').split('.');
    const opened = openEnvelope(browserAead, key, fromBase64Url(sealed), utf8(place));
    if (opened === undefined) return undefined;
    return { value: JSON.parse(new TextDecoder().decode(opened)), keptAt: Number(at) };
  } catch {
    return undefined;
  }
}

export function dropDraft(key: Uint8Array, name: string): void {
  try {
    localStorage.removeItem(nameOf(key, name));
  } catch {
    // Nothing was kept then.
  }
}

function oldest(): string[] {
  const names = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
  const age = (name: string) => Number.parseInt(localStorage.getItem(name) ?? '0', 10);
  return names.toSorted((one, other) => age(one) - age(other)).slice(0, Math.max(0, names.length - DRAFTS_AT_MOST));
}
