/**
 * The one verifier that decides validity on every node: our own checks of the shape first, then node:crypto. The release of Node is
 * pinned, and the self-test runs when a node starts.
 */
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { checkSignatureShape, type SignatureCheck, type SignatureVerifier, type Signer } from '@clearchart/crypto';

/** RFC 8410: the fixed bytes before a raw Ed25519 key in PKCS #8 and in SubjectPublicKeyInfo. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
/** Most public keys kept ready for use. */
const KEYS_KEPT = 10_000;
const kept = new Map<string, KeyObject>();

function publicKeyObject(publicKey: Uint8Array): KeyObject {
  const name = Buffer.from(publicKey).toString('latin1');
  let key = kept.get(name);
  if (key === undefined) {
    key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' });
    if (kept.size >= KEYS_KEPT) kept.clear();
    kept.set(name, key);
  }
  return key;
}

function isWellFormed({ publicKey, signature }: Omit<SignatureCheck, 'message'>): boolean {
  return publicKey.length === 32 && checkSignatureShape(signature) === undefined;
}

function verifyInThreadPool(check: SignatureCheck): Promise<boolean> {
  if (!isWellFormed(check)) return Promise.resolve(false);
  const { publicKey, message, signature } = check;
  return new Promise((done) => {
    try {
      verify(null, message, publicKeyObject(publicKey), signature, (fault, valid) => done(fault === null && valid));
    } catch {
      done(false);
    }
  });
}

export const nodeVerifier: SignatureVerifier = {
  verify(publicKey, message, signature) {
    if (!isWellFormed({ publicKey, signature })) return false;
    try {
      return verify(null, message, publicKeyObject(publicKey), signature);
    } catch {
      return false;
    }
  },
  /** On all cores: with a callback node:crypto works in its thread pool. */
  verifyMany(checks) {
    return Promise.all(checks.map(verifyInThreadPool));
  },
};

/** A signer for a 32-byte seed (RFC 8032 §5.1.5). */
export function createSigner(seed: Uint8Array): Signer {
  const key = privateKeyObject(seed);
  return { publicKey: publicKeyOf(seed), sign: (message) => new Uint8Array(sign(null, message, key)) };
}

export function publicKeyOf(seed: Uint8Array): Uint8Array {
  const spki = createPublicKey(privateKeyObject(seed)).export({ format: 'der', type: 'spki' });
  return new Uint8Array(spki.subarray(SPKI.length));
}

function privateKeyObject(seed: Uint8Array): KeyObject {
  if (seed.length !== 32) throw new RangeError('ed25519: a seed has 32 bytes');
  return createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
}
