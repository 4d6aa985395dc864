/**
 * Keyed hashes that stand for index values at rest: 64 bits of HMAC-SHA-256 over resource type, parameter
 * and value. Equality is all they give; a false match among 10^8 rows has a chance below 10^-11.
 */
import { hmacSha256, utf8 } from '@clearchart/crypto';
import { recordIdBytes } from '@clearchart/records';

/** What part of a value a hash stands for. */
export type HashedPart =
  | 'value'
  | 'system'
  | 'system-value'
  | 'no-system-value'
  | 'prefix'
  | 'exact'
  | 'present'
  | 'unit'
  | 'unit-code';

/** Hashes kept in memory, of each kind: status codes, systems and units come again and again. */
const HASHES_KEPT = 50_000;

interface RecordName {
  readonly bytes: Uint8Array;
  readonly reference: bigint;
}

export class IndexHash {
  readonly #indexKey: Uint8Array;
  readonly #recordIdKey: Uint8Array;
  readonly #values = new Map<string, bigint>();
  readonly #records = new Map<string, RecordName>();

  constructor(indexKey: Uint8Array, recordIdKey: Uint8Array) {
    this.#indexKey = indexKey;
    this.#recordIdKey = recordIdKey;
  }

  /** `parameter` is `Type.code`; the lengths keep one value from being read as another. */
  value(parameter: string, part: HashedPart, first: string, second = ''): bigint {
    const text = `${parameter}/${part}/${first.length}/${first}${second}`;
    const kept = this.#values.get(text);
    if (kept !== undefined) return kept;
    if (this.#values.size >= HASHES_KEPT) this.#values.clear();
    const hash = first64(hmacSha256(this.#indexKey, utf8(text)));
    this.#values.set(text, hash);
    return hash;
  }

  /** The record id, 16 bytes, and what stands for `Type/id` wherever it is linked to: its first half. */
  record(type: string, id: string): RecordName {
    const text = `${type}/${id}`;
    const kept = this.#records.get(text);
    if (kept !== undefined) return kept;
    if (this.#records.size >= HASHES_KEPT) this.#records.clear();
    const bytes = recordIdBytes(this.#recordIdKey, type, id);
    const name = { bytes, reference: first64(bytes) };
    this.#records.set(text, name);
    return name;
  }

  reference(type: string, id: string): bigint {
    return this.record(type, id).reference;
  }

  /** Stands for a reference to something outside this hospital. */
  foreignReference(text: string): bigint {
    return first64(hmacSha256(this.#indexKey, utf8(`foreign/${text}`)));
  }
}

export function first64(bytes: Uint8Array): bigint {
  return new DataView(bytes.buffer, bytes.byteOffset).getBigInt64(0);
}
