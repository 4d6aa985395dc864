/** Answers about the ledger from what is on this node's disk: blocks, headers, proofs, receipts. */
import { fromHex } from '@clearchart/crypto';
import {
  type Block,
  type BlockStore,
  candidateKey,
  type CandidateState,
  chainIdOf,
  completeKey,
  type ConsensusStore,
  decodeValue,
  type Engine,
  type Finality,
  type FinalityProof,
  type Genesis,
  genesisMembers,
  type Header,
  isAlone,
  isRejection,
  MEMBERS_KEY,
  type MemberChange,
  type MemberSet,
  type OrganizationId,
  organizationKey,
  parseBlock,
  proveInclusion,
  proveState,
  type Receipt,
  type RecordId,
  recordKey,
  type StateProof,
  type StateStore,
  type Transaction,
  type TransactionId,
} from '@clearchart/ledger';
import type { LedgerMember, LedgerNode, LedgerStatus } from '@clearchart/api';
import { assertHere, assertWhole, historyOf, type OlderBlocks } from './older-blocks.ts';

export interface LedgerReaderPorts {
  readonly genesis: Genesis;
  readonly engine: Engine;
  readonly blocks: BlockStore;
  readonly state: StateStore & { transactionsAt(height: number): number | undefined };
  /** Keeps the votes; where one member signs alone there are none. */
  readonly consensus?: Pick<ConsensusStore, 'linkFrom'>;
  /** Undefined when all blocks are here. */
  readonly older?: () => OlderBlocks | undefined;
}

/** A record version and the transaction that anchors it, as the clinical store knows them. */
export interface VersionAnchor {
  readonly record: string;
  readonly version: number;
  readonly transactionId: string;
}

export class LedgerReader {
  readonly #ports: LedgerReaderPorts;

  constructor(ports: LedgerReaderPorts) {
    this.#ports = ports;
  }

  get genesis(): Genesis {
    return this.#ports.genesis;
  }

  /** Undefined when all blocks are here. */
  get older(): OlderBlocks | undefined {
    return this.#ports.older?.();
  }

  get height(): number {
    return this.#ports.state.height;
  }

  status(): LedgerStatus {
    const { engine, genesis } = this.#ports;
    const history = historyOf(this.older);
    const status = { chainId: chainIdOf(genesis), engine: genesis.engine, ...engine.status(), members: this.members() };
    return history === undefined ? status : { ...status, history };
  }

  members(): LedgerMember[] {
    const { state } = this.#ports;
    const set = this.#value(MEMBERS_KEY) as { members: { organization: string; publicKey: string }[] };
    return set.members.map(({ organization, publicKey }) => {
      const bytes = state.get(organizationKey(organization as never));
      const name = bytes === undefined ? '' : (decodeValue(bytes) as { name: string }).name;
      return { organization, name, publicKey };
    });
  }

  /** Members first, then who is admitted and not one yet; without the addresses. */
  nodes(): Omit<LedgerNode, 'address'>[] {
    const { genesis, state } = this.#ports;
    const set = this.#value(MEMBERS_KEY) as MemberSet;
    const coming = set.next?.members ?? set.members;
    const sets = [{ height: 0, set: genesisMembers(genesis) }, ...state.memberChanges()];
    const nodes = this.members().map((member): Omit<LedgerNode, 'address'> => {
      const isOne = ({ organization }: { organization: string }): boolean => organization === member.organization;
      // Whoever left and came again is a member since the last time.
      const without = sets.findLastIndex(({ set: { members } }) => !members.some(isOne));
      // Which block brought a decision into force is told by older blocks.
      const block = this.older === undefined ? this.header(sets[without + 1]?.height ?? 0) : undefined;
      const since = without < 0 ? genesis.createdAt : block?.time;
      const standing = coming.some(isOne) ? 'member' : 'leaving';
      return { ...member, standing, ...(since === undefined ? {} : { since }) };
    });
    const joining = coming.filter(({ organization }) => nodes.every((node) => node.organization !== organization));
    return [...nodes, ...joining.map(({ organization, publicKey }) => this.#joining(organization, publicKey))];
  }

  #joining(organization: OrganizationId, publicKey: string): Omit<LedgerNode, 'address'> {
    const name = (this.#value(candidateKey(organization)) as CandidateState | null)?.name ?? '';
    return { organization, publicKey, name, standing: 'joining' };
  }

  organizationName(organization: string): string {
    return this.members().find((member) => member.organization === organization)?.name ?? organization;
  }

  header(height: number): Header | undefined {
    return this.#ports.state.header(height);
  }

  /** Lowest first; at most `limit`. @throws ApiError while the first of them is not here yet */
  headers(from: number, limit: number): Header[] {
    assertHere(this.older, from);
    const headers: Header[] = [];
    for (let height = Math.max(1, from); headers.length < limit; height += 1) {
      const header = this.header(height);
      if (header === undefined) break;
      headers.push(header);
    }
    return headers;
  }

  /** @throws Error when a block on disk does not read: the node must not answer from damaged data. ApiError while it is not here yet. */
  async block(height: number): Promise<Block | undefined> {
    if (height < 1 || height > this.height) return undefined;
    assertHere(this.older, height);
    const bytes = await this.#ports.blocks.read(height);
    if (bytes === undefined) return undefined;
    const block = parseBlock(bytes);
    if (isRejection(block)) throw new Error(`block ${height} on disk does not read: ${block.code}`);
    return block;
  }

  async transaction(id: TransactionId): Promise<{ transaction: Transaction; height: number | undefined } | undefined> {
    const place = this.#ports.state.placeOf(id);
    if (place === undefined) {
      const { engine } = this.#ports;
      const transaction = engine.unsettled(id);
      if (transaction === undefined) assertWhole(this.older);
      return transaction === undefined ? undefined : { transaction, height: engine.placeOf(id)?.height };
    }
    const transaction = (await this.block(place.height))?.transactions[place.position];
    return transaction === undefined ? undefined : { transaction, height: place.height };
  }

  async transactionProof(id: TransactionId) {
    const place = this.#ports.state.placeOf(id);
    if (place === undefined && this.#ports.engine.finality(id) === undefined) assertWhole(this.older);
    const block = place === undefined ? undefined : await this.block(place.height);
    const transaction = place === undefined ? undefined : block?.transactions[place.position];
    if (place === undefined || block === undefined || transaction === undefined) return undefined;
    const inclusionProof = proveInclusion(block.transactions, place.position);
    return { transactionId: id, transaction, header: block.header, inclusionProof };
  }

  /** Under the newest header; absent keys get a proof of absence. Undefined before the first block. */
  stateProof(key: string): { stateProof: StateProof; header: Header } | undefined {
    const header = this.header(this.height);
    if (header === undefined) return undefined;
    return { stateProof: this.#prove(key, header, this.#value(key)), header };
  }

  stateProofUnder(header: Header, key: string): StateProof {
    return this.#prove(key, header, this.#value(key));
  }

  #prove(key: string, header: Header, value: unknown): StateProof {
    assertHere(this.older, header.height);
    const nodes = this.older?.nodesOf(header.height) ?? this.#ports.state;
    return proveState(nodes, fromHex(header.stateRoot), key, value);
  }

  transactionCount(height: number): number {
    return this.#ports.state.transactionsAt(height) ?? 0;
  }

  /** The last time up to which the organization declared its accesses, milliseconds; 0 for never. */
  declaredUpTo(organization: OrganizationId): number {
    return (this.#value(completeKey(organization)) as { time: number } | null)?.time ?? 0;
  }

  #value(key: string): unknown {
    const bytes = this.#ports.state.get(key);
    return bytes === undefined ? null : decodeValue(bytes);
  }

  /** What shows that the block is final. Without votes while the link that makes it so is not kept yet. */
  finalityProof(header: Header): FinalityProof {
    const { state, genesis, consensus } = this.#ports;
    const set = state.memberChanges().findLast(({ height }) => height < header.height)?.set ?? genesisMembers(genesis);
    const link = isAlone(set) ? undefined : consensus?.linkFrom(header.height);
    if (link === undefined) return { header, votes: [] };
    const following = this.headers(header.height + 1, link.source.height - header.height);
    const last = header.height + following.length;
    if (last < link.source.height) assertHere(this.older, last + 1);
    return { header, votes: [link], ...(following.length === 0 ? {} : { following }) };
  }

  /** What leads a reader from the genesis file to the member set that voted on the block, and on those following it. */
  memberChangesTo({ header, following }: FinalityProof): MemberChange[] {
    return this.#memberChanges(header.height + (following?.length ?? 0));
  }

  /** Every decision on other members so far. */
  memberChanges(): MemberChange[] {
    return this.#memberChanges(this.height);
  }

  #memberChanges(upTo: number): MemberChange[] {
    const { base, memberChanges } = this.older ?? { base: 0, memberChanges: [] };
    const told = memberChanges.filter(({ header }) => header.height <= Math.min(base, upTo));
    const decisions = this.#ports.state
      .memberChanges()
      .filter(({ height, set }) => height > base && height <= upTo && set.next !== undefined);
    const own = decisions.map(({ height, set }) => {
      const header = this.header(height);
      if (header === undefined) throw new Error(`block ${height} has no header on disk`);
      return { ...this.finalityProof(header), stateProof: this.#prove(MEMBERS_KEY, header, set) };
    });
    return [...told, ...own];
  }

  /** Of the transaction that anchors a version. What an older block anchored that is not here yet is final too: the state says so. */
  finalityOf({ record, version, transactionId: id }: VersionAnchor): Finality {
    const isAnchored = (): boolean => this.#value(recordKey(record as RecordId, version)) !== null;
    return this.#ports.engine.finality(id as TransactionId) ?? (isAnchored() ? 'final' : 'pending');
  }

  /** Undefined while the anchor waits for a block. @throws ApiError while that block is not here yet */
  async receipt(anchor: VersionAnchor): Promise<Receipt | undefined> {
    const { engine } = this.#ports;
    const id = anchor.transactionId as TransactionId;
    const proof = await this.transactionProof(id);
    if (proof === undefined) return undefined;
    const { header, transaction, inclusionProof } = proof;
    if (transaction.type !== 'anchor-records') return undefined;
    const anchored = transaction.body.records.find(
      (one) => one.record === anchor.record && one.version === anchor.version,
    );
    if (anchored === undefined) return undefined;
    const key = recordKey(anchor.record as RecordId, anchor.version);
    const final = this.finalityProof(header);
    return {
      version: 1,
      record: anchor.record as RecordId,
      recordVersion: anchor.version,
      commitment: anchored.commitment,
      transactionId: id,
      transaction,
      finality: engine.finality(id) ?? 'included',
      blockHeight: header.height,
      genesis: this.genesis,
      memberChanges: this.memberChangesTo(final),
      ...final,
      inclusionProof,
      stateProof: this.#prove(key, header, this.#value(key)),
    };
  }
}
