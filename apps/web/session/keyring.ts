// The signed-in person's keys while the tab is open: for use, not for reading. It knows whose tab it is, and tells before the
// next person's keys are here.
import type { LinkedSide, PersonLink, VaultContents } from '@clearchart/crypto';
import type { SigningKey } from './signing-key.ts';

export interface HeldKey {
  readonly chainId: string;
  readonly organizationId: string;
  readonly pseudonym: string | null;
  readonly key: SigningKey;
}

/** The same person at another hospital. */
export interface HeldLink {
  readonly link: PersonLink;
  readonly other: LinkedSide;
}

const DRAFT_KEY_BYTES = 32;

export class Keyring {
  #held: readonly HeldKey[] = [];
  #links: readonly HeldLink[] = [];
  #draftKey: Uint8Array | undefined;
  #owner: string | undefined;
  readonly #listeners = new Set<() => void>();
  readonly #partings = new Set<() => void>();
  readonly #announce: (accountId: string | undefined) => void;

  /** @param announce Told whose the session is, and when it is nobody's, as this tab does it. */
  constructor(announce: (accountId: string | undefined) => void = () => {}) {
    this.#announce = announce;
  }

  /** Account of who was last seen to be signed in here; undefined when nobody was, or signed out. */
  get owner(): string | undefined {
    return this.#owner;
  }

  /** From another account than before, the keys here are let go and that is told: nothing of the next one is here yet. */
  belongTo(accountId: string): void {
    const before = this.#owner;
    if (before === accountId) return;
    this.#owner = accountId;
    if (before === undefined) return;
    for (const parted of this.#partings) parted();
    this.#letGo();
  }

  /** Takes the keys in and lets go of their seeds. */
  async fill(accountId: string, contents: VaultContents): Promise<void> {
    this.belongTo(accountId);
    this.#announce(accountId);
    // Fetched late: most visits of a page sign nothing.
    const [{ fromHex, hkdfSha256, otherSide, utf8 }, { importSigningKey }] = await Promise.all([
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
    this.#links = (contents.links ?? []).map((link) => ({ link, other: otherSide(link, first?.organizationId ?? '') }));
    this.#draftKey =
      first === undefined
        ? undefined
        : hkdfSha256(fromHex(first.seed), utf8(''), utf8('clearchart/draft-key/v0'), DRAFT_KEY_BYTES);
    this.#tell();
  }

  /** Signed out: the tab is nobody's. */
  empty(): void {
    this.#owner = undefined;
    this.#letGo();
    this.#announce(undefined);
  }

  #letGo(): void {
    this.#held = [];
    this.#links = [];
    this.#draftKey = undefined;
    this.#tell();
  }

  /** Empty after a reload: the password opens the vault again. */
  get keys(): readonly HeldKey[] {
    return this.#held;
  }

  /** Who the person is at other hospitals; empty while the keys are closed. */
  get links(): readonly HeldLink[] {
    return this.#links;
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

  /** Called when the tab becomes another account's; the returned function stops it. */
  onParting(listener: () => void): () => void {
    this.#partings.add(listener);
    return () => {
      this.#partings.delete(listener);
    };
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
