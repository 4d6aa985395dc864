// Signatures of final transactions a second, from signed bytes to "final", durable, beside raw `crypto.verify` on the same cores. The
// target is so easy that mining costs one hash; its share is shown beside.
import { openBlockStore, openNodeDisk } from '@clearchart/block-store';
import { toHex } from '@clearchart/crypto';
import {
  type Genesis,
  chainIdOf,
  draftTransaction,
  encodeTransaction,
  isRejection,
  parseTransaction,
  signTransaction,
  transactionId,
  type Transaction,
} from '@clearchart/ledger';
import { createSigner, nodeVerifier } from '@clearchart/node-crypto';
import {
  type Miner,
  NOBODY,
  createThreadMiner,
  openProofOfWork,
  searchNonces,
  systemClock,
} from '@clearchart/proof-of-work';
import { openConsensusStore } from '@clearchart/consensus-store';
import { openStateStore } from '@clearchart/state-store';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signatureBound } from './kit/measure.ts';

const TRANSACTIONS = Number(process.env['BENCH_TRANSACTIONS'] ?? 16_000);
/** Submissions under way at once. */
const IN_FLIGHT = 8_192;
const ROUNDS = 3;

const hex = (length: number) => randomBytes(length).toString('hex');
const signer = createSigner(randomBytes(32));
const organization = hex(16);
const genesis = {
  version: 1,
  engine: 'proof-of-work',
  createdAt: Date.now() - 1_000,
  target: 'f'.repeat(64),
  // Those that a new chain is founded with.
  limits: { transactionsPerBlock: 2_000, blockBytes: 4 * 1024 * 1024 },
  members: [{ organization, name: 'Bench', publicKey: toHex(signer.publicKey) }],
  salt: hex(32),
} as unknown as Genesis;
const chainId = chainIdOf(genesis);

function makeBytes(): Uint8Array[] {
  return Array.from({ length: TRANSACTIONS }, () => {
    const record = { record: hex(16), version: 1, subject: null, categoryTag: hex(16), commitment: hex(32) };
    const draft = draftTransaction({
      chainId,
      type: 'anchor-records',
      body: { organization, records: [record] } as never,
      validUntil: Date.now() + 3_600_000,
      nonce: hex(16),
    });
    return encodeTransaction(
      signTransaction(draft, [{ signer: organization as never, role: 'organization', key: signer }]),
    );
  });
}

function parse(bytes: Uint8Array): Transaction {
  const transaction = parseTransaction(bytes);
  if (isRejection(transaction)) throw new Error(transaction.code);
  return transaction;
}

function timedMiner(inner: Miner): Miner & { spentMs: number } {
  return {
    spentMs: 0,
    async search(search) {
      const start = performance.now();
      try {
        return await inner.search(search);
      } finally {
        this.spentMs += performance.now() - start;
      }
    },
    stop: () => inner.stop(),
    close: () => inner.close(),
  };
}

const oneHash: Miner = {
  search: async (search) => searchNonces(search, 0, 1),
  stop: () => undefined,
  close: async () => undefined,
};

async function admissionRate(
  all: Uint8Array[],
  inner: Miner,
): Promise<{ rate: number; miningMs: number; blocks: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'ledger-admission-'));
  const state = openStateStore(join(folder, 'state.db'), genesis);
  const blocks = await openBlockStore(await openNodeDisk(join(folder, 'blocks'), 'write'), { acknowledgedHeight: 0 });
  const miner = timedMiner(inner);
  const proposer = { organization: organization as never, signerFor: () => signer };
  const consensus = openConsensusStore(join(folder, 'consensus.db'), chainId, { isNewChain: true });
  const engine = await openProofOfWork({
    genesis,
    proposer,
    blocks,
    state,
    consensus,
    network: NOBODY,
    miner,
    verifier: nodeVerifier,
    clock: systemClock,
  });
  let next = 0;
  const start = performance.now();
  const worker = async (): Promise<void> => {
    while (next < all.length) {
      const transaction = parse(all[next++] as Uint8Array);
      const answer = await engine.submit(transaction);
      if (isRejection(answer)) throw new Error(answer.code);
      if ((await engine.whenFinal(transactionId(transaction), 60_000)) !== 'final') throw new Error('not final');
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  const rate = (all.length / (performance.now() - start)) * 1000;
  const result = { rate, miningMs: miner.spentMs, blocks: blocks.height };
  await engine.close();
  await blocks.close();
  state.close();
  await rm(folder, { recursive: true });
  return result;
}

function print(line: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function median(values: number[]): number {
  return [...values].sort((left, right) => left - right)[values.length >> 1] ?? Number.NaN;
}

const all = makeBytes();
const against: number[] = [];
const rates: number[] = [];
let note = '';
for (let round = 0; round < ROUNDS; round += 1) {
  against.push(await signatureBound(all.map(parse), signer.publicKey));
  const { rate, blocks, miningMs } = await admissionRate(all, oneHash);
  rates.push(rate);
  note = `${TRANSACTIONS} anchor-records of one record, ${IN_FLIGHT} under way, ${blocks} blocks, fdatasync and SQLite FULL each; search ${Math.round(miningMs)} ms in all`;
}
print({
  name: 'ledger admission, signatures of final transactions',
  value: Math.round(median(rates)),
  unit: '1/s',
  against: `crypto.verify on all cores, ${Math.round(median(against))}/s`,
  ratio: Number((median(rates) / median(against)).toFixed(3)),
  note,
});
const mined = await admissionRate(all, createThreadMiner(1));
print({
  name: 'ledger admission with the miner thread, trivial target',
  value: Math.round(mined.rate),
  unit: '1/s',
  against: 'the same without',
  ratio: Number((mined.rate / median(rates)).toFixed(3)),
  note: `search ${Math.round(mined.miningMs)} ms over ${mined.blocks} blocks`,
});
