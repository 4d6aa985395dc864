import { toHex } from '@clearchart/crypto';

/** The browser's own SHA-256; undefined where it is not offered (a page without TLS). */
export async function browserSha256(bytes: Uint8Array): Promise<string | undefined> {
  if (globalThis.crypto?.subtle === undefined) return undefined;
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes.slice())));
}
