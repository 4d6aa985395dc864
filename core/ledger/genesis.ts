/** The founding file: its hash is the chain id, and its parameters are the same for every node. */
import { isRegistrableKey, labelledHash, toHex } from '@clearchart/crypto';
import { LONGEST_NAME } from './application.ts';
import { LONGEST_BLOCK_BYTES } from './block.ts';
import { decodeCanonical, encodeCanonical } from './encoding.ts';
import type { ChainId, Hash, OrganizationId, PublicKey } from './identifiers.ts';
import { type MemberSet, MOST_MEMBERS, sortMembers } from './member-set.ts';
import { isRejection, type Rejection, reject } from './rejection.ts';
import { checkShape, hex, integer, listOf, literal, object, text } from './shape.ts';
import { MEMBERS_KEY, organizationKey, type StateChanges, StateOverlay, type StateReader } from './state.ts';
import { EMPTY_ROOT } from './state-tree.ts';
import type { Checkpoint } from './vote.ts';

export interface Genesis {
  readonly version: 1;
  readonly engine: 'proof-of-work';
  /** Milliseconds; every block is later. */
  readonly createdAt: number;
  /** A header's hash must be below it: 64 hexadecimal digits. */
  readonly target: Hash;
  readonly limits: { readonly transactionsPerBlock: number; readonly blockBytes: number };
  readonly members: readonly {
    readonly organization: OrganizationId;
    readonly name: string;
    readonly publicKey: PublicKey;
  }[];
  readonly salt: Hash;
}

const LONGEST_GENESIS_BYTES = 256 * 1024;

const shape = object({
  version: literal(1),
  engine: literal('proof-of-work'),
  createdAt: integer(0),
  target: hex(64),
  limits: object({ transactionsPerBlock: integer(1, 100_000), blockBytes: integer(1024, LONGEST_BLOCK_BYTES) }),
  members: listOf(object({ organization: hex(32), name: text(LONGEST_NAME), publicKey: hex(64) }), 1, MOST_MEMBERS),
  salt: hex(64),
});

export function parseGenesis(bytes: Uint8Array): Genesis | Rejection {
  if (bytes.length > LONGEST_GENESIS_BYTES) return reject('shape-invalid', { what: 'genesis', bytes: bytes.length });
  const decoded = decodeCanonical(bytes);
  return isRejection(decoded) ? decoded : parseGenesisValue(decoded.value);
}

/** The founding file of the chain with this id. Its keys were looked at when it was founded: the hash says that it is that file. */
export function genesisOf(value: unknown, chainId: ChainId): Genesis | Rejection {
  const fault = checkShape(shape, value, 'genesis');
  if (fault !== undefined) return fault;
  return chainIdOf(value as Genesis) === chainId ? (value as Genesis) : reject('chain-id-wrong');
}

export function parseGenesisValue(value: unknown): Genesis | Rejection {
  const fault = checkShape(shape, value, 'genesis');
  if (fault !== undefined) return fault;
  const genesis = value as Genesis;
  const organizations = new Set(genesis.members.map(({ organization }) => organization));
  const keys = new Set(genesis.members.map(({ publicKey }) => publicKey));
  if (organizations.size !== genesis.members.length) return reject('shape-invalid', { what: 'genesis' });
  if (keys.size !== genesis.members.length) return reject('key-in-use');
  const unusable = genesis.members.find(({ publicKey }) => !isRegistrableKey(publicKey));
  return unusable === undefined ? genesis : reject('key-invalid', { signer: unusable.organization });
}

const chainIds = new WeakMap<Genesis, ChainId>();

export function chainIdOf(genesis: Genesis): ChainId {
  let id = chainIds.get(genesis);
  if (id === undefined) {
    id = toHex(labelledHash('clearchart/genesis/v0', encodeCanonical(genesis))) as ChainId;
    chainIds.set(genesis, id);
  }
  return id;
}

export function genesisMembers(genesis: Genesis): MemberSet {
  return { members: sortMembers(genesis.members.map(({ organization, publicKey }) => ({ organization, publicKey }))) };
}

/** Below block 1: final and justified from the beginning. */
export function genesisCheckpoint(genesis: Genesis): Checkpoint {
  return { height: 0, hash: chainIdOf(genesis) };
}

const NOTHING: StateReader = { root: EMPTY_ROOT, get: () => undefined, isUsed: () => false, node: () => undefined };

/** The state at height 0. */
export function genesisState(genesis: Genesis): StateChanges {
  const state = new StateOverlay(NOTHING);
  state.write(MEMBERS_KEY, genesisMembers(genesis));
  for (const { organization, name, publicKey } of genesis.members) {
    state.write(organizationKey(organization), { name, publicKey });
  }
  return state.finish(genesis.createdAt);
}
