/** A one-member chain in memory for tests: founded, signed and mined with the real rules. */
import { labelledHash, toHex, uint32, uint64 } from '@clearchart/crypto';
import { createSigner, nodeVerifier } from '@clearchart/node-crypto';
import {
  type AnchoredRecord,
  applyBlock,
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
  meetsTarget,
  parentOf,
  type Pseudonym,
  signTransaction,
  type StateChanges,
  type StateNode,
  type StateReader,
  type Transaction,
  type TransactionBody,
  type TransactionId,
  type TransactionType,
} from './index.ts';

export class MemoryState implements StateReader {
  root: Uint8Array = new Uint8Array(32);
  readonly entries = new Map<string, Uint8Array>();
  readonly nodes = new Map<string, StateNode>();
  readonly used = new Map<number, Set<string>>();

  get(key: string): Uint8Array | undefined {
    return this.entries.get(key);
  }
  isUsed(hour: number, id: TransactionId): boolean {
    return this.used.get(hour)?.has(id) === true;
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
    for (const { hour, id } of changes.usedIds) this.used.set(hour, (this.used.get(hour) ?? new Set()).add(id));
    for (const hour of changes.droppedHours) this.used.delete(hour);
  }
  copy(): MemoryState {
    const copy = new MemoryState();
    copy.root = this.root;
    for (const [key, value] of this.entries) copy.entries.set(key, value);
    for (const [name, node] of this.nodes) copy.nodes.set(name, node);
    for (const [hour, ids] of this.used) copy.used.set(hour, new Set(ids));
    return copy;
  }
}

const FOUNDED_AT = 1_795_000_000_000;

/** Seeded bytes: tests repeat exactly. */
export function seeded(name: string, index = 0): Uint8Array {
  return labelledHash(`clearchart/test/${name}`, uint32(index));
}

export function createTestChain() {
  const signer = createSigner(seeded('organization'));
  const organization = toHex(seeded('organization-id').subarray(0, 16)) as Header['proposer'];
  const genesis = {
    version: 1,
    engine: 'proof-of-work',
    createdAt: FOUNDED_AT,
    target: `000f${'f'.repeat(60)}`,
    limits: { transactionsPerBlock: 100, blockBytes: 1024 * 1024 },
    members: [{ organization, name: 'City General', publicKey: toHex(signer.publicKey) }],
    salt: toHex(seeded('salt')),
  } as Genesis;
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
      return signTransaction(this.draft(type, body, validForMs), [
        { signer: organization, role: 'organization', key: signer },
      ]);
    },
    valueOf(key: string): unknown {
      const bytes = state.get(key);
      return bytes === undefined ? null : decodeValue(bytes);
    },
    snapshot: (): MemoryState => state.copy(),
    /** Seals a block over the transactions and applies it. @throws when the ledger refuses one. */
    mine(transactions: readonly Transaction[], time = this.time + 1_000, key = signer): Block {
      const drafted = draftBlock(transactions, state, this.parent, genesis, organization, time, checkSignature);
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

export type TestChain = ReturnType<typeof createTestChain>;
