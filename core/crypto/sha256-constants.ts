/** First 32 bits of the fractional parts of roots of the first primes, as FIPS 180-4 §4.2.2 and §5.3.3 define them. */
function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate += 1) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  return primes;
}

/** floor(value^(1/degree)), exactly. */
function integerRoot(value: bigint, degree: bigint): bigint {
  let low = 0n;
  let high = 1n << 64n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** degree <= value) low = middle;
    else high = middle;
  }
  return low;
}

function fractionalBits(count: number, degree: bigint): readonly number[] {
  return firstPrimes(count).map((prime) =>
    Number(BigInt.asUintN(32, integerRoot(BigInt(prime) << (32n * degree), degree))),
  );
}

/** Square roots of the first 8 primes: the initial hash value. */
export const INITIAL_HASH: readonly number[] = fractionalBits(8, 2n);
/** Cube roots of the first 64 primes: one constant a round. */
export const ROUND_CONSTANTS: readonly number[] = fractionalBits(64, 3n);
