// The signed-in person's keys while the tab is open: for use, not for reading.
import type { VaultContents } from '@clearchart/crypto';
import type { SigningKey } from './signing-key.ts';

export interface HeldKey {
  readonly chainId: string;
  readonly organizationId: string;
  readonly pseudonym: string | null;
  readonly key: SigningKey;
}

const DRAFT_KEY_BYTES = 32;

export class Keyring {
  #held: readonly HeldKey[] = [];
  #draftKey: Uint8Array | undefined;
  readonly #listeners = new Set<() => void>();

  /** Takes the keys in and lets go of their seeds. */
  async fill(contents: VaultContents): Promise<void> {
    // Fetched late: most visits of a page sign nothing.
    const [{ fromHex, hkdfSha256, utf8 }, { importSigningKey }] = await Promise.all([
      import('@clearchart/crypto'),
      import('./signing-key.ts'),
    ]);
    this.#held = await Promise.all(
      contents.keys.map(async ({ chainId, organizationId, pseudonym, seed }) => ({
        chainId,
        organizationId,
        pseudonym,
        key: await importSigningKey(fromHex(seed)),
      })),
    );
    const [first] = contents.keys;
    this.#draftKey =
      first === undefined
        ? undefined
        : hkdfSha256(fromHex(first.seed), utf8(''), utf8('clearchart/draft-key/v0'), DRAFT_KEY_BYTES);
    this.#tell();
  }

  empty(): void {
    this.#held = [];
    this.#draftKey = undefined;
    this.#tell();
  }

  /** Empty after a reload: the password opens the vault again. */
  get keys(): readonly HeldKey[] {
    return this.#held;
  }

  /** For drafts on this device; undefined while the keys are closed. */
  get draftKey(): Uint8Array | undefined {
    return this.#draftKey;
  }

  /** Called when keys come or go; the returned function stops it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
