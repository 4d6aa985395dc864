/** A ledger of one hospital for tests, and members that give its state, honestly or not; time passes when somebody waits. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { labelledHash, toHex, uint32 } from '@clearchart/crypto';
import {
  applyBlock,
  type Block,
  type BlockParent,
  chainIdOf,
  type Checkpoint,
  draftBlock,
  draftTransaction,
  type Genesis,
  genesisParent,
  type Header,
  headerHash,
  headerSignatureMessage,
  isRejection,
  type OrganizationId,
  parentOf,
  signTransaction,
  type Transaction,
  type TransactionBody,
  transactionId,
  type TransactionType,
} from '@clearchart/ledger';
import { createSigner, nodeVerifier } from '@clearchart/node-crypto';
import { openStateForReading, openStateRows, openStateStore } from '@clearchart/state-store';
import { type SnapshotGiver as Giver, SnapshotGiver } from './give-snapshots.ts';

export const bytesOf = (name: string, index = 0): Uint8Array => labelledHash(`clearchart/test/${name}`, uint32(index));
const signer = createSigner(bytesOf('signer'));
export const organization = toHex(bytesOf('organization').subarray(0, 16)) as OrganizationId;
export const genesis = {
  version: 1,
  engine: 'proof-of-work',
  createdAt: 1_795_000_000_000,
  target: 'f'.repeat(64),
  limits: { transactionsPerBlock: 1_000, blockBytes: 8 * 1024 * 1024 },
  members: [{ organization, name: 'City General', publicKey: toHex(signer.publicKey) }],
  salt: toHex(bytesOf('salt')),
} as unknown as Genesis;
export const chainId = chainIdOf(genesis);

export const checkSignature = (check: { publicKey: Uint8Array; message: Uint8Array; signature: Uint8Array }) =>
  nodeVerifier.verify(check.publicKey, check.message, check.signature);

/** Time passes when nobody has anything else to do: whoever waits the shortest acts next. */
export function passingTime() {
  let now = genesis.createdAt;
  let waiting: { due: number; act: () => void }[] = [];
  const next = (): void => {
    const first = waiting.reduce(
      (least, one) => (one.due < least.due ? one : least),
      waiting[0] as { due: number; act: () => void },
    );
    waiting = waiting.filter((one) => one !== first);
    now = Math.max(now, first.due);
    first.act();
  };
  return {
    clock: { now: () => now },
    timers: {
      after(delayMs: number, act: () => void) {
        const one = { due: now + delayMs, act };
        // What is due in an hour is not waited for here.
        if (delayMs >= 1_000_000) return () => undefined;
        waiting.push(one);
        setImmediate(() => waiting.length > 0 && next());
        return () => void (waiting = waiting.filter((other) => other !== one));
      },
    },
    pass: (milliseconds: number) => void (now += milliseconds),
  };
}

export class TestLedger {
  readonly folder = mkdtempSync(join(tmpdir(), 'snapshots-'));
  readonly path = join(this.folder, 'state.db');
  readonly state = openStateStore(this.path, genesis);
  readonly blocks: Block[] = [];
  readonly time = passingTime();
  #counter = 0;

  get parent(): BlockParent {
    const last = this.blocks.at(-1);
    return last === undefined ? genesisParent(genesis) : parentOf(last.header);
  }

  /** A block with transactions of so many records each. */
  mine(...records: number[]): Block {
    const time = this.parent.time + 1_000;
    const list = records.map((count) => {
      const anchored = Array.from({ length: count }, () => ({
        record: this.#hex(16),
        version: 1,
        subject: null,
        categoryTag: this.#hex(16),
        commitment: this.#hex(32),
      }));
      return this.#sign('anchor-records', { organization, records: anchored } as never, time);
    });
    const drafted = draftBlock(list, this.state, this.parent, genesis, organization, time, checkSignature);
    if (isRejection(drafted)) throw new Error(drafted.code);
    const signature = toHex(signer.sign(headerSignatureMessage(drafted.template))) as Header['signature'];
    const block = { header: { ...drafted.template, nonce: '0'.repeat(16) as never, signature }, transactions: list };
    const changes = applyBlock(block, this.state, this.parent, genesis, checkSignature);
    if (isRejection(changes)) throw new Error(changes.code);
    const { header } = block;
    this.state.commit({ header, hash: headerHash(header), ids: list.map(transactionId) }, changes);
    this.blocks.push(block);
    return block;
  }

  /** What follows a place, as members answer. */
  after({ height, hash }: Checkpoint): readonly Block[] {
    const known = height === 0 ? chainId : headerHash((this.blocks[height - 1] as Block).header);
    return known === hash ? this.blocks.slice(height, height + 4) : [];
  }

  giver(name: string, canGive = true): Giver {
    const copy = join(this.folder, `${name}.db`);
    return new SnapshotGiver({
      ...this.time,
      openState: () => openStateForReading(this.path, genesis),
      newCopy: () => openStateRows(copy, 'scratch'),
      dropCopy: () => rmSync(copy, { force: true }),
      transactionCount: () => this.state.transactionCount,
      canGive: () => canGive,
      proofOf: (height) => {
        const header = this.blocks[height - 1]?.header;
        return header === undefined ? undefined : { final: { header, votes: [] }, memberChanges: [] };
      },
      headers: (from, count) => this.blocks.slice(from - 1, from - 1 + count).map(({ header }) => header),
      block: async (height) => this.blocks[height - 1],
      nodes: this.state,
      onFault: (fault) => {
        throw fault;
      },
    });
  }

  close(): void {
    this.state.close();
    rmSync(this.folder, { recursive: true });
  }

  #sign<T extends TransactionType>(type: T, body: TransactionBody<T>, time: number): Transaction<T> {
    const draft = draftTransaction({ chainId, type, body, validUntil: time + 3_600_000, nonce: this.#hex(16) });
    return signTransaction(draft, [{ signer: organization, role: 'organization', key: signer }]);
  }

  #hex(length: number): string {
    this.#counter += 1;
    return toHex(bytesOf('value', this.#counter).subarray(0, length));
  }
}
