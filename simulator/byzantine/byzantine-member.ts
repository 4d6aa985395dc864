// A member that does what it likes with its key. It knows what it has heard, and no engine runs in it.
import { type Signer, toHex, utf8 } from '@clearchart/crypto';
import {
  type Block,
  type ChainId,
  type Checkpoint,
  type Genesis,
  type Header,
  type Link,
  type OrganizationId,
  type Signature,
  type Transaction,
  type Vote,
  chainIdOf,
  headerHash,
  headerSignatureMessage,
  signVote,
  transactionsRoot,
} from '@clearchart/ledger';
import type { PeerHandler, PeerNetwork } from '@clearchart/proof-of-work';
import type { Hospital } from '../hospital.ts';
import type { SeededRandom } from '../random.ts';
import type { SimulatedNetwork, Station } from '../simulated-network.ts';
import { chainAnswer, hear, questionKind } from './wire.ts';

/** Of the newest, so much is remembered. */
const MESSAGES_KEPT = 30;
const LINKS_KEPT = 200;
const BLOCKS_KEPT = 400;
const LONG_CHAIN = 40;

export class ByzantineMember implements Station {
  readonly hospital: Hospital;
  readonly random: SeededRandom;
  readonly blocks = new Map<string, Block>();
  readonly links: Link[] = [];
  readonly messages: Uint8Array[] = [];
  readonly #genesis: Genesis;
  readonly #port: PeerNetwork;
  readonly #nowMs: () => number;
  /** The highest block that is known. */
  tip: Block | undefined;
  /** How often it was asked for blocks and showed more than anybody else has. */
  longChains = 0;
  /** What it answers when asked for blocks. */
  answers: 'nothing' | 'garbage' | 'its-chain' | 'nonsense-chain' | 'other-history' = 'its-chain';

  constructor(
    hospital: Hospital,
    random: SeededRandom,
    genesis: Genesis,
    network: SimulatedNetwork,
    nowMs: () => number,
  ) {
    this.hospital = hospital;
    this.random = random;
    this.#genesis = genesis;
    this.#port = network.openPort(hospital.organization);
    network.join(this);
    this.#nowMs = nowMs;
  }

  get organization(): OrganizationId {
    return this.hospital.organization;
  }

  get key(): Signer {
    return this.hospital.key;
  }

  get chainId(): ChainId {
    return chainIdOf(this.#genesis);
  }

  readonly handler: PeerHandler = {
    isBanned: () => false,
    receive: (_, bytes) => this.#receive(bytes),
    answer: (_, question) => this.#answer(question),
  };

  now(): number {
    return this.#nowMs();
  }

  peers(): readonly OrganizationId[] {
    return this.#port.peers();
  }

  send(to: readonly OrganizationId[], message: Uint8Array): void {
    for (const peer of to) this.#port.send(peer, message);
  }

  /** The others in two parts, at random. */
  halves(): [OrganizationId[], OrganizationId[]] {
    const halves: [OrganizationId[], OrganizationId[]] = [[], []];
    for (const peer of this.peers()) halves[this.random.below(2)]?.push(peer);
    return halves;
  }

  vote(link: Link, organization = this.organization): Vote {
    return signVote(this.chainId, organization, link, this.key);
  }

  /** A block of its own on another, valid unless `changes` or the transactions make it otherwise. */
  block(parent: Block, transactions: readonly Transaction[] = [], changes: Partial<Header> = {}): Block {
    const { header } = parent;
    const time = Math.max(header.time + 1 + this.random.below(5), this.now());
    const covered = {
      ...header,
      height: header.height + 1,
      previousHash: headerHash(header),
      time,
      transactionsRoot: transactionsRoot(transactions),
      proposer: this.organization,
      ...changes,
    };
    const signature = toHex(this.key.sign(headerSignatureMessage(covered))) as Signature;
    return { header: { ...covered, nonce: '0'.repeat(16), signature }, transactions };
  }

  /** Blocks of one height, when it knows more than one. */
  rivals(): readonly Block[] {
    const byHeight = new Map<number, Block[]>();
    for (const block of this.blocks.values()) {
      const { height } = block.header;
      byHeight.set(height, [...(byHeight.get(height) ?? []), block]);
    }
    const contested = [...byHeight.values()].filter(({ length }) => length > 1);
    return contested.at(-1) ?? [];
  }

  know(block: Block): void {
    const hash = headerHash(block.header);
    if (this.blocks.has(hash)) return;
    this.blocks.set(hash, block);
    if (this.blocks.size > BLOCKS_KEPT) this.blocks.delete(this.blocks.keys().next().value ?? '');
    if (block.header.height > (this.tip?.header.height ?? 0)) this.tip = block;
  }

  #receive(bytes: Uint8Array): void {
    const { blocks, votes } = hear(bytes);
    if (blocks.length + votes.length > 0) this.messages.push(bytes);
    if (this.messages.length > MESSAGES_KEPT) this.messages.shift();
    for (const block of blocks) this.know(block);
    for (const { source, target } of votes) this.links.push({ source, target });
    if (this.links.length > LINKS_KEPT) this.links.splice(0, this.links.length - LINKS_KEPT);
  }

  #answer(question: Uint8Array): Promise<Uint8Array> {
    const { answers, tip } = this;
    if (answers === 'nothing') return new Promise(() => undefined);
    if (answers === 'garbage' || tip === undefined) return Promise.resolve(utf8('{"blocks":'));
    const kind = questionKind(question);
    if (kind === 'votes') return Promise.resolve(utf8('[]'));
    if (kind !== 'chain') return Promise.resolve(utf8('null'));
    const chain = this.#chainFor(answers, tip);
    return Promise.resolve(chainAnswer(chain, checkpointOf(chain.at(-1) ?? tip)));
  }

  #chainFor(answers: typeof this.answers, tip: Block): Block[] {
    if (answers === 'its-chain') return this.#chainTo(tip);
    this.longChains += 1;
    const wrong = { stateRoot: toHex(this.random.bytes(32)) as Header['stateRoot'] };
    return answers === 'nonsense-chain' ? this.#longChainOn(tip, wrong) : this.#longChainOn(this.#oldestNear(tip), {});
  }

  #chainTo(tip: Block): Block[] {
    const chain: Block[] = [];
    for (let at: Block | undefined = tip; at !== undefined && chain.length < 20; ) {
      chain.unshift(at);
      at = this.blocks.get(at.header.previousHash);
    }
    return chain;
  }

  #oldestNear(tip: Block): Block {
    return this.#chainTo(tip)[0] ?? tip;
  }

  /** Long and well signed. With nothing changed its blocks are valid, and others are final beside them. */
  #longChainOn(parent: Block, changes: Partial<Header>): Block[] {
    const chain: Block[] = [];
    for (let at = parent; chain.length < LONG_CHAIN; ) {
      at = this.block(at, [], changes);
      chain.push(at);
    }
    return chain;
  }
}

export function checkpointOf({ header }: Block): Checkpoint {
  return { height: header.height, hash: headerHash(header) };
}
