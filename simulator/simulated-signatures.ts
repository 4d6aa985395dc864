// Signatures that cost nothing: whoever has the key's public half could forge them, and nobody in a run tries that way. What is signed
// by another key, or over other bytes, is refused as it should be. Ed25519 itself has tests of its own.
import { hash } from 'node:crypto';
import { type SignatureVerifier, type Signer, equalBytes } from '@clearchart/crypto';
import { publicKeyOf } from '@clearchart/node-crypto';

function signatureBy(publicKey: Uint8Array, message: Uint8Array): Uint8Array {
  return new Uint8Array(hash('sha512', Buffer.concat([publicKey, message]), 'buffer'));
}

/** The public keys are real ones, since the ledger looks at their form. */
export function simulatedSigner(seed: Uint8Array): Signer {
  const publicKey = publicKeyOf(seed);
  return { publicKey, sign: (message) => signatureBy(publicKey, message) };
}

export const simulatedVerifier: SignatureVerifier = {
  verify: (publicKey, message, signature) => equalBytes(signature, signatureBy(publicKey, message)),
};
