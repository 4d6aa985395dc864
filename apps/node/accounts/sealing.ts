/**
 * Everything in accounts.db that names a person is found by a keyed hash and kept in an envelope under the accounts key;
 * the associated data binds each envelope to its row and column.
 */
import {
  type Aead,
  hkdfSha256,
  hmacSha256,
  openEnvelope,
  type Random,
  sealEnvelope,
  utf8,
  fromUtf8,
} from '@clearchart/crypto';

const KEY_BYTES = 32;

export class Sealing {
  readonly #aead: Aead;
  readonly #random: Random;
  readonly #hashKey: Uint8Array;
  readonly #sealKey: Uint8Array;

  constructor({ key, aead, random }: { key: Uint8Array; aead: Aead; random: Random }) {
    this.#aead = aead;
    this.#random = random;
    this.#hashKey = hkdfSha256(key, utf8('clearchart/accounts/v0'), utf8('hash'), KEY_BYTES);
    this.#sealKey = hkdfSha256(key, utf8('clearchart/accounts/v0'), utf8('seal'), KEY_BYTES);
  }

  /** 32 bytes; the use is one of ours and holds no zero byte, so two uses never meet. */
  hash(use: string, text: string): Uint8Array {
    return hmacSha256(this.#hashKey, utf8(use), Uint8Array.of(0), utf8(text));
  }

  /** Any number of bytes that always come out the same (up to 8,160). */
  stream(use: string, text: string, length: number): Uint8Array {
    return hkdfSha256(this.hash(use, text), utf8('clearchart/accounts/v0'), utf8('stream'), length);
  }

  seal(place: string, value: unknown): Uint8Array {
    return sealEnvelope(this.#aead, this.#random, this.#sealKey, utf8(JSON.stringify(value)), utf8(place));
  }

  /** @throws Error when the row was changed outside this node: that is damage, not an answer. */
  open<Value>(place: string, sealed: Uint8Array): Value {
    const bytes = openEnvelope(this.#aead, this.#sealKey, sealed, utf8(place));
    if (bytes === undefined) throw new Error('a row of accounts.db does not open');
    return JSON.parse(fromUtf8(bytes)) as Value;
  }
}

/** One person, one e-mail, however it was typed. */
export function normalEmail(email: string): string {
  return email.trim().normalize('NFKC').toLowerCase();
}
