import { Sha256, sha256 } from './sha256.ts';

const BLOCK_BYTES = 64;

/** HMAC-SHA-256 over the parts one after another (RFC 2104). */
export function hmacSha256(key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  const block = new Uint8Array(BLOCK_BYTES);
  block.set(key.length > BLOCK_BYTES ? sha256(key) : key);
  const inner = new Sha256().update(block.map((byte) => byte ^ 0x36));
  for (const part of parts) inner.update(part);
  return new Sha256()
    .update(block.map((byte) => byte ^ 0x5c))
    .update(inner.digest())
    .digest();
}
