/** One member's copy of a chain of four, to which a test adds blocks and votes of its choice. */
import { toHex } from '@clearchart/crypto';
import {
  type Block,
  type BlockParent,
  type ChainId,
  type Checkpoint,
  type Header,
  type Link,
  type Transaction,
  type TransactionBody,
  type TransactionDraft,
  type TransactionType,
  type Vote,
  chainIdOf,
  draftBlock,
  draftTransaction,
  genesisParent,
  headerSignatureMessage,
  isRejection,
  signVote,
} from '@clearchart/ledger';
import { nodeVerifier } from '@clearchart/node-crypto';
import type { TreeBlock } from './block-tree.ts';
import { type BlockOutcome, Chain } from './chain.ts';
import { VerifiedSignatures } from './verified-signatures.ts';
import { LocalNetwork } from './local-network.fixture.ts';
import { Voter } from './voter.ts';
import { seededBytes } from './test-ledger.fixture.ts';
import type { Waiting } from './mempool.ts';

export class MadeChain {
  readonly network: LocalNetwork;
  readonly chain: Chain;
  readonly voter: Voter;
  readonly waiting: Waiting[] = [];
  onOmitted: (transactions: readonly Transaction[]) => void = () => undefined;
  now: number;

  /** Seen by member 0. */
  constructor(transactionsPerBlock = 50) {
    this.network = new LocalNetwork(4, 'member', transactionsPerBlock);
    const { genesis } = this.network;
    this.now = genesis.createdAt + 1_000;
    const { consensus, organization, signer } = this.network.member(0);
    const signatures = new VerifiedSignatures(nodeVerifier);
    const clock = { now: () => this.now, after: () => () => undefined };
    this.chain = this.restart(genesisParent(genesis), signatures);
    this.voter = new Voter({
      chainId: chainIdOf(genesis),
      chain: this.chain,
      consensus,
      proposer: {
        organization,
        signerFor: (key) => (toHex(key) === toHex(signer.publicKey) ? signer : undefined),
      },
      clock,
      signatures,
      limits: genesis.limits,
      waiting: () => this.waiting,
      onOmitted: (transactions) => this.onOmitted(transactions),
    });
  }

  /** Another chain over the same stores, as after a start. */
  restart(final: BlockParent, signatures = new VerifiedSignatures(nodeVerifier)): Chain {
    const { blocks, consensus, state } = this.network.member(0);
    const clock = { now: () => this.now, after: () => () => undefined };
    const { genesis } = this.network;
    return new Chain({ genesis, blocks, state, consensus, signatures, verifier: nodeVerifier, clock }, final);
  }

  get consensus() {
    return this.network.member(0).consensus;
  }

  get genesisPlace(): Checkpoint {
    return { height: 0, hash: chainIdOf(this.network.genesis) };
  }

  draft<T extends TransactionType>(type: T, body: TransactionBody<T>): TransactionDraft<T> {
    const nonce = toHex(seededBytes(`${type} nonce`, 16));
    return draftTransaction({
      chainId: this.genesisPlace.hash as ChainId,
      type,
      body,
      validUntil: this.now + 3_600_000,
      nonce,
    });
  }

  /** A valid block of the member on a block that is here; `salt` makes another of the same. */
  block(parent: Checkpoint, proposer: number, transactions: readonly Transaction[] = [], salt = 0): Block {
    const { genesis } = this.network;
    const { organization, signer } = this.network.member(proposer);
    const { tree } = this.chain;
    const drafted = draftBlock(
      transactions,
      tree.stateAfter(parent.hash),
      tree.parentFor(parent.hash),
      genesis,
      organization,
      tree.parentFor(parent.hash).time + 1 + salt,
      (check) => nodeVerifier.verify(check.publicKey, check.message, check.signature),
    );
    if (isRejection(drafted)) throw new Error(drafted.code);
    const signature = toHex(signer.sign(headerSignatureMessage(drafted.template))) as Header['signature'];
    return { header: { ...drafted.template, nonce: '0'.repeat(16), signature }, transactions };
  }

  /** Brought by its proposer, unless another member is named. */
  take(
    block: Block,
    isVotedFor?: (hash: string) => boolean,
    from = this.network.indexOf(block.header.proposer),
  ): Promise<BlockOutcome> {
    return this.chain.take(block, this.network.member(from).organization, isVotedFor);
  }

  async grow(
    parent: Checkpoint,
    proposer = 0,
    transactions: readonly Transaction[] = [],
    salt = 0,
  ): Promise<TreeBlock> {
    const added = await this.chain.check(this.block(parent, proposer, transactions, salt));
    if (isRejection(added)) throw new Error(added.code);
    return this.chain.add(added);
  }

  vote(member: number, { source, target }: Link): Vote {
    const { organization, signer } = this.network.member(member);
    return signVote(chainIdOf(this.network.genesis), organization, { source, target }, signer);
  }

  /** Votes of these members. */
  link(members: readonly number[], source: Checkpoint, target: Checkpoint): void {
    for (const member of members) this.chain.addVote(this.vote(member, { source, target }));
  }
}
