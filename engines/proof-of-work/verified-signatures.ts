// Each signature is verified once: in parallel, before the deterministic loop, which then only asks what was found. Signatures that
// verified are remembered in a bounded memory, so that a transaction admitted here costs nothing more in its block; one that is being
// verified is waited for.
import type { SignatureVerifier } from '@clearchart/crypto';
import type { SignatureCheck } from '@clearchart/ledger';

/** Signatures remembered: at least this many of the newest, at most twice as many. */
export const REMEMBERED_SIGNATURES = 32_768;

export class VerifiedSignatures {
  readonly #verifier: SignatureVerifier;
  #young = new Set<string>();
  #old = new Set<string>();
  readonly #running = new Map<string, Promise<unknown>>();

  constructor(verifier: SignatureVerifier) {
    this.#verifier = verifier;
  }

  /** One verdict per check, in order; only what is not remembered is verified. */
  async verifyAll(checks: readonly SignatureCheck[]): Promise<boolean[]> {
    const keys = checks.map(keyOf);
    const running = new Set(keys.map((key) => this.#running.get(key)).filter((one) => one !== undefined));
    if (running.size > 0) await Promise.all(running);
    const unknown = [...keys.keys()].filter((index) => !this.#isRemembered(keys[index] ?? ''));
    const verdicts = checks.map(() => true);
    if (unknown.length === 0) return verdicts;
    const found = await this.#run(
      unknown.map((index) => checks[index] as SignatureCheck),
      unknown.map((index) => keys[index] ?? ''),
    );
    for (const [at, index] of unknown.entries()) verdicts[index] = found[at] === true;
    return verdicts;
  }

  /** For the deterministic loop: remembered, or verified on the spot. */
  readonly check = (check: SignatureCheck): boolean => {
    const key = keyOf(check);
    if (this.#isRemembered(key)) return true;
    const isValid = this.#verifier.verify(check.publicKey, check.message, check.signature);
    if (isValid) this.#remember(key);
    return isValid;
  };

  /** Remembers what verifies. */
  async #run(checks: SignatureCheck[], keys: readonly string[]): Promise<boolean[]> {
    const verdicts = this.#verify(checks);
    const settled = verdicts.catch(() => undefined);
    for (const key of keys) this.#running.set(key, settled);
    try {
      const found = await verdicts;
      for (const [index, key] of keys.entries()) if (found[index] === true) this.#remember(key);
      return found;
    } finally {
      for (const key of keys) this.#running.delete(key);
    }
  }

  async #verify(checks: SignatureCheck[]): Promise<boolean[]> {
    if (this.#verifier.verifyMany !== undefined) return this.#verifier.verifyMany(checks);
    return checks.map((check) => this.#verifier.verify(check.publicKey, check.message, check.signature));
  }

  #isRemembered(key: string): boolean {
    return this.#young.has(key) || this.#old.has(key);
  }

  #remember(key: string): void {
    this.#young.add(key);
    if (this.#young.size < REMEMBERED_SIGNATURES) return;
    this.#old = this.#young;
    this.#young = new Set();
  }
}

/** All three, byte for byte: a signature is good for nothing but its key and message. */
function keyOf({ signature, publicKey, message }: SignatureCheck): string {
  return Buffer.concat([signature, publicKey, message]).toString('latin1');
}
