// Nothing that was revoked or replaced ever comes back: keys of persons and organizations, people and members that have left.
import { type OrganizationState, type PersonState, decodeValue } from '@clearchart/ledger';
import type { StateFile } from '../simulated-state.ts';
import { PromiseBroken } from './promise-broken.ts';

type Holder = PersonState | OrganizationState;

export class GivenUpRights {
  readonly #formerKeys = new Map<string, Set<string>>();
  readonly #retired = new Set<string>();
  readonly #now = new Map<string, Holder>();

  /** The state after the next final block; `keys` are those the block has changed. */
  learn(file: StateFile, keys: Iterable<string>): void {
    for (const key of keys) {
      if (!key.startsWith('person/') && !key.startsWith('organization/')) continue;
      const bytes = file.entries.get(key);
      if (bytes === undefined) throw new PromiseBroken('Somebody was taken out of the state');
      this.#learn(key, decodeValue(bytes) as Holder);
    }
  }

  #learn(key: string, holder: Holder): void {
    const before = this.#now.get(key);
    const former = this.#formerKeys.get(key) ?? new Set();
    if (before !== undefined && before.publicKey !== null && before.publicKey !== holder.publicKey)
      former.add(before.publicKey);
    if (holder.publicKey !== null && former.has(holder.publicKey))
      throw new PromiseBroken('A key that was given up speaks again');
    if (this.#retired.has(key) && holder.retired !== 1) throw new PromiseBroken('Somebody who had left is back');
    if (holder.retired === 1) this.#retired.add(key);
    this.#formerKeys.set(key, former);
    this.#now.set(key, holder);
  }
}
