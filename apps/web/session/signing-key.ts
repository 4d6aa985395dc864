// A person's signing key in this tab. Where the browser can, it is a key that scripts cannot read out again.
import { concatBytes, fromHex, toHex } from '@clearchart/crypto';
import { ed25519 } from '@noble/curves/ed25519.js';

export interface SigningKey {
  /** 64 hexadecimal digits. */
  readonly publicKey: string;
  sign(message: Uint8Array): Promise<Uint8Array>;
}

type NativeKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** RFC 8410: the fixed bytes before a raw Ed25519 seed in PKCS #8. */
const PKCS8 = fromHex('302e020100300506032b657004220420');

export async function importSigningKey(seed: Uint8Array): Promise<SigningKey> {
  const publicKey = publicKeyOf(seed);
  const native = await importNative(seed);
  if (native === undefined) {
    const kept = Uint8Array.from(seed);
    return { publicKey, sign: (message) => Promise.resolve(ed25519.sign(message, kept)) };
  }
  return {
    publicKey,
    sign: async (message) => new Uint8Array(await crypto.subtle.sign('Ed25519', native, Uint8Array.from(message))),
  };
}

export function publicKeyOf(seed: Uint8Array): string {
  return toHex(ed25519.getPublicKey(seed));
}

/** Undefined on plain http and in browsers without Ed25519. */
async function importNative(seed: Uint8Array): Promise<NativeKey | undefined> {
  const subtle = (crypto as { readonly subtle?: typeof crypto.subtle }).subtle;
  if (subtle === undefined) return undefined;
  try {
    return await subtle.importKey('pkcs8', Uint8Array.from(concatBytes(PKCS8, seed)), 'Ed25519', false, ['sign']);
  } catch {
    return undefined;
  }
}
