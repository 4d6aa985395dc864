/**
 * The node key: 32 random bytes outside the data folder. Every other secret is derived from it or
 * sealed under it, so a stolen data folder opens nothing.
 */
import { type Aead, hkdfSha256, openEnvelope, type Random, sealEnvelope, utf8 } from '@clearchart/crypto';
import { scryptSync } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { syncFolder } from './data-folder.ts';

const NODE_KEY_BYTES = 32;
const FILE = 'node.key';
/** scrypt N = 2^17, r = 8, p = 1: 128 MiB for each guess at a passphrase (RFC 7914). */
const SCRYPT = { N: 131_072, r: 8, p: 1, maxmem: 192 * 1024 * 1024 } as const;
const SALT_BYTES = 16;
const WRAPPED = utf8('clearchart/node-key/v0');

export const ORGANIZATION_SEED_SEALED_AS: Uint8Array = utf8('clearchart/organization-seed/v0');

export class KeyUnavailable extends Error {
  override readonly name = 'KeyUnavailable';
}

export interface KeyPorts {
  readonly aead: Aead;
  readonly random: Random;
}

export function keysFolderOf(dataFolder: string): string {
  return `${dataFolder.replace(/\/+$/, '')}.keys`;
}

/** The passphrase without the line end that editors add. @throws KeyUnavailable */
export function readPassphrase(file: string): string {
  let words: string;
  try {
    words = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch {
    throw new KeyUnavailable(`the passphrase file ${file} cannot be read`);
  }
  if (words === '') throw new KeyUnavailable(`the passphrase file ${file} is empty`);
  return words;
}

/** Makes the key; wrapped under the passphrase when one is given. The folder is 0700, the file 0600. */
export function createNodeKey(folder: string, ports: KeyPorts, passphrase?: string): Uint8Array {
  makeKeysFolder(folder);
  const key = ports.random.bytes(NODE_KEY_BYTES);
  writeNodeKey(folder, passphrase === undefined ? key : wrapNodeKey(ports, key, passphrase));
  return key;
}

/** @throws KeyUnavailable before anything is written: a key is never written over. */
export function assertNoNodeKey(folder: string): void {
  if (existsSync(join(folder, FILE))) {
    throw new KeyUnavailable(`there is a node key in ${folder} already: name another folder with --keys`);
  }
}

export function makeKeysFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
}

export function writeNodeKey(folder: string, bytes: Uint8Array): void {
  const path = join(folder, FILE);
  writeFileSync(path, bytes, { mode: 0o600, flag: 'wx', flush: true });
  for (const place of [folder, dirname(folder)]) syncFolder(place);
}

/** @throws KeyUnavailable in words for the operator. */
export function loadNodeKey(folder: string, ports: KeyPorts, passphrase?: string): Uint8Array {
  const path = join(folder, FILE);
  if (!existsSync(path)) {
    throw new KeyUnavailable(`there is no node key at ${path}: put the folder of keys there, or name it with --keys`);
  }
  if ((statSync(folder).mode & 0o077) !== 0) {
    throw new KeyUnavailable(`${folder} may be read by others: chmod 700 it`);
  }
  if ((statSync(path).mode & 0o077) !== 0) throw new KeyUnavailable(`${path} may be read by others: chmod 600 it`);
  const bytes = new Uint8Array(readFileSync(path));
  if (bytes.length === NODE_KEY_BYTES) return bytes;
  if (passphrase === undefined)
    throw new KeyUnavailable('the node key is under a passphrase: name its file with --passphrase-file');
  const key = unwrapNodeKey(ports, bytes, passphrase);
  if (key === undefined) throw new KeyUnavailable('the passphrase does not open the node key');
  return key;
}

/** scrypt salt (16 bytes), then the key's envelope under the derived key. */
export function wrapNodeKey({ aead, random }: KeyPorts, key: Uint8Array, passphrase: string): Uint8Array {
  const salt = random.bytes(SALT_BYTES);
  const wrapped = sealEnvelope(aead, random, stretch(passphrase, salt), key, WRAPPED);
  return Uint8Array.from([...salt, ...wrapped]);
}

export function unwrapNodeKey({ aead }: KeyPorts, wrapped: Uint8Array, passphrase: string): Uint8Array | undefined {
  const salt = wrapped.subarray(0, SALT_BYTES);
  const key = openEnvelope(aead, stretch(passphrase, salt), wrapped.subarray(SALT_BYTES), WRAPPED);
  return key?.length === NODE_KEY_BYTES ? key : undefined;
}

function stretch(passphrase: string, salt: Uint8Array): Uint8Array {
  return new Uint8Array(scryptSync(passphrase.normalize('NFKC'), salt, 32, SCRYPT));
}

const PURPOSES = [
  'accounts',
  'access',
  'audit',
  'category',
  'custody',
  'index',
  'organization',
  'patient-list',
  'people',
  'record-id',
] as const;
export type KeyPurpose = (typeof PURPOSES)[number];
export type NodeKeys = Readonly<Record<KeyPurpose, Uint8Array>>;

/** One 32-byte key for each purpose, so that no module can open what is another's. */
export function deriveKeys(nodeKey: Uint8Array): NodeKeys {
  const entries = PURPOSES.map((purpose) => [
    purpose,
    hkdfSha256(nodeKey, utf8('clearchart/node/v0'), utf8(purpose), 32),
  ]);
  return Object.fromEntries(entries) as NodeKeys;
}
