import { ed25519 } from '@noble/curves/ed25519.js';
import { equalBytes, fromHex } from './bytes.ts';

export type PublicKeyFault = 'not-32-bytes' | 'not-canonical' | 'not-on-curve' | 'small-order' | 'has-torsion';

/**
 * Why a public key may not be registered; undefined when it may. Keys are checked once, at registration: implementations
 * disagree on keys with a small-order part, and one such key could split the hospitals (RFC 8032 §5.1.3).
 */
export function checkPublicKey(publicKey: Uint8Array): PublicKeyFault | undefined {
  if (publicKey.length !== 32) return 'not-32-bytes';
  let point: InstanceType<typeof ed25519.Point>;
  try {
    // Lenient, so that a second spelling of a point is told from no point at all.
    point = ed25519.Point.fromBytes(publicKey, true);
  } catch {
    return 'not-on-curve';
  }
  if (!equalBytes(point.toBytes(), publicKey)) return 'not-canonical';
  if (point.isSmallOrder()) return 'small-order';
  return point.isTorsionFree() ? undefined : 'has-torsion';
}

/** Verdicts kept: the same key is asked about again by every block that might hold its registration. */
const VERDICTS_KEPT = 10_000;
const verdicts = new Map<string, boolean>();

/** @throws TypeError unless the text is lower-case hexadecimal. */
export function isRegistrableKey(publicKeyHex: string): boolean {
  let verdict = verdicts.get(publicKeyHex);
  if (verdict === undefined) {
    verdict = checkPublicKey(fromHex(publicKeyHex)) === undefined;
    if (verdicts.size >= VERDICTS_KEPT) verdicts.clear();
    verdicts.set(publicKeyHex, verdict);
  }
  return verdict;
}
