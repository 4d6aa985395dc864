/** Members in one process, joined by queues that can be cut. */
import { toHex } from '@clearchart/crypto';
import {
  type Genesis,
  type OrganizationId,
  type Pseudonym,
  type Transaction,
  chainIdOf,
  draftTransaction,
  signTransaction,
} from '@clearchart/ledger';
import { createSigner, nodeVerifier } from '@clearchart/node-crypto';
import { type PeerHandler, type PeerNetwork, type ProofOfWork, openProofOfWork, systemClock } from './index.ts';
import { MemoryConsensus } from './memory-consensus.fixture.ts';
import { ANY_HASH, MemoryBlocks, MemoryState, inlineMiner, seededBytes } from './test-ledger.fixture.ts';

export interface LocalMember {
  readonly organization: OrganizationId;
  readonly signer: ReturnType<typeof createSigner>;
  readonly blocks: MemoryBlocks;
  readonly state: MemoryState;
  readonly consensus: MemoryConsensus;
  engine: ProofOfWork | undefined;
  readonly faults: Error[];
}

export class LocalNetwork {
  readonly genesis: Genesis;
  readonly members: LocalMember[];
  /** Whether a message gets from one to the other. */
  reaches: (from: OrganizationId, to: OrganizationId) => boolean = () => true;
  #counter = 0;

  constructor(count: number, prefix = 'member', transactionsPerBlock = 50) {
    const keys = Array.from({ length: count }, (_, index) => createSigner(seededBytes(`${prefix} ${index}`)));
    const organizations = keys.map((_, index) => toHex(seededBytes(`${prefix} id ${index}`, 16)) as OrganizationId);
    this.genesis = {
      version: 1,
      engine: 'proof-of-work',
      createdAt: 1_700_000_000_000,
      target: ANY_HASH,
      limits: { transactionsPerBlock, blockBytes: 1024 * 1024 },
      members: keys.map((key, index) => ({
        organization: organizations[index],
        name: `Hospital ${index}`,
        publicKey: toHex(key.publicKey),
      })),
      salt: toHex(seededBytes('salt')),
    } as unknown as Genesis;
    this.members = keys.map((signer, index) => ({
      organization: organizations[index] as OrganizationId,
      signer,
      blocks: new MemoryBlocks(),
      state: new MemoryState(this.genesis),
      consensus: new MemoryConsensus(),
      engine: undefined,
      faults: [],
    }));
  }

  member(index: number): LocalMember {
    const member = this.members[index];
    if (member === undefined) throw new Error(`there is no member ${index}`);
    return member;
  }

  indexOf(organization: OrganizationId): number {
    return this.members.findIndex((member) => member.organization === organization);
  }

  async start(index: number): Promise<ProofOfWork> {
    const member = this.member(index);
    member.engine = await openProofOfWork({
      genesis: this.genesis,
      proposer: {
        organization: member.organization,
        signerFor: (key) => (toHex(key) === toHex(member.signer.publicKey) ? member.signer : undefined),
      },
      blocks: member.blocks,
      state: member.state,
      consensus: member.consensus,
      network: this.#networkOf(member),
      miner: inlineMiner(),
      verifier: nodeVerifier,
      clock: systemClock,
      onFault: (error) => member.faults.push(error),
    });
    return member.engine;
  }

  async stop(index: number): Promise<void> {
    const member = this.member(index);
    await member.engine?.close();
    member.engine = undefined;
  }

  async startAll(): Promise<void> {
    for (const index of this.members.keys()) await this.start(index);
  }

  async stopAll(): Promise<void> {
    for (const index of this.members.keys()) await this.stop(index);
  }

  enrolment(index: number): Transaction {
    const { organization, signer } = this.member(index);
    const next = (): string => toHex(seededBytes(`network value ${(this.#counter += 1)}`, 16));
    const draft = draftTransaction({
      chainId: chainIdOf(this.genesis),
      type: 'enrol-person',
      body: { organization, pseudonym: next() as Pseudonym, publicKey: null },
      validUntil: Date.now() + 3_600_000,
      nonce: next(),
    });
    return signTransaction(draft, [{ signer: organization, role: 'organization', key: signer }]);
  }

  #networkOf(member: LocalMember): PeerNetwork {
    const others = () => this.members.filter((other) => other !== member);
    const handlerOf = (peer: OrganizationId): PeerHandler | undefined => {
      if (!this.reaches(member.organization, peer)) return undefined;
      return this.members.find(({ organization }) => organization === peer)?.engine?.peers;
    };
    return {
      peers: () => others().map(({ organization }) => organization),
      send: (to, message) => setTimeout(() => handlerOf(to)?.receive(member.organization, message), 1),
      ask: async (peer, question) => {
        await new Promise((resolve) => setTimeout(resolve, 1));
        const handler = handlerOf(peer);
        if (handler === undefined) throw new Error('not reached');
        return handler.answer(member.organization, question);
      },
    };
  }
}

export async function until(isSo: () => boolean, withinMs = 10_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!isSo()) {
    if (Date.now() > end) throw new Error('it did not come to pass in time');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
