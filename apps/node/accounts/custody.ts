/**
 * A patient without a device: the desk has looked at papers, and the hospital keeps the person's first key, marked so on the ledger,
 * until a claim code hands it over (docs/protocol/accounts.md).
 */
import { ApiError } from '../http/errors.ts';
import { destroyHandedOver } from './key-binding.ts';
import type { AccountsPorts } from './ports.ts';

export interface KeptFor {
  readonly pseudonym: string;
  /** 32 bytes. */
  readonly seed: Uint8Array;
}

export class Custody {
  readonly #ports: AccountsPorts;

  constructor(ports: AccountsPorts) {
    this.#ports = ports;
    destroyHandedOver(ports);
  }

  /** Again for the same patient changes nothing. @throws ApiError once the patient has an account or a key of the own. */
  async take(
    patientId: string,
    shown: string,
    by: { readonly accountId: string; readonly name: string },
  ): Promise<void> {
    const { store, people } = this.#ports;
    const pseudonym = await this.#pseudonymOf(patientId);
    if (store.accounts.byPerson(`Patient/${patientId}`) !== undefined) throw new ApiError('already-claimed');
    const current = people.keys.current(pseudonym);
    const held = people.custody.of(pseudonym);
    if (current !== undefined && held?.endedAt !== null) throw new ApiError('already-claimed');
    store.custody.keep(pseudonym, { seed: store.random.bytes(32), takenBy: by, shown }, store.clock.now());
    const kept = store.custody.find(pseudonym);
    if (kept === undefined) throw new Error('a key in custody was not kept');
    if (held === undefined) await people.custody.take(pseudonym, kept.seed);
  }

  /** The key, while it speaks for the patient. @throws ApiError before it does, and from the moment the patient has an account. */
  async keyFor(patientId: string): Promise<KeptFor> {
    const pseudonym = await this.#pseudonymOf(patientId);
    const seed = this.#isKept(patientId, pseudonym) ? this.#ports.store.custody.find(pseudonym)?.seed : undefined;
    if (seed === undefined) throw new ApiError('wrong-state');
    return { pseudonym, seed };
  }

  isKept(patientId: string, pseudonym: string | undefined): boolean {
    return pseudonym !== undefined && this.#isKept(patientId, pseudonym);
  }

  #isKept(patientId: string, pseudonym: string): boolean {
    const { store, people } = this.#ports;
    const held = people.custody.of(pseudonym);
    return held?.endedAt === null && store.accounts.byPerson(`Patient/${patientId}`) === undefined;
  }

  async #pseudonymOf(patientId: string): Promise<string> {
    const { patients } = this.#ports;
    const pseudonym = (await patients.exists(patientId)) ? await patients.pseudonymOf(patientId) : undefined;
    if (pseudonym === undefined) throw new ApiError('not-found');
    return pseudonym;
  }
}
