/** A chain in memory for tests: founded, signed and mined with the real rules, every block by its first member. */
import { fromHex, labelledHash, type Signer, toHex, uint32, uint64 } from '@clearchart/crypto';
import { createSigner, nodeVerifier } from '@clearchart/node-crypto';
import {
  type AccessId,
  type AnchoredRecord,
  applyBlock,
  applyTransaction,
  type Block,
  type BlockParent,
  chainIdOf,
  type CheckSignature,
  decodeValue,
  draftBlock,
  draftTransaction,
  type Genesis,
  genesisParent,
  genesisState,
  type Header,
  headerHash,
  headerSignatureMessage,
  isRejection,
  type MemberChange,
  meetsTarget,
  type OrganizationId,
  parentOf,
  proveInclusion,
  proveState,
  type Pseudonym,
  type PublicKey,
  type Receipt,
  recordKey,
  type Rejection,
  signTransaction,
  type StateChanges,
  type StateNode,
  StateOverlay,
  type StateReader,
  type Transaction,
  type TransactionBody,
  transactionId,
  type TransactionId,
  type TransactionType,
} from './index.ts';

export class MemoryState implements StateReader {
  root: Uint8Array = new Uint8Array(32);
  readonly entries = new Map<string, Uint8Array>();
  readonly nodes = new Map<string, StateNode>();
  readonly used = new Set<string>();

  get(key: string): Uint8Array | undefined {
    return this.entries.get(key);
  }
  isUsed(id: TransactionId): boolean {
    return this.used.has(id);
  }
  node(hash: Uint8Array): StateNode | undefined {
    return this.nodes.get(toHex(hash));
  }
  apply(changes: StateChanges): void {
    this.root = changes.root;
    for (const [key, value] of changes.entries) {
      if (value === undefined) this.entries.delete(key);
      else this.entries.set(key, value);
    }
    for (const [name, node] of changes.nodes) this.nodes.set(name, node);
    for (const id of changes.usedIds) this.used.add(id);
  }
  copy(): MemoryState {
    const copy = new MemoryState();
    copy.root = this.root;
    for (const [key, value] of this.entries) copy.entries.set(key, value);
    for (const [name, node] of this.nodes) copy.nodes.set(name, node);
    for (const id of this.used) copy.used.add(id);
    return copy;
  }
}

const FOUNDED_AT = 1_795_000_000_000;

/** Seeded bytes: tests repeat exactly. */
export function seeded(name: string, index = 0): Uint8Array {
  return labelledHash(`clearchart/test/${name}`, uint32(index));
}

export const publicKeyOf = (key: Signer): PublicKey => toHex(key.publicKey) as PublicKey;

export const keyNamed = (name: string): Signer => createSigner(seeded(name));

const LIMITS = { transactionsPerBlock: 100, blockBytes: 1024 * 1024 };

export interface TestHospital {
  readonly organization: OrganizationId;
  readonly signer: Signer;
}

const FOUNDERS = ['organization', 'other-organization', 'third-organization', 'fourth-organization'].map(
  (name): TestHospital => ({
    organization: toHex(seeded(`${name}-id`).subarray(0, 16)) as OrganizationId,
    signer: createSigner(seeded(name)),
  }),
);
const NAMES = ['City General', 'Lake Side', 'North Clinic', 'Harbour Hospital'];

/** @param hospitals Members it is founded with; only the first makes blocks. */
export function createTestChain(hospitals: 1 | 2 | 3 | 4 = 1, limits: Genesis['limits'] = LIMITS) {
  const [first, other] = FOUNDERS as [TestHospital, TestHospital];
  const { organization, signer } = first;
  const members = FOUNDERS.slice(0, hospitals);
  const genesis = {
    version: 1,
    engine: 'proof-of-work',
    createdAt: FOUNDED_AT,
    target: `00${'f'.repeat(62)}`,
    limits,
    members: members.map((member, index) => ({
      organization: member.organization,
      name: NAMES[index],
      publicKey: publicKeyOf(member.signer),
    })),
    salt: toHex(seeded('salt')),
  } as unknown as Genesis;
  const chainId = chainIdOf(genesis);
  const state = new MemoryState();
  state.apply(genesisState(genesis));
  const blocks: Block[] = [];
  let counter = 0;
  const checkSignature: CheckSignature = (check) =>
    nodeVerifier.verify(check.publicKey, check.message, check.signature);
  const next = (name: string): Uint8Array => seeded(name, (counter += 1));

  return {
    genesis,
    chainId,
    organization,
    signer,
    otherOrganization: other.organization,
    otherSigner: other.signer,
    hospitals: members,
    state,
    blocks,
    verifier: nodeVerifier,
    checkSignature,
    get time(): number {
      return blocks.at(-1)?.header.time ?? FOUNDED_AT;
    },
    get parent(): BlockParent {
      const last = blocks.at(-1);
      return last === undefined ? genesisParent(genesis) : parentOf(last.header);
    },
    pseudonym: (): Pseudonym => toHex(next('pseudonym').subarray(0, 16)) as Pseudonym,
    anchored(subject: Pseudonym | null, version = 1): AnchoredRecord {
      return {
        record: toHex(next('record').subarray(0, 16)),
        version,
        subject,
        categoryTag: toHex(next('tag').subarray(0, 16)),
        commitment: toHex(next('commitment')),
      } as AnchoredRecord;
    },
    draft<T extends TransactionType>(type: T, body: TransactionBody<T>, validForMs = 3_600_000) {
      const nonce = toHex(next('nonce').subarray(0, 16));
      return draftTransaction({ chainId, type, body, validUntil: this.time + validForMs, nonce });
    },
    sign<T extends TransactionType>(type: T, body: TransactionBody<T>, validForMs?: number): Transaction<T> {
      return this.signAs(first, type, body, validForMs);
    },
    signAs<T extends TransactionType>(
      by: TestHospital,
      type: T,
      body: TransactionBody<T>,
      validForMs?: number,
    ): Transaction<T> {
      return signTransaction(this.draft(type, body, validForMs), [
        { signer: by.organization, role: 'organization', key: by.signer },
      ]);
    },
    valueOf(key: string): unknown {
      const bytes = state.get(key);
      return bytes === undefined ? null : decodeValue(bytes);
    },
    snapshot: (): MemoryState => state.copy(),
    /** Why the next block may not hold the transaction; undefined when it may. Changes nothing. */
    offer(transaction: Transaction, at?: number): Rejection | undefined {
      const time = at ?? this.time + 1_000;
      const context = { chainId, height: this.parent.height + 1, time, checkSignature };
      return applyTransaction(transaction, new StateOverlay(state), context);
    },
    /** Enrols somebody, with a key or without one. */
    enrol(key?: Signer): Pseudonym {
      const pseudonym = this.pseudonym();
      const publicKey = key === undefined ? null : publicKeyOf(key);
      const draft = this.draft('enrol-person', { organization, pseudonym, publicKey });
      const own = { signer: organization, role: 'organization', key: signer } as const;
      this.mine([
        signTransaction(draft, key === undefined ? [own] : [own, { signer: pseudonym, role: 'new-key', key }]),
      ]);
      return pseudonym;
    },
    /** For a record that one of the blocks anchors. */
    receipt(anchored: AnchoredRecord, memberChanges: readonly MemberChange[] = []): Receipt {
      const { record, version, commitment } = anchored;
      const block = blocks.find(({ transactions }) => indexOfAnchor(transactions, anchored) >= 0);
      if (block === undefined) throw new Error('no block anchors it');
      const { header, transactions } = block;
      const index = indexOfAnchor(transactions, anchored);
      const transaction = transactions[index] as Transaction;
      const key = recordKey(record, version);
      return {
        version: 1,
        record,
        recordVersion: version,
        commitment,
        transactionId: transactionId(transaction),
        transaction,
        finality: 'final',
        blockHeight: header.height,
        genesis,
        memberChanges,
        header,
        votes: [],
        inclusionProof: proveInclusion(transactions, index),
        stateProof: proveState(state, fromHex(header.stateRoot), key, this.valueOf(key)),
      };
    },
    access: (): AccessId => toHex(next('access').subarray(0, 16)) as AccessId,
    /** Seals a block over the transactions and applies it. @throws when the ledger refuses one. */
    mine(transactions: readonly Transaction[], at?: number, key = signer, proposer = organization): Block {
      const time = at ?? this.time + 1_000;
      const drafted = draftBlock(transactions, state, this.parent, genesis, proposer, time, checkSignature);
      if (isRejection(drafted)) throw new Error(`refused: ${drafted.code} ${JSON.stringify(drafted.detail)}`);
      const signature = toHex(key.sign(headerSignatureMessage(drafted.template))) as Header['signature'];
      let nonce = 0;
      let header: Header;
      do {
        header = { ...drafted.template, nonce: toHex(uint64(nonce)), signature };
        nonce += 1;
      } while (!meetsTarget(headerHash(header), header.target));
      const block = { header, transactions };
      const changes = applyBlock(block, state, this.parent, genesis, checkSignature);
      if (isRejection(changes)) throw new Error(`refused: ${changes.code}`);
      state.apply(changes);
      blocks.push(block);
      return block;
    },
  };
}

function indexOfAnchor(transactions: readonly Transaction[], { record, version }: AnchoredRecord): number {
  return transactions.findIndex(
    (one) =>
      one.type === 'anchor-records' && one.body.records.some((it) => it.record === record && it.version === version),
  );
}

export type TestChain = ReturnType<typeof createTestChain>;
