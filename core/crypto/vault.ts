/**
 * A person's vault: signing keys and what the browser must remember, sealed under a random vault key that is wrapped
 * twice, for the password (OPAQUE's export key) and for the recovery words. The node keeps it and cannot open it.
 */
import type { Aead } from './aead.ts';
import { openEnvelope, sealEnvelope } from './envelope.ts';
import { fieldsOf, isCount, isHexOf } from './fields.ts';
import { hkdfSha256 } from './hkdf.ts';
import { parsePersonLink, type PersonLink } from './person-link.ts';
import type { Random } from './random.ts';
import { fromBase64Url, fromUtf8, toBase64Url, utf8 } from './text.ts';

const KEY_BYTES = 32;
/** Bytes. The sealed contents come in steps of this size, so that their length does not tell how many keys there are. */
const STEP_BYTES = 1_024;
/** Letters of base64url. */
const LONGEST_SEALED_TEXT = 64 * 1024;
const LONGEST_WRAP_TEXT = 256;
const MOST_KEYS = 64;
/** So that the sealed contents stay well below their longest. */
export const MOST_PERSON_LINKS = 16;

export interface VaultKey {
  readonly chainId: string;
  readonly organizationId: string;
  /** Null while the hospital has not given one yet. */
  readonly pseudonym: string | null;
  /** Ed25519 seed, 64 hexadecimal digits. */
  readonly seed: string;
}

export interface VaultContents {
  readonly version: 1;
  /** Milliseconds since the epoch. */
  readonly createdAt?: number;
  readonly keys: readonly VaultKey[];
  /** 64 hexadecimal digits; the key with which others seal something to this person comes from it. */
  readonly receivingSeed: string;
  /** Who this person is at other hospitals. */
  readonly links?: readonly PersonLink[];
  /** The last header this person's browser has verified. */
  readonly checkpoint?: { readonly height: number; readonly headerHash: string };
}

export interface Vault {
  readonly version: 1;
  /** base64url. */
  readonly wraps: { readonly password: string; readonly recovery: string };
  readonly sealed: string;
}

/** A vault of which one wrap may be missing: whoever has lost the password is not shown its wrap. */
export interface VaultView {
  readonly version: 1;
  readonly wraps: { readonly password?: string; readonly recovery?: string };
  readonly sealed: string;
}

export type VaultOpener = { readonly exportKey: Uint8Array } | { readonly recoveryEntropy: Uint8Array };

export interface VaultPorts {
  readonly aead: Aead;
  readonly random: Random;
}

export interface OpenVault {
  readonly contents: VaultContents;
  readonly vaultKey: Uint8Array;
}

type Part = 'password' | 'recovery' | 'contents';

const associated = (part: Part, accountId: string): Uint8Array => utf8(`clearchart/vault/v1/${part}/${accountId}`);

function wrappingKey(part: 'password' | 'recovery', secret: Uint8Array, accountId: string): Uint8Array {
  if (secret.length < KEY_BYTES) throw new RangeError('vault: a secret of at least 32 bytes opens it');
  return hkdfSha256(secret, utf8('clearchart/vault/v1'), associated(part, accountId), KEY_BYTES);
}

function wrap(
  ports: VaultPorts,
  part: 'password' | 'recovery',
  secret: Uint8Array,
  vaultKey: Uint8Array,
  accountId: string,
): string {
  const key = wrappingKey(part, secret, accountId);
  return toBase64Url(sealEnvelope(ports.aead, ports.random, key, vaultKey, associated(part, accountId)));
}

function sealContents(ports: VaultPorts, vaultKey: Uint8Array, contents: VaultContents, accountId: string): string {
  const bytes = utf8(JSON.stringify(contents));
  // What would not open again is never sealed: the person's only copy of the keys is in it.
  if (parseContents(bytes) === undefined) throw new RangeError('vault: contents out of shape or too many keys');
  const padded = new Uint8Array(Math.ceil(bytes.length / STEP_BYTES) * STEP_BYTES).fill(0x20);
  padded.set(bytes);
  return toBase64Url(sealEnvelope(ports.aead, ports.random, vaultKey, padded, associated('contents', accountId)));
}

export interface VaultSecrets {
  /** OPAQUE's export key, 64 bytes. */
  readonly exportKey: Uint8Array;
  /** 32 bytes, the person's 24 words. */
  readonly recoveryEntropy: Uint8Array;
}

export function createVault(
  ports: VaultPorts,
  accountId: string,
  contents: VaultContents,
  secrets: VaultSecrets,
): Vault {
  const vaultKey = ports.random.bytes(KEY_BYTES);
  return {
    version: 1,
    wraps: {
      password: wrap(ports, 'password', secrets.exportKey, vaultKey, accountId),
      recovery: wrap(ports, 'recovery', secrets.recoveryEntropy, vaultKey, accountId),
    },
    sealed: sealContents(ports, vaultKey, contents, accountId),
  };
}

/** Undefined when the secret is not this vault's, or a byte has changed. */
export function openVault(aead: Aead, accountId: string, vault: VaultView, opener: VaultOpener): OpenVault | undefined {
  const part = 'exportKey' in opener ? 'password' : 'recovery';
  const secret = 'exportKey' in opener ? opener.exportKey : opener.recoveryEntropy;
  const text = vault.wraps[part];
  if (text === undefined) return undefined;
  const vaultKey = openText(aead, wrappingKey(part, secret, accountId), text, associated(part, accountId));
  if (vaultKey === undefined) return undefined;
  const bytes = openText(aead, vaultKey, vault.sealed, associated('contents', accountId));
  const contents = bytes === undefined ? undefined : parseContents(bytes);
  return contents === undefined ? undefined : { contents, vaultKey };
}

function openText(aead: Aead, key: Uint8Array, text: string, associatedData: Uint8Array): Uint8Array | undefined {
  try {
    return openEnvelope(aead, key, fromBase64Url(text), associatedData);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** A new password: the same keys, the same recovery words. */
export function rewrapVault(
  ports: VaultPorts,
  accountId: string,
  vault: VaultView,
  vaultKey: Uint8Array,
  exportKey: Uint8Array,
): Vault {
  const { recovery } = vault.wraps;
  if (recovery === undefined) throw new RangeError('vault: the recovery wrap is missing');
  const password = wrap(ports, 'password', exportKey, vaultKey, accountId);
  return { version: 1, wraps: { password, recovery }, sealed: vault.sealed };
}

/** New recovery words: the same keys, the same password. Who has opened the vault before keeps what was in it. */
export function renewRecovery(
  ports: VaultPorts,
  accountId: string,
  vault: Vault,
  vaultKey: Uint8Array,
  recoveryEntropy: Uint8Array,
): Vault {
  const recovery = wrap(ports, 'recovery', recoveryEntropy, vaultKey, accountId);
  return { ...vault, wraps: { ...vault.wraps, recovery } };
}

/** New contents under the same wraps. */
export function updateVault(
  ports: VaultPorts,
  accountId: string,
  vault: Vault,
  vaultKey: Uint8Array,
  contents: VaultContents,
): Vault {
  return { ...vault, sealed: sealContents(ports, vaultKey, contents, accountId) };
}

const isText = (value: unknown, longest: number): value is string =>
  typeof value === 'string' && value.length <= longest && /^[A-Za-z0-9_-]+$/.test(value);

/** A vault as it is stored and sent; undefined for anything else. */
export function parseVault(value: unknown): Vault | undefined {
  const vault = fieldsOf(value, ['version', 'wraps', 'sealed']);
  const wraps = fieldsOf(vault?.['wraps'], ['password', 'recovery']);
  if (vault === undefined || wraps === undefined || vault['version'] !== 1) return undefined;
  const good = isText(wraps['password'], LONGEST_WRAP_TEXT) && isText(wraps['recovery'], LONGEST_WRAP_TEXT);
  return good && isText(vault['sealed'], LONGEST_SEALED_TEXT) ? (value as Vault) : undefined;
}

function parseContents(bytes: Uint8Array): VaultContents | undefined {
  let value: unknown;
  try {
    value = JSON.parse(fromUtf8(bytes));
  } catch {
    return undefined;
  }
  const contents = fieldsOf(value, ['version', 'keys', 'receivingSeed'], ['createdAt', 'links', 'checkpoint']);
  if (contents === undefined || contents['version'] !== 1 || !isHexOf(contents['receivingSeed'], 64)) return undefined;
  const { keys, createdAt, links, checkpoint } = contents;
  if (createdAt !== undefined && !isCount(createdAt)) return undefined;
  if (checkpoint !== undefined && !isCheckpoint(checkpoint)) return undefined;
  if (links !== undefined && !areLinks(links)) return undefined;
  if (!Array.isArray(keys) || keys.length > MOST_KEYS || !keys.every(isVaultKey)) return undefined;
  return value as VaultContents;
}

function isCheckpoint(value: unknown): boolean {
  const checkpoint = fieldsOf(value, ['height', 'headerHash']);
  return checkpoint !== undefined && isCount(checkpoint['height']) && isHexOf(checkpoint['headerHash'], 64);
}

function areLinks(value: unknown): boolean {
  if (!Array.isArray(value) || value.length > MOST_PERSON_LINKS) return false;
  return value.every((link) => parsePersonLink(link) !== undefined);
}

function isVaultKey(value: unknown): boolean {
  const key = fieldsOf(value, ['chainId', 'organizationId', 'pseudonym', 'seed']);
  if (key === undefined) return false;
  const named = key['pseudonym'] === null || isHexOf(key['pseudonym'], 32);
  return named && isHexOf(key['chainId'], 64) && isHexOf(key['organizationId'], 32) && isHexOf(key['seed'], 64);
}
