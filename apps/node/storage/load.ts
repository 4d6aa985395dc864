/** Reads what founding wrote; whatever does not read is named. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Aead, openEnvelope } from '@clearchart/crypto';
import { type Genesis, isRejection, parseGenesis } from '@clearchart/ledger';
import { DamagedData, FILES } from './data-folder.ts';
import { type NodeKeys, ORGANIZATION_SEED_SEALED_AS } from './node-key.ts';

/** @throws DamagedData */
export function loadGenesis(folder: string): Genesis {
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(readFileSync(join(folder, FILES.genesis)));
  } catch {
    throw new DamagedData(`${join(folder, FILES.genesis)} is missing`);
  }
  const genesis = parseGenesis(bytes);
  if (isRejection(genesis)) throw new DamagedData(`${join(folder, FILES.genesis)} is damaged: ${genesis.code}`);
  return genesis;
}

/** 32 bytes. @throws DamagedData */
export function loadOrganizationSeed(
  folder: string,
  keys: NodeKeys,
  aead: Aead,
  file: string = FILES.organizationSeed,
): Uint8Array {
  let sealed: Uint8Array;
  try {
    sealed = new Uint8Array(readFileSync(join(folder, file)));
  } catch {
    throw new DamagedData(`${join(folder, file)} is missing`);
  }
  const seed = openEnvelope(aead, keys.organization, sealed, ORGANIZATION_SEED_SEALED_AS);
  if (seed === undefined) {
    throw new DamagedData(`the node key does not open ${file}: another key, or a changed file`);
  }
  return seed;
}
