// Real Ed25519. All nodes of a run live in one process and ask about the same signatures; a verdict follows from key, message and
// signature alone, so each is found once, and what was signed here is known to hold.
import { hash } from 'node:crypto';
import type { SignatureVerifier, Signer } from '@clearchart/crypto';
import { createSigner, nodeVerifier } from '@clearchart/node-crypto';

/** Enough for the longest run; then begun anew. */
const VERDICTS_KEPT = 100_000;
const verdicts = new Map<string, boolean>();

export const sharedVerifier: SignatureVerifier = {
  verify(publicKey, message, signature) {
    const name = nameOf(publicKey, message, signature);
    const known = verdicts.get(name);
    if (known !== undefined) return known;
    const verdict = nodeVerifier.verify(publicKey, message, signature);
    keep(name, verdict);
    return verdict;
  },
};

export function createSharedSigner(seed: Uint8Array): Signer {
  const { publicKey, sign } = createSigner(seed);
  return {
    publicKey,
    sign(message) {
      const signature = sign(message);
      keep(nameOf(publicKey, message, signature), true);
      return signature;
    },
  };
}

/** Lengths go first, so that no two questions run together into one. */
function nameOf(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): string {
  const lengths = `${publicKey.length} ${signature.length} `;
  return lengths + hash('sha256', Buffer.concat([publicKey, signature, message]), 'base64');
}

function keep(name: string, verdict: boolean): void {
  if (verdicts.size >= VERDICTS_KEPT) verdicts.clear();
  verdicts.set(name, verdict);
}
