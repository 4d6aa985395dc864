// The signed-in person's keys while the tab is open: for use, not for reading.
import type { VaultContents } from '@clearchart/crypto';
import type { SigningKey } from './signing-key.ts';

export interface HeldKey {
  readonly chainId: string;
  readonly organizationId: string;
  readonly pseudonym: string | null;
  readonly key: SigningKey;
}

export class Keyring {
  #held: readonly HeldKey[] = [];

  /** Takes the keys in and lets go of their seeds. */
  async fill(contents: VaultContents): Promise<void> {
    // Fetched late: most visits of a page sign nothing.
    const [{ fromHex }, { importSigningKey }] = await Promise.all([
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
  }

  empty(): void {
    this.#held = [];
  }

  /** Empty after a reload: the password opens the vault again. */
  get keys(): readonly HeldKey[] {
    return this.#held;
  }
}
