/** Makes a hospital's folder: keys, genesis file, empty stores and the code of the first administrator. It founds a network, or joins one. */
import { rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Aead, type Random, sealEnvelope, toHex } from '@clearchart/crypto';
import {
  chainIdOf,
  encodeCanonical,
  type Genesis,
  type OrganizationId,
  organizationIdOf,
  type PublicKey,
} from '@clearchart/ledger';
import {
  assertEmptyFolder,
  FILES,
  makeFolder,
  type NodeFile,
  syncFolder,
  writeDurably,
} from '../storage/data-folder.ts';
import {
  assertNoNodeKey,
  createNodeKey,
  deriveKeys,
  keysFolderOf,
  ORGANIZATION_SEED_SEALED_AS,
} from '../storage/node-key.ts';
import { saveKnownPeers } from '../members/index.ts';
import type { Invitation } from './invitation.ts';
import { OperatorRefusal } from './refusal.ts';

export interface KeyOptions {
  readonly keysFolder?: string;
  readonly passphrase?: string;
}

export interface FoundingOptions extends KeyOptions {
  readonly dataFolder: string;
  readonly name: string;
  readonly administratorEmail: string;
  readonly demo?: boolean;
  /** Of the network to join; without it a network is founded. */
  readonly invitation?: Invitation;
}

export interface Founded {
  readonly chainId: string;
  readonly organizationId: string;
  /** Relative: the node's address is not known yet. Works once. */
  readonly enrolUrl: string;
}

export interface FoundingPorts {
  readonly aead: Aead;
  readonly random: Random;
  readonly now: () => number;
  readonly publicKeyOf: (seed: Uint8Array) => Uint8Array;
  /** Makes the empty ledger, so that a missing one is damage from now on. */
  readonly createLedger: (folder: string, genesis: Genesis) => Promise<void>;
  /** Makes accounts.db and the one-time code of the first administrator. */
  readonly createEnrolment: (databasePath: string, key: Uint8Array, email: string) => string;
}

/** About 10,000 tries: 20–30 ms on one core of a laptop. */
const TARGET = `0006${'f'.repeat(60)}`;
const LIMITS = { transactionsPerBlock: 2_000, blockBytes: 4 * 1024 * 1024 } as const;
const MOST_NAME_LETTERS = 200;
export const EMAIL = /^[^\s@]{1,64}@[^\s@]{1,255}$/;

/** @throws FolderNotEmpty, KeyUnavailable or OperatorRefusal */
export async function found(options: FoundingOptions, ports: FoundingPorts): Promise<Founded> {
  const folder = resolve(options.dataFolder);
  assertEmptyFolder(folder);
  const keysFolder = resolve(options.keysFolder ?? keysFolderOf(folder));
  const name = options.name.trim().normalize('NFC');
  if (name === '' || name.length > MOST_NAME_LETTERS)
    throw new OperatorRefusal('usage', `the name of the hospital has 1 to ${MOST_NAME_LETTERS} letters`);
  if (!EMAIL.test(options.administratorEmail.trim()))
    throw new OperatorRefusal('usage', 'the e-mail of the first administrator is not an e-mail address');
  if (`${keysFolder}/`.startsWith(`${folder}/`))
    throw new OperatorRefusal('usage', 'the folder of keys must not lie in the data folder: who copies one has both');
  assertNoNodeKey(keysFolder);
  const nodeKey = createNodeKey(keysFolder, ports, options.passphrase);
  try {
    return await writeFolder(folder, name, nodeKey, options, ports);
  } catch (fault) {
    rmSync(join(keysFolder, 'node.key'), { force: true });
    for (const file of Object.values(FILES)) rmSync(join(folder, file), { recursive: true, force: true });
    throw fault;
  }
}

async function writeFolder(
  folder: string,
  name: string,
  nodeKey: Uint8Array,
  options: FoundingOptions,
  ports: FoundingPorts,
): Promise<Founded> {
  const keys = deriveKeys(nodeKey);
  const seed = ports.random.bytes(32);
  const publicKey = ports.publicKeyOf(seed);
  const organization = organizationIdOf(publicKey);
  const genesis = options.invitation?.genesis ?? foundingFile(organization, name, publicKey, ports);
  makeFolder(folder);
  const sealedSeed = sealEnvelope(ports.aead, ports.random, keys.organization, seed, ORGANIZATION_SEED_SEALED_AS);
  writeDurably(join(folder, FILES.organizationSeed), sealedSeed);
  const code = ports.createEnrolment(join(folder, FILES.accounts), keys.accounts, options.administratorEmail);
  await ports.createLedger(folder, genesis);
  const node: NodeFile = { version: 1, organization, name, demo: options.demo ?? false };
  writeDurably(join(folder, FILES.node), JSON.stringify(node));
  writeDurably(join(folder, FILES.genesis), encodeCanonical(genesis));
  if (options.invitation !== undefined) saveKnownPeers(folder, options.invitation.peers);
  syncFolder(folder);
  syncFolder(dirname(folder));
  return { chainId: chainIdOf(genesis), organizationId: organization, enrolUrl: `/enrol#${code}` };
}

function foundingFile(
  organization: OrganizationId,
  name: string,
  publicKey: Uint8Array,
  ports: Pick<FoundingPorts, 'now' | 'random'>,
): Genesis {
  return {
    version: 1,
    engine: 'proof-of-work',
    createdAt: ports.now(),
    target: TARGET,
    limits: LIMITS,
    members: [{ organization, name, publicKey: toHex(publicKey) as PublicKey }],
    salt: toHex(ports.random.bytes(32)),
  } as unknown as Genesis;
}
