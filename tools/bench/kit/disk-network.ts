// Members in this process, each with real stores on disk, joined by queues; and where their time goes.
import { openBlockStore, openNodeDisk } from '@clearchart/block-store';
import { openConsensusStore } from '@clearchart/consensus-store';
import { type SignatureVerifier, toHex } from '@clearchart/crypto';
import {
  type BlockStore,
  chainIdOf,
  type ConsensusStore,
  draftTransaction,
  type Genesis,
  type OrganizationId,
  signTransaction,
  type StateStore,
  type Transaction,
} from '@clearchart/ledger';
import { createSigner, nodeVerifier } from '@clearchart/node-crypto';
import {
  createThreadMiner,
  type Miner,
  openProofOfWork,
  type PeerNetwork,
  type ProofOfWork,
  searchNonces,
  systemClock,
} from '@clearchart/proof-of-work';
import { openStateStore } from '@clearchart/state-store';
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

const hex = (length: number): string => randomBytes(length).toString('hex');

/** Of the founding of a chain: 20 to 30 ms of search on a laptop. */
const FOUNDING_TARGET = `0006${'f'.repeat(60)}`;

export interface Mining {
  readonly target?: string;
  readonly miner?: () => Miner;
}

/** Where a hospital that was founded otherwise has its ledger. */
export interface Founded {
  readonly organization: string;
  readonly folder: string;
}

/** Where the first try is enough: mining costs one hash. */
export const NO_MINING: Mining = {
  target: 'f'.repeat(64),
  miner: () => ({
    search: async (search) => searchNonces(search, 0, 1),
    stop: () => undefined,
    close: async () => undefined,
  }),
};

/** Milliseconds of all members together; what runs beside the event loop is counted by the clock. */
export interface Spent {
  mining: number;
  verifying: number;
  blocksToDisk: number;
  stateToDisk: number;
  votesToDisk: number;
}

export interface DiskMember {
  readonly organization: OrganizationId;
  readonly signer: ReturnType<typeof createSigner>;
  readonly folder: string;
  engine: ProofOfWork | undefined;
  close: () => Promise<void>;
}

export class DiskNetwork {
  readonly members: readonly DiskMember[];
  readonly genesis: Genesis;
  readonly #newMiner: () => Miner;
  readonly spent: Spent = { mining: 0, verifying: 0, blocksToDisk: 0, stateToDisk: 0, votesToDisk: 0 };

  /**
   * @param founded The members, where they have a folder already; else each gets one below `folder`.
   * @param genesis Of a chain that is there already; its members sign nothing here.
   */
  constructor(
    folder: string,
    count: number,
    { target = FOUNDING_TARGET, miner = createThreadMiner }: Mining = {},
    founded: readonly Founded[] = [],
    genesis?: Genesis,
  ) {
    this.#newMiner = miner;
    this.members = Array.from({ length: count }, (_, index) => ({
      organization: (founded[index]?.organization ?? hex(16)) as OrganizationId,
      signer: createSigner(randomBytes(32)),
      folder: founded[index]?.folder ?? join(folder, `${count}-${index}`),
      engine: undefined,
      close: () => Promise.resolve(),
    }));
    this.genesis =
      genesis ??
      ({
        version: 1,
        engine: 'proof-of-work',
        createdAt: Date.now() - 1_000,
        target,
        limits: { transactionsPerBlock: 2_000, blockBytes: 4 * 1024 * 1024 },
        members: this.members.map(({ organization, signer }, index) => ({
          organization,
          name: `Bench ${index}`,
          publicKey: toHex(signer.publicKey),
        })),
        salt: hex(32),
      } as unknown as Genesis);
  }

  member(index: number): DiskMember {
    const member = this.members[index % this.members.length];
    if (member === undefined) throw new Error('A network has members');
    return member;
  }

  engineOf(index: number): ProofOfWork {
    const { engine } = this.member(index);
    if (engine === undefined) throw new Error('The member is not running');
    return engine;
  }

  async start(member: DiskMember): Promise<void> {
    const { folder, organization, signer } = member;
    const chainId = chainIdOf(this.genesis);
    const disk = await openNodeDisk(join(folder, 'blocks'), 'write');
    const state = openStateStore(join(folder, 'state.db'), this.genesis);
    const blocks = await openBlockStore(disk, { acknowledgedHeight: state.height });
    const consensus = openConsensusStore(join(folder, 'consensus.db'), chainId, { isNewChain: true });
    const engine = await openProofOfWork({
      genesis: this.genesis,
      proposer: { organization, signerFor: (key) => (toHex(key) === toHex(signer.publicKey) ? signer : undefined) },
      blocks: this.#timedBlocks(blocks),
      state: this.#timedState(state),
      consensus: this.#timedConsensus(consensus),
      network: this.#wayOf(member),
      miner: this.#timedMiner(this.#newMiner()),
      verifier: this.#timedVerifier(),
      clock: systemClock,
    });
    member.engine = engine;
    member.close = async () => {
      member.engine = undefined;
      await engine.close();
      await blocks.close();
      state.close();
      consensus.close();
    };
  }

  async close(): Promise<void> {
    for (const member of this.members) await member.close();
  }

  wipe({ folder }: DiskMember): void {
    rmSync(folder, { recursive: true });
  }

  /** Nothing is left but its blocks. */
  wipeState({ folder }: DiskMember): void {
    for (const name of ['state.db', 'state.db-wal', 'state.db-shm']) rmSync(join(folder, name), { force: true });
  }

  anchor(index: number): Transaction {
    const { organization, signer } = this.member(index);
    const record = { record: hex(16), version: 1, subject: null, categoryTag: hex(16), commitment: hex(32) };
    const draft = draftTransaction({
      chainId: chainIdOf(this.genesis),
      type: 'anchor-records',
      body: { organization, records: [record] } as never,
      validUntil: Date.now() + 3_600_000,
      nonce: hex(16),
    });
    return signTransaction(draft, [{ signer: organization, role: 'organization', key: signer }]);
  }

  #wayOf(member: DiskMember): PeerNetwork {
    const peers = (): DiskMember[] => this.members.filter((other) => other !== member);
    const engineOf = (peer: OrganizationId) => peers().find(({ organization }) => organization === peer)?.engine;
    return {
      peers: () => peers().map(({ organization }) => organization),
      send: (to, message) => setImmediate(() => engineOf(to)?.peers.receive(member.organization, message)),
      ask: async (peer, question) => {
        const engine = engineOf(peer);
        if (engine === undefined) throw new Error('not running');
        return await engine.peers.answer(member.organization, question);
      },
    };
  }

  async #timed<Result>(what: keyof Spent, act: () => Promise<Result>): Promise<Result> {
    const began = performance.now();
    try {
      return await act();
    } finally {
      this.spent[what] += performance.now() - began;
    }
  }

  #timedNow<Result>(what: keyof Spent, act: () => Result): Result {
    const began = performance.now();
    try {
      return act();
    } finally {
      this.spent[what] += performance.now() - began;
    }
  }

  #timedMiner(inner: Miner): Miner {
    const search: Miner['search'] = (one) => this.#timed('mining', () => inner.search(one));
    return { search, stop: () => inner.stop(), close: () => inner.close() };
  }

  #timedVerifier(): SignatureVerifier {
    return {
      verify: (...one) => this.#timedNow('verifying', () => nodeVerifier.verify(...one)),
      verifyMany: (checks) => this.#timed('verifying', async () => (await nodeVerifier.verifyMany?.(checks)) ?? []),
    };
  }

  #timedBlocks(inner: BlockStore): BlockStore {
    const append: BlockStore['append'] = (...one) => this.#timed('blocksToDisk', () => inner.append(...one));
    return delegated(inner, { append });
  }

  #timedState(inner: StateStore): StateStore {
    const commit: StateStore['commit'] = (...one) => this.#timedNow('stateToDisk', () => inner.commit(...one));
    return delegated(inner, { commit });
  }

  #timedConsensus(inner: ConsensusStore): ConsensusStore {
    const saveVote: ConsensusStore['saveVote'] = (...one) =>
      this.#timedNow('votesToDisk', () => inner.saveVote(...one));
    const settle: ConsensusStore['settle'] = (...one) => this.#timedNow('votesToDisk', () => inner.settle(...one));
    return delegated(inner, { saveVote, settle });
  }
}

/** Everything of the store but what is given anew; its methods keep their own `this`. */
function delegated<Store extends object>(inner: Store, anew: Partial<Store>): Store {
  return new Proxy(inner, {
    get(target, name) {
      const value: unknown = Reflect.get(name in anew ? anew : target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
