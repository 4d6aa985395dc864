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

// The two blocks in which a message ends. Whoever uses them runs to its end without being interrupted.
const tail = new Uint8Array(2 * BLOCK_BYTES);
const tailView = new DataView(tail.buffer);

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/**
 * Pads the last `used` bytes, which lie in `tail` (FIPS 180-4 §5.1.1: a one bit, zeros, the length in bits as 64 bits),
 * and compresses them.
 */
function finish(state: Int32Array, used: number, length: number): Uint8Array {
  const padded = used < BLOCK_BYTES - LENGTH_BYTES ? BLOCK_BYTES : 2 * BLOCK_BYTES;
  tail[used] = 0x80;
  tail.fill(0, used + 1, padded);
  tailView.setUint32(padded - 8, Math.floor(length / 0x20000000));
  tailView.setUint32(padded - 4, length << 3);
  for (let at = 0; at < padded; at += BLOCK_BYTES) compress(state, tailView, at);
  return writeDigest(state);
}

const scratchState = new Int32Array(8);

/** SHA-256 of the bytes: 32 bytes. */
export function sha256(bytes: Uint8Array): Uint8Array {
  scratchState.set(INITIAL);
  const { length } = bytes;
  const whole = length - (length % BLOCK_BYTES);
  if (whole === BLOCK_BYTES) {
    // Copying one block costs less than a view of it, and most of the ledger's hashes are this short.
    for (let at = 0; at < BLOCK_BYTES; at += 1) tail[at] = bytes[at] as number;
    compress(scratchState, tailView, 0);
  } else if (whole > 0) {
    const view = viewOf(bytes);
    for (let at = 0; at < whole; at += BLOCK_BYTES) compress(scratchState, view, at);
  }
  for (let at = whole; at < length; at += 1) tail[at - whole] = bytes[at] as number;
  return finish(scratchState, length - whole, length);
}

/** The incremental form. @throws Error when used after `digest`. */
export class Sha256 {
  readonly #state = Int32Array.from(INITIAL);
  /** The bytes of a block that is not full yet. */
  readonly #block = new Uint8Array(BLOCK_BYTES);
  #used = 0;
  #length = 0;
  #finished = false;

  update(bytes: Uint8Array): this {
    this.#assertOpen();
    let at = 0;
    if (this.#used > 0) {
      at = Math.min(BLOCK_BYTES - this.#used, bytes.length);
      this.#block.set(bytes.subarray(0, at), this.#used);
      this.#used += at;
      if (this.#used === BLOCK_BYTES) {
        tail.set(this.#block);
        compress(this.#state, tailView, 0);
        this.#used = 0;
      }
    }
    if (bytes.length - at >= BLOCK_BYTES) {
      const view = viewOf(bytes);
      for (; bytes.length - at >= BLOCK_BYTES; at += BLOCK_BYTES) compress(this.#state, view, at);
    }
    if (at < bytes.length) {
      this.#block.set(bytes.subarray(at), 0);
      this.#used = bytes.length - at;
    }
    this.#length += bytes.length;
    return this;
  }

  /** 32 bytes. */
  digest(): Uint8Array {
    this.#assertOpen();
    this.#finished = true;
    tail.set(this.#block);
    return finish(this.#state, this.#used, this.#length);
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
