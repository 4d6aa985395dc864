/**
 * The keys with which this hospital signs. Mostly there is one; while it takes a new one there are two, and the ledger says which of them
 * is the hospital's. The new one is on disk, sealed, before anybody is told of it.
 */
import { existsSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Aead, openEnvelope, type Random, sealEnvelope, type Signer, toHex } from '@clearchart/crypto';
import { DamagedData, FILES, syncFolder, writeDurably } from '../storage/data-folder.ts';
import { loadOrganizationSeed } from '../storage/load.ts';
import { type NodeKeys, ORGANIZATION_SEED_SEALED_AS } from '../storage/node-key.ts';

export interface OrganizationKeysPorts {
  readonly folder: string;
  readonly keys: NodeKeys;
  readonly aead: Aead;
  readonly random: Random;
  readonly signerOf: (seed: Uint8Array) => Signer;
}

export interface OrganizationKeys {
  /** Signs with the key that is the hospital's on the ledger at the moment it is used. */
  readonly signer: Signer;
  /** Undefined for a key that is not held here. */
  signerFor(publicKey: Uint8Array): Signer | undefined;
  /** From now on the ledger is asked which key counts; 64 digits. */
  followLedger(currentKey: () => string | undefined): void;
  /** The key that is to come, made and kept now unless one is waiting already. */
  prepareNext(): Signer;
  readonly next: Signer | undefined;
  /** The next key is in force, and the old one of no use any more. */
  promote(): void;
}

/** @throws DamagedData */
export function organizationKeys(ports: OrganizationKeysPorts): OrganizationKeys {
  const { folder, keys, aead, random, signerOf } = ports;
  const path = join(folder, FILES.organizationSeed);
  const nextPath = join(folder, FILES.nextOrganizationSeed);
  let first = signerOf(loadOrganizationSeed(folder, keys, aead));
  let next = existsSync(nextPath)
    ? signerOf(loadOrganizationSeed(folder, keys, aead, FILES.nextOrganizationSeed))
    : undefined;
  let currentKey: () => string | undefined = () => undefined;

  function current(): Signer {
    return next !== undefined && currentKey() === toHex(next.publicKey) ? next : first;
  }

  return {
    signer: {
      get publicKey() {
        return current().publicKey;
      },
      sign: (message) => current().sign(message),
    },
    signerFor: (publicKey) =>
      [first, next].find((one) => one !== undefined && toHex(one.publicKey) === toHex(publicKey)),
    followLedger(asked) {
      currentKey = asked;
    },
    prepareNext() {
      if (next !== undefined) return next;
      const seed = random.bytes(32);
      const sealed = sealEnvelope(aead, random, keys.organization, seed, ORGANIZATION_SEED_SEALED_AS);
      writeDurably(nextPath, sealed);
      syncFolder(dirname(nextPath));
      // What cannot be read back must not become the only key.
      if (openEnvelope(aead, keys.organization, sealed, ORGANIZATION_SEED_SEALED_AS) === undefined)
        throw new DamagedData(`${FILES.nextOrganizationSeed} does not open again`);
      next = signerOf(seed);
      return next;
    },
    get next() {
      return next;
    },
    promote() {
      if (next === undefined) return;
      renameSync(nextPath, path);
      syncFolder(dirname(path));
      first = next;
      next = undefined;
    },
  };
}
