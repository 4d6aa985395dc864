/**
 * Brings the blocks below a snapshot, while the node takes part already: fetches them from other members, holds each to the hash that the
 * final header leads down to, and applies it under all rules from the genesis file on. What was believed of the snapshot until then is so
 * checked in the end: the state that the blocks give takes the place of the one that was fetched.
 */
import type { SignatureVerifier } from '@clearchart/crypto';
import type { Clock, Timers } from '@clearchart/exchange';
import {
  type Block,
  type BlockParent,
  type BlockStore,
  chainIdOf,
  type Checkpoint,
  decodeValue,
  encodeBlock,
  type Genesis,
  genesisParent,
  type Header,
  headerHash,
  isChain,
  isQuorumUnder,
  isRejection,
  MEMBERS_KEY,
  type MemberSet,
  type OrganizationId,
  parentOf,
  parseBlock,
  type Rejection,
  type StateChanges,
  type StateReader,
  type StateStore,
  type SupermajorityLink,
  transactionId,
  votersOf,
} from '@clearchart/ledger';
import { HeaderHashes } from './header-hashes.ts';
import { HISTORY_LOOKS_MS, HISTORY_REST_MS } from './limits.ts';

export interface HistoryPorts {
  readonly genesis: Genesis;
  readonly verifier: SignatureVerifier;
  /** Made from the blocks alone, in step with each other or the state one block behind. */
  readonly older: { readonly state: StateStore; readonly blocks: BlockStore };
  /** Of the block after which the fetched state was. */
  readonly base: Header;
  /** Blocks from the base on. */
  readonly recent: Pick<BlockStore, 'read'>;
  readonly check: (block: Block, state: StateReader, parent: BlockParent) => Promise<StateChanges | Rejection>;
  readonly peers: () => readonly OrganizationId[];
  readonly nameOf: (organization: OrganizationId) => string | undefined;
  /** @throws when no answer comes. */
  readonly ask: (peer: OrganizationId, question: Uint8Array) => Promise<Uint8Array>;
  /** What follows a block on another member's chain, and links that made some of it final. @throws when no answer comes. */
  readonly fetch: (
    peer: OrganizationId,
    after: Checkpoint,
  ) => Promise<{ readonly blocks: readonly Block[]; readonly links: readonly SupermajorityLink[] }>;
  readonly keepLinks: (links: readonly SupermajorityLink[]) => void;
  /** Puts the older stores in the place of those that were fetched; false when these are further on. */
  readonly exchange: () => boolean;
  /** After each older block. */
  readonly onMore: () => void;
  readonly onNote: (words: string) => void;
  /** The history cannot be the one that is final. */
  readonly onFault: (fault: unknown) => void;
  readonly clock: Clock;
  readonly timers: Timers;
}

export class History {
  readonly #ports: HistoryPorts;
  readonly #hashes: HeaderHashes;
  readonly #links = new Map<number, SupermajorityLink>();
  readonly #named = new Set<OrganizationId>();
  readonly #running: Promise<void>;
  #giver: OrganizationId | undefined;
  #parent: BlockParent;
  #isClosed = false;
  #wake: () => void = () => undefined;

  constructor(ports: HistoryPorts) {
    this.#ports = ports;
    const { base, genesis, older } = ports;
    const onWrong = (peer: OrganizationId) => this.#name(peer, 'gave headers that do not lead to the final block');
    this.#hashes = new HeaderHashes({ ...ports, onWrong, lowest: older.state.height + 1, top: base });
    const header = older.state.header(older.state.height);
    this.#parent = header === undefined ? genesisParent(genesis) : parentOf(header);
    this.#running = this.#run().catch((fault: unknown) => {
      if (!this.#isClosed) ports.onFault(fault);
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#wake();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { base, clock, exchange, older, recent } = this.#ports;
    while (!this.#isClosed) {
      const startedAt = clock.now();
      const height = older.state.height + 1;
      // After a crash one may lie there that the state lacks.
      const here = await older.blocks.read(height);
      const bytes = here ?? (height < base.height ? undefined : await recent.read(height));
      if (bytes !== undefined) await this.#apply(blockOf(bytes, height));
      else if (height >= base.height) {
        if (exchange()) return;
        await this.#rest(HISTORY_LOOKS_MS);
      } else if (!(await this.#fetch(height))) await this.#rest(HISTORY_LOOKS_MS);
      await this.#rest(Math.max(HISTORY_REST_MS, clock.now() - startedAt));
    }
  }

  /** The blocks from this height on that some member gives; false when nobody does now. */
  async #fetch(height: number): Promise<boolean> {
    const { base, clock, fetch, peers } = this.#ports;
    if (!(await this.#hashes.reachDown())) return false;
    const after: Checkpoint = this.#parent;
    if (this.#hashes.at(height - 1) !== after.hash)
      throw new Error(`the ledger here is of another history than block ${base.height}, which is final`);
    // Whoever gave last comes first, so that one who lets everybody wait is waited for once.
    const givers = [...peers()].sort((left, right) => Number(right === this.#giver) - Number(left === this.#giver));
    for (const peer of givers) {
      const given = await fetch(peer, after).catch(() => undefined);
      if (given === undefined || given.blocks.length === 0) continue;
      const below = given.blocks.filter((block) => block.header.height < base.height);
      const wrong = below.findIndex((block, index) => headerHash(block.header) !== this.#hashes.at(height + index));
      const good = wrong < 0 ? below : below.slice(0, wrong);
      if (wrong >= 0 || !isChain(after, below)) this.#name(peer, 'gave older blocks that are others');
      if (good.length === 0 || !isChain(after, good)) continue;
      this.#giver = peer;
      for (const link of given.links) this.#links.set(link.source.height, link);
      for (const block of good) {
        if (this.#isClosed) return true;
        const startedAt = clock.now();
        await this.#apply(block);
        await this.#rest(Math.max(HISTORY_REST_MS, clock.now() - startedAt));
      }
      this.#links.clear();
      return true;
    }
    return false;
  }

  async #apply(block: Block): Promise<void> {
    const { check, onMore, older } = this.#ports;
    const { header } = block;
    const changes = await check(block, older.state, this.#parent);
    if (isRejection(changes))
      throw new Error(`block ${header.height} is final by the members' votes and is not valid: ${changes.code}`);
    if (older.blocks.height < header.height) await older.blocks.append(header.height, encodeBlock(block));
    const hash = headerHash(header);
    older.state.commit({ header, hash, ids: block.transactions.map(transactionId) }, changes);
    this.#parent = parentOf(header);
    this.#keepLink(header.height, hash);
    onMore();
  }

  /** The one that made this block final, so that it can be shown to be; by the members that vote on the block after it. */
  #keepLink(height: number, hash: string): void {
    const { genesis, keepLinks, older, verifier } = this.#ports;
    const link = this.#links.get(height);
    const members = older.state.get(MEMBERS_KEY);
    if (link === undefined || members === undefined || link.source.hash !== hash) return;
    if (link.target.height !== height + 1 || link.target.hash !== this.#hashes.at(height + 1)) return;
    const votersUnder = (set: MemberSet) => votersOf(link, chainIdOf(genesis), set, verifier);
    if (isQuorumUnder(decodeValue(members) as MemberSet, votersUnder)) keepLinks([link]);
  }

  /** Each member once, so that one that goes on does not fill the log. */
  #name(peer: OrganizationId, what: string): void {
    const { nameOf, onNote } = this.#ports;
    if (!this.#named.has(peer)) onNote(`${nameOf(peer) ?? peer} ${what}`);
    this.#named.add(peer);
  }

  #rest(milliseconds: number): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = this.#ports.timers.after(milliseconds, resolve);
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
  }
}

function blockOf(bytes: Uint8Array, height: number): Block {
  const block = parseBlock(bytes);
  if (isRejection(block)) throw new Error(`block ${height} on disk does not read: ${block.code}`);
  return block;
}
