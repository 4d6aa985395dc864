/**
 * What every verifier checks before it verifies: implementations of Ed25519 disagree on signatures whose S is not reduced or whose
 * R has small order, so these are refused by a rule of ours, the same on every node (RFC 8032 §5.1.7).
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import { toHex } from './bytes.ts';

export type SignatureFault = 'not-64-bytes' | 's-not-reduced' | 'r-not-canonical' | 'r-small-order';

/** Order of the prime subgroup, 2^252 + 27742317777372353535851937790883648493 (RFC 8032 §5.1). */
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
/** 2^255 − 19. */
const FIELD = 2n ** 255n - 19n;

function littleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(bytes.toReversed())}`);
}

/** The y coordinates of the eight points of small order, worked out once. */
const SMALL_ORDER_Y: ReadonlySet<bigint> = smallOrderYs();

const firstWord = (bytes: Uint8Array): number => new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
/** Theirs, of 32 bits: what begins otherwise is none of them. */
const SMALL_ORDER_WORDS: ReadonlySet<number> = new Set([...SMALL_ORDER_Y].map((y) => Number(y & 0xffffffffn)));

function smallOrderYs(): ReadonlySet<bigint> {
  const ys = new Set<bigint>([0n, 1n, FIELD - 1n]);
  // A point of order 8: any point of full order, times the subgroup's order.
  for (let y = 2n; ys.size < 5; y += 1n) {
    const bytes = new Uint8Array(32);
    bytes[0] = Number(y);
    try {
      const torsion = ed25519.Point.fromBytes(bytes)
        .multiplyUnsafe(ORDER - 1n)
        .add(ed25519.Point.fromBytes(bytes));
      ys.add(torsion.toAffine().y);
    } catch {
      // No point has this y.
    }
  }
  return ys;
}

/** Undefined when the signature may be verified. */
export function checkSignatureShape(signature: Uint8Array): SignatureFault | undefined {
  if (signature.length !== 64) return 'not-64-bytes';
  // Below 2^252 there is nothing to compare: ORDER is larger.
  if ((signature[63] as number) >= 0x10 && littleEndian(signature.subarray(32)) >= ORDER) return 's-not-reduced';
  // A y of FIELD or more has ones in the seven highest of its 255 bits; nearly every signature is done here.
  if (((signature[31] as number) & 0x7f) < 0x7f && !SMALL_ORDER_WORDS.has(firstWord(signature))) return undefined;
  const encodedY = signature.slice(0, 32);
  encodedY[31] = (encodedY[31] as number) & 0x7f;
  const y = littleEndian(encodedY);
  if (y >= FIELD) return 'r-not-canonical';
  return SMALL_ORDER_Y.has(y) ? 'r-small-order' : undefined;
}
