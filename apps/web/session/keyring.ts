// The signed-in person's keys while the tab is open: for use, not for reading.
import { fromHex, type VaultContents } from '@clearchart/crypto';
import { importSigningKey, type SigningKey } from './signing-key.ts';

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
