/**
 * SHA-256 of our own (FIPS 180-4 §6.2): the paper's deliverable, and the hash of everything on the ledger. Keyless, 32 bytes,
 * leading zeros kept.
 */
import { INITIAL_HASH } from './sha256-constants.ts';
import { compress } from './sha256-rounds.generated.ts';

const BLOCK_BYTES = 64;
const LENGTH_BYTES = 8;
const INITIAL = Int32Array.from(INITIAL_HASH);

function writeDigest(state: Int32Array): Uint8Array {
  const digest = new Uint8Array(32);
  for (let word = 0; word < 8; word += 1) {
    const value = state[word] as number;
    digest[4 * word] = value >>> 24;
    digest[4 * word + 1] = value >>> 16;
    digest[4 * word + 2] = value >>> 8;
    digest[4 * word + 3] = value;
  }
  return digest;
}

/**
 * Pads the last bytes in `tail` (FIPS 180-4 §5.1.1: a one bit, zeros, the length in bits as 64 bits) and compresses
 * them. `tail` has room for two blocks and holds `used` bytes.
 */
function finish(state: Int32Array, tail: Uint8Array, used: number, length: number): void {
  const padded = used < BLOCK_BYTES - LENGTH_BYTES ? BLOCK_BYTES : 2 * BLOCK_BYTES;
  tail[used] = 0x80;
  tail.fill(0, used + 1, padded);
  const high = Math.floor(length / 0x20000000);
  const low = (length << 3) >>> 0;
  for (let byte = 0; byte < 4; byte += 1) {
    tail[padded - 8 + byte] = high >>> (24 - 8 * byte);
    tail[padded - 4 + byte] = low >>> (24 - 8 * byte);
  }
  for (let at = 0; at < padded; at += BLOCK_BYTES) compress(state, tail, at);
}

// Scratch of the one-shot form, which runs to its end without being interrupted.
const scratchState = new Int32Array(8);
const scratchTail = new Uint8Array(2 * BLOCK_BYTES);

/** SHA-256 of the bytes: 32 bytes. */
export function sha256(bytes: Uint8Array): Uint8Array {
  scratchState.set(INITIAL);
  const length = bytes.length;
  const whole = length - (length % BLOCK_BYTES);
  for (let at = 0; at < whole; at += BLOCK_BYTES) compress(scratchState, bytes, at);
  for (let at = whole; at < length; at += 1) scratchTail[at - whole] = bytes[at] as number;
  finish(scratchState, scratchTail, length - whole, length);
  return writeDigest(scratchState);
}

/** The incremental form. @throws Error when used after `digest`. */
export class Sha256 {
  readonly #state = Int32Array.from(INITIAL);
  readonly #tail = new Uint8Array(2 * BLOCK_BYTES);
  #used = 0;
  #length = 0;
  #finished = false;

  update(bytes: Uint8Array): this {
    this.#assertOpen();
    let at = 0;
    if (this.#used > 0) {
      at = Math.min(BLOCK_BYTES - this.#used, bytes.length);
      this.#tail.set(bytes.subarray(0, at), this.#used);
      this.#used += at;
      if (this.#used === BLOCK_BYTES) {
        compress(this.#state, this.#tail, 0);
        this.#used = 0;
      }
    }
    for (; bytes.length - at >= BLOCK_BYTES; at += BLOCK_BYTES) compress(this.#state, bytes, at);
    if (at < bytes.length) {
      this.#tail.set(bytes.subarray(at), 0);
      this.#used = bytes.length - at;
    }
    this.#length += bytes.length;
    return this;
  }

  /** 32 bytes. */
  digest(): Uint8Array {
    this.#assertOpen();
    this.#finished = true;
    finish(this.#state, this.#tail, this.#used, this.#length);
    return writeDigest(this.#state);
  }

  #assertOpen(): void {
    if (this.#finished) throw new Error('sha256: used after its digest');
  }

  /** The paper's `hash`: the value as an integer in [0, 2^256). */
  static hash(bytes: Uint8Array): bigint {
    let value = 0n;
    for (const byte of sha256(bytes)) value = (value << 8n) | BigInt(byte);
    return value;
  }
}
