/** One hospital's ledger in memory for tests: stores, keys and transactions of every kind, all seeded. */
import { concatBytes, labelledHash, toHex, uint32, utf8 } from '@clearchart/crypto';
import {
  type BlockStore,
  type CommittedBlock,
  type Genesis,
  type Header,
  type Pseudonym,
  type StateChanges,
  type StateNode,
  type StateStore,
  type Transaction,
  type TransactionBody,
  type TransactionId,
  type TransactionPlace,
  type TransactionType,
  MEMBERS_KEY,
  type MembersWritten,
  type MemberSet,
  chainIdOf,
  decodeValue,
  draftTransaction,
  genesisState,
  signTransaction,
} from '@clearchart/ledger';
import { createSigner, nodeVerifier } from '@clearchart/node-crypto';
import { type EngineOptions, type NonceSearch, type Miner, NOBODY, searchNonces, systemClock } from './index.ts';
import { MemoryConsensus } from './memory-consensus.fixture.ts';

export const ANY_HASH = 'f'.repeat(64);

export class MemoryState implements StateStore {
  root: Uint8Array = new Uint8Array(32);
  height = 0;
  headHash: string;
  readonly entries = new Map<string, Uint8Array>();
  readonly nodes = new Map<string, StateNode>();
  readonly used = new Set<string>();
  readonly headers: Header[] = [];
  readonly places = new Map<TransactionId, TransactionPlace>();
  readonly #memberChanges: MembersWritten[] = [];

  constructor(genesis: Genesis) {
    this.headHash = chainIdOf(genesis);
    this.#apply(genesisState(genesis));
  }

  get = (key: string) => this.entries.get(key);
  isUsed = (id: TransactionId) => this.used.has(id);
  node = (hash: Uint8Array) => this.nodes.get(toHex(hash));
  header = (height: number) => this.headers[height - 1];
  placeOf = (id: TransactionId) => this.places.get(id);
  memberChanges = (): MembersWritten[] => [...this.#memberChanges];
  close(): void {}

  commit({ header, hash, ids }: CommittedBlock, changes: StateChanges): void {
    this.#apply(changes);
    this.height = header.height;
    this.headHash = hash;
    this.headers.push(header);
    const members = changes.entries.get(MEMBERS_KEY);
    if (members !== undefined)
      this.#memberChanges.push({ height: header.height, set: decodeValue(members) as MemberSet });
    for (const [position, id] of ids.entries()) this.places.set(id, { height: header.height, position });
  }

  #apply(changes: StateChanges): void {
    this.root = changes.root;
    for (const [key, value] of changes.entries) {
      if (value === undefined) this.entries.delete(key);
      else this.entries.set(key, value);
    }
    for (const [name, node] of changes.nodes) this.nodes.set(name, node);
    for (const id of changes.usedIds) this.used.add(id);
  }
}

export class MemoryBlocks implements BlockStore {
  readonly blocks: Uint8Array[] = [];
  get height(): number {
    return this.blocks.length;
  }
  async append(height: number, bytes: Uint8Array): Promise<void> {
    if (height !== this.height + 1) throw new Error('out of order');
    this.blocks.push(bytes);
  }
  read = async (height: number) => this.blocks[height - 1];
  async close(): Promise<void> {}
}

/** Mines in the calling thread. */
export function inlineMiner(): Miner {
  return {
    search: async (search: NonceSearch) => searchNonces(search, 0, 1_000_000),
    stop: () => undefined,
    close: async () => undefined,
  };
}

export function seededBytes(name: string, length = 32): Uint8Array {
  const bytes = concatBytes(labelledHash('clearchart/test', utf8(name), uint32(1)));
  return bytes.subarray(0, length);
}

export function createTestLedger(overrides: Partial<Genesis> = {}) {
  const signer = createSigner(seededBytes('organization'));
  const organization = toHex(seededBytes('organization id', 16)) as Header['proposer'];
  const genesis = {
    version: 1,
    engine: 'proof-of-work',
    createdAt: 1_700_000_000_000,
    target: ANY_HASH,
    limits: { transactionsPerBlock: 50, blockBytes: 1024 * 1024 },
    members: [{ organization, name: 'City General', publicKey: toHex(signer.publicKey) }],
    salt: toHex(seededBytes('salt')),
    ...overrides,
  } as Genesis;
  const chainId = chainIdOf(genesis);
  let counter = 0;
  const next = (length: number) => {
    counter += 1;
    return toHex(seededBytes(`value ${counter}`, length));
  };
  const sign = <T extends TransactionType>(
    type: T,
    body: TransactionBody<T>,
    validUntil = Date.now() + 3_600_000,
    key = signer,
  ): Transaction<T> => {
    const draft = draftTransaction<T>({ chainId, type, body, validUntil, nonce: next(16) });
    return signTransaction(draft, [{ signer: organization, role: 'organization', key }]);
  };
  return {
    genesis,
    chainId,
    organization,
    signer,
    next,
    sign,
    enrol(pseudonym = next(16) as Pseudonym) {
      return sign('enrol-person', { organization, pseudonym, publicKey: null });
    },
    anchor(subject: Pseudonym | null = null) {
      const record = { record: next(16), version: 1, subject, categoryTag: next(16), commitment: next(32) };
      return sign('anchor-records', {
        organization,
        records: [record],
      } as unknown as TransactionBody<'anchor-records'>);
    },
    options(stores: { blocks: BlockStore; state: StateStore }, more: Partial<EngineOptions> = {}): EngineOptions {
      const proposer = { organization, signerFor: () => signer };
      return {
        genesis,
        proposer,
        miner: inlineMiner(),
        verifier: nodeVerifier,
        clock: systemClock,
        consensus: new MemoryConsensus(),
        network: NOBODY,
        ...stores,
        ...more,
      };
    },
    stores(): { blocks: MemoryBlocks; state: MemoryState } {
      return { blocks: new MemoryBlocks(), state: new MemoryState(genesis) };
    },
  };
}
