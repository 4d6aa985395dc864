/** SHA-256 of our own (FIPS 180-4 §6.2): what the paper asks for, and fast enough to mine with. */
const K = Int32Array.from(constants(64, 3));
const H0 = Int32Array.from(constants(8, 2));

/** First 32 bits of the fractional parts of the square or cube roots of the first primes (FIPS 180-4 §4.2.2, §5.3.3). */
function constants(count: number, root: 2 | 3): number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate += 1) {
    let prime = true;
    for (let divisor = 2; divisor * divisor <= candidate; divisor += 1) if (candidate % divisor === 0) prime = false;
    if (prime) found.push(Number(BigInt.asIntN(32, integerRoot(BigInt(candidate) << BigInt(32 * root), root))));
  }
  return found;
}

function integerRoot(value: bigint, root: 2 | 3): bigint {
  let low = 0n;
  let high = 1n << 40n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** BigInt(root) <= value) low = middle;
    else high = middle;
  }
  return low;
}

const W = new Int32Array(64);

function compress(H: Int32Array, M: Uint8Array, at: number): void {
  for (let t = 0; t < 16; t += 1) {
    const i = at + 4 * t;
    W[t] = ((M[i] as number) << 24) | ((M[i + 1] as number) << 16) | ((M[i + 2] as number) << 8) | (M[i + 3] as number);
  }
  for (let t = 16; t < 64; t += 1) {
    const x = W[t - 15] as number;
    const y = W[t - 2] as number;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    W[t] = ((W[t - 16] as number) + s0 + (W[t - 7] as number) + s1) | 0;
  }
  let a = H[0] as number,
    b = H[1] as number,
    c = H[2] as number,
    d = H[3] as number;
  let e = H[4] as number,
    f = H[5] as number,
    g = H[6] as number,
    h = H[7] as number;
  for (let t = 0; t < 64; t += 1) {
    const S1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const T1 = (h + S1 + ((e & f) ^ (~e & g)) + (K[t] as number) + (W[t] as number)) | 0;
    const S0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const T2 = (S0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + T1) | 0;
    d = c;
    c = b;
    b = a;
    a = (T1 + T2) | 0;
  }
  H[0] = (H[0] as number) + a;
  H[1] = (H[1] as number) + b;
  H[2] = (H[2] as number) + c;
  H[3] = (H[3] as number) + d;
  H[4] = (H[4] as number) + e;
  H[5] = (H[5] as number) + f;
  H[6] = (H[6] as number) + g;
  H[7] = (H[7] as number) + h;
}

export class Sha256 {
  readonly #state = Int32Array.from(H0);
  readonly #block = new Uint8Array(64);
  #length = 0;

  update(bytes: Uint8Array): this {
    for (let at = 0; at < bytes.length; ) {
      const used = this.#length % 64;
      const take = Math.min(64 - used, bytes.length - at);
      if (used === 0 && take === 64) compress(this.#state, bytes, at);
      else {
        this.#block.set(bytes.subarray(at, at + take), used);
        if (used + take === 64) compress(this.#state, this.#block, 0);
      }
      this.#length += take;
      at += take;
    }
    return this;
  }

  digest(): Uint8Array {
    const bits = this.#length * 8;
    const padding = new Uint8Array(((119 - (this.#length % 64)) % 64) + 9);
    padding[0] = 0x80;
    for (let index = 0; index < 8; index += 1)
      padding[padding.length - 1 - index] = Math.floor(bits / 2 ** (8 * index)) & 255;
    this.update(padding);
    const digest = new Uint8Array(32);
    for (let index = 0; index < 32; index += 1)
      digest[index] = ((this.#state[index >> 2] as number) >>> (24 - 8 * (index & 3))) & 255;
    return digest;
  }

  /** The paper's `hash`: the value as an integer in [0, 2^256). */
  static hash(bytes: Uint8Array): bigint {
    return sha256(bytes).reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
  }
}

export function sha256(bytes: Uint8Array): Uint8Array {
  return new Sha256().update(bytes).digest();
}
