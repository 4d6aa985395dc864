/**
 * One version of a record, sealed under its own data key, and the commitment that stands for it on the
 * ledger. A sealed record has no content; opening one gives content and salt, or nothing.
 */
import {
  type Aead,
  concatBytes,
  equalBytes,
  hmacSha256,
  openEnvelope,
  type Random,
  sealEnvelope,
  sha256,
  toHex,
} from '@clearchart/crypto';
import { bindingBytes, type RecordBinding } from './record.ts';

const KEY_BYTES = 32;
export const SALT_BYTES = 32;

export interface SealedRecord {
  /** Envelope under the data key over salt ‖ canonical content. */
  readonly sealed: Uint8Array;
  /** Envelope under the custody key over data key ‖ commitment key. */
  readonly custodyWrap: Uint8Array;
  /** 64 hex. */
  readonly commitment: string;
}

export interface OpenedRecord {
  /** Canonical bytes of the resource as stored. */
  readonly content: Uint8Array;
  readonly salt: Uint8Array;
  readonly commitmentKey: Uint8Array;
  readonly sealedHash: Uint8Array;
}

export interface SealingPorts {
  readonly aead: Aead;
  readonly random: Random;
  /** 32 bytes. */
  readonly custodyKey: Uint8Array;
}

/** Each version gets a fresh data key, commitment key and salt of 32 random bytes. */
export function sealRecord(ports: SealingPorts, content: Uint8Array, binding: RecordBinding): SealedRecord {
  const { aead, random, custodyKey } = ports;
  const secrets = random.bytes(KEY_BYTES * 2 + SALT_BYTES);
  const dataKey = secrets.subarray(0, KEY_BYTES);
  const keys = secrets.subarray(0, KEY_BYTES * 2);
  const commitmentKey = secrets.subarray(KEY_BYTES, KEY_BYTES * 2);
  const salted = concatBytes(secrets.subarray(KEY_BYTES * 2), content);
  const bound = bindingBytes(binding);
  const sealed = sealEnvelope(aead, random, dataKey, salted, bound);
  const custodyWrap = sealEnvelope(aead, random, custodyKey, keys, bound);
  return { sealed, custodyWrap, commitment: toHex(commit(commitmentKey, sha256(sealed), salted)) };
}

/** Undefined when a byte or the binding is not what was sealed. */
export function openRecord(
  ports: Pick<SealingPorts, 'aead' | 'custodyKey'>,
  record: Pick<SealedRecord, 'sealed' | 'custodyWrap'>,
  binding: RecordBinding,
): OpenedRecord | undefined {
  const bound = bindingBytes(binding);
  const keys = openEnvelope(ports.aead, ports.custodyKey, record.custodyWrap, bound);
  if (keys?.length !== KEY_BYTES * 2) return undefined;
  const salted = openEnvelope(ports.aead, keys.subarray(0, KEY_BYTES), record.sealed, bound);
  if (salted === undefined || salted.length < SALT_BYTES) return undefined;
  return {
    content: salted.subarray(SALT_BYTES),
    salt: salted.subarray(0, SALT_BYTES),
    commitmentKey: keys.subarray(KEY_BYTES),
    get sealedHash() {
      return sha256(record.sealed);
    },
  };
}

/** Whether an opened version is the one the ledger holds the commitment (64 hex) of. */
export function matchesCommitment(opened: OpenedRecord, commitment: string): boolean {
  const salted = concatBytes(opened.salt, opened.content);
  const expected = toHex(commit(opened.commitmentKey, opened.sealedHash, salted));
  return expected.length === commitment.length && equalBytes(asciiBytes(expected), asciiBytes(commitment));
}

/** HMAC-SHA-256(commitment key, SHA-256(sealed) ‖ SHA-256(salt ‖ content)). */
function commit(commitmentKey: Uint8Array, sealedHash: Uint8Array, salted: Uint8Array): Uint8Array {
  return hmacSha256(commitmentKey, sealedHash, sha256(salted));
}

function asciiBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
