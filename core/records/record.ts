/** How a record is named on the ledger and what its sealed form is bound to. */
import { hmacSha256, toHex, utf8 } from '@clearchart/crypto';
import { canonicalJson } from './canonical-json.ts';

/** Bytes of a record id and of a category tag. */
const SHORT_HASH_BYTES = 16;

/** What a sealed version is bound to as associated data: it cannot be passed off as another's. */
export interface RecordBinding {
  readonly chain: string;
  readonly custodian: string;
  /** 32 hex. */
  readonly record: string;
  /** 1 and up. */
  readonly version: number;
  /** The patient's pseudonym, 32 hex, or null. */
  readonly subject: string | null;
  /** 32 hex. */
  readonly categoryTag: string;
}

/** First 16 bytes of HMAC-SHA-256(record-id key, "Type/id"): the same for ever, guessable by nobody. */
export function recordIdBytes(recordIdKey: Uint8Array, type: string, id: string): Uint8Array {
  return hmacSha256(recordIdKey, utf8(`${type}/${id}`)).slice(0, SHORT_HASH_BYTES);
}

export function recordId(recordIdKey: Uint8Array, type: string, id: string): string {
  return toHex(recordIdBytes(recordIdKey, type, id));
}

/** First 16 bytes of HMAC-SHA-256(category key, subject ‖ category); a record without a patient has an empty subject. */
export function categoryTag(categoryKey: Uint8Array, subject: string | null, category: string): string {
  return toHex(hmacSha256(categoryKey, utf8(subject ?? ''), utf8(category)).slice(0, SHORT_HASH_BYTES));
}

export function bindingBytes(binding: RecordBinding): Uint8Array {
  const { chain, custodian, record, version, subject, categoryTag: tag } = binding;
  return utf8(canonicalJson({ chain, custodian, record, version, subject, categoryTag: tag }));
}
