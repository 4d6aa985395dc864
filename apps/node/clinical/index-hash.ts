/**
 * Keyed hashes that stand for index values at rest: 64 bits of HMAC-SHA-256 over resource type, parameter
 * and value. Equality is all they give; a false match among 10^8 rows has a chance below 10^-11.
 */
import { hmacSha256, utf8 } from '@clearchart/crypto';
import { recordIdBytes } from '@clearchart/records';

/** What part of a value a hash stands for. */
export type HashedPart = 'value' | 'system' | 'system-value' | 'no-system-value' | 'prefix' | 'exact' | 'present' | 'unit' | 'unit-code';

/** References kept hashed in memory. */
const REFERENCES_KEPT = 100_000;

export class IndexHash {
  readonly #indexKey: Uint8Array;
  readonly #recordIdKey: Uint8Array;
  readonly #references = new Map<string, bigint>();

  constructor(indexKey: Uint8Array, recordIdKey: Uint8Array) {
    this.#indexKey = indexKey;
    this.#recordIdKey = recordIdKey;
  }

  /** `parameter` is `Type.code`; the lengths keep one value from being read as another. */
  value(parameter: string, part: HashedPart, first: string, second = ''): bigint {
    return first64(hmacSha256(this.#indexKey, utf8(`${parameter}/${part}/${first.length}/${first}${second}`)));
  }

  /** Stands for `Type/id` wherever it is linked to: the first half of its record id. */
  reference(type: string, id: string): bigint {
    const text = `${type}/${id}`;
    const kept = this.#references.get(text);
    if (kept !== undefined) return kept;
    if (this.#references.size >= REFERENCES_KEPT) this.#references.clear();
    const hash = first64(recordIdBytes(this.#recordIdKey, type, id));
    this.#references.set(text, hash);
    return hash;
  }

  /** Stands for a reference to something outside this hospital. */
  foreignReference(text: string): bigint {
    return first64(hmacSha256(this.#indexKey, utf8(`foreign/${text}`)));
  }
}

export function first64(bytes: Uint8Array): bigint {
  return new DataView(bytes.buffer, bytes.byteOffset).getBigInt64(0);
}
