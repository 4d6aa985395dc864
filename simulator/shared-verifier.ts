// Real Ed25519. All nodes of a run live in one process and ask about the same signatures; a verdict follows from key, message and
// signature alone, so each is found once.
import { hash } from 'node:crypto';
import type { SignatureVerifier } from '@clearchart/crypto';
import { nodeVerifier } from '@clearchart/node-crypto';

/** Enough for the longest run; then begun anew. */
const VERDICTS_KEPT = 100_000;
const verdicts = new Map<string, boolean>();

export const sharedVerifier: SignatureVerifier = {
  verify(publicKey, message, signature) {
    // Keys and signatures have lengths of their own, so no two questions run together into one.
    const lengths = `${publicKey.length} ${signature.length} `;
    const name = lengths + hash('sha256', Buffer.concat([publicKey, signature, message]), 'base64');
    const known = verdicts.get(name);
    if (known !== undefined) return known;
    const verdict = nodeVerifier.verify(publicKey, message, signature);
    if (verdicts.size >= VERDICTS_KEPT) verdicts.clear();
    verdicts.set(name, verdict);
    return verdict;
  },
};
