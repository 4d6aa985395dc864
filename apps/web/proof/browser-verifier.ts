// Ed25519 in the reader's browser: one by one over noble, many at once over WebCrypto where it knows the curve. Its verdict
// is this reader's own; it never decides what is valid on the chain.
import { checkSignatureShape, type SignatureCheck, type SignatureVerifier } from '@clearchart/crypto';
import { ed25519 } from '@noble/curves/ed25519.js';

function verifyOne(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (checkSignatureShape(signature) !== undefined) return false;
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}

let knowsCurve: Promise<boolean> | undefined;

function webCryptoKnowsEd25519(): Promise<boolean> {
  knowsCurve ??= (async () => {
    try {
      await crypto.subtle.generateKey({ name: 'Ed25519' }, false, ['sign', 'verify']);
      return true;
    } catch {
      return false; // an older browser, or a page without TLS
    }
  })();
  return knowsCurve;
}

async function verifyMany(checks: readonly SignatureCheck[]): Promise<boolean[]> {
  if (!(await webCryptoKnowsEd25519()))
    return checks.map((check) => verifyOne(check.publicKey, check.message, check.signature));
  const keys = new Map<string, Promise<CryptoKey>>();
  return Promise.all(
    checks.map(async ({ publicKey, message, signature }) => {
      if (checkSignatureShape(signature) !== undefined) return false;
      const name = publicKey.join();
      let key = keys.get(name);
      if (key === undefined) {
        key = crypto.subtle.importKey('raw', publicKey.slice(), { name: 'Ed25519' }, false, ['verify']);
        keys.set(name, key);
      }
      try {
        return await crypto.subtle.verify({ name: 'Ed25519' }, await key, signature.slice(), message.slice());
      } catch {
        return false;
      }
    }),
  );
}

export const browserVerifier = { verify: verifyOne, verifyMany } satisfies SignatureVerifier;
