// A hospital that lost its state makes it again from its blocks: every signature verified, every transaction applied, every root compared,
// all on disk. Beside raw `crypto.verify` of the same signatures on the same cores, turn about in one run.
import { isRejection, parseBlock, type Transaction, transactionId } from '@clearchart/ledger';
import { openBlockStore, openNodeDisk } from '@clearchart/block-store';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { DiskNetwork, NO_MINING } from './kit/disk-network.ts';
import { median, print, signatureBound } from './kit/measure.ts';
import { temporaryFolder } from './kit/node-process.ts';

const TRANSACTIONS = Number(process.env['BENCH_TRANSACTIONS'] ?? 20_000);
const IN_FLIGHT = 4_096;
const FINAL_WITHIN_MS = 300_000;
const ROUNDS = 3;

const folder = temporaryFolder();
try {
  const network = new DiskNetwork(folder.path, 1, NO_MINING);
  const member = network.member(0);
  await fill();
  const transactions = await stored();
  const bounds: number[] = [];
  const rates: number[] = [];
  /** Processor time of all threads for each signature, microseconds: a busy machine lengthens it less than the clock. */
  const spent = { bound: [] as number[], whole: [] as number[] };
  let blocks = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const idle = process.cpuUsage();
    bounds.push(await signatureBound(transactions, member.signer.publicKey));
    spent.bound.push(cpuUs(idle));
    network.wipeState(member);
    const begunCpu = process.cpuUsage();
    const begun = performance.now();
    await network.start(member);
    rates.push((transactions.length / (performance.now() - begun)) * 1000);
    spent.whole.push(cpuUs(begunCpu));
    blocks = network.engineOf(0).status().finalHeight;
    await member.close();
  }
  print({
    name: 're-verification of a whole chain, signatures a second',
    value: median(rates),
    unit: '1/s',
    against: `crypto.verify of the same on ${availableParallelism()} cores, ${Math.round(median(bounds))}/s`,
    ratio: median(rates.map((rate, round) => rate / (bounds[round] ?? Number.NaN))),
    note: `${transactions.length} anchors of one record in ${blocks} blocks, state.db made anew with SQLite FULL for each block; median of ${ROUNDS}; processor time ${Math.round(median(spent.whole))} µs each, of the bound ${Math.round(median(spent.bound))} µs`,
  });

  function cpuUs(since: NodeJS.CpuUsage): number {
    const { user, system } = process.cpuUsage(since);
    return (user + system) / transactions.length;
  }

  async function fill(): Promise<void> {
    await network.start(member);
    let left = TRANSACTIONS;
    const worker = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        const transaction = network.anchor(0);
        const answer = await network.engineOf(0).submit(transaction);
        if (isRejection(answer)) throw new Error(answer.code);
        const word = await network.engineOf(0).whenFinal(transactionId(transaction), FINAL_WITHIN_MS);
        if (word !== 'final') throw new Error(`A transaction is ${word}`);
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
    await member.close();
  }

  async function stored(): Promise<Transaction[]> {
    const disk = await openNodeDisk(join(member.folder, 'blocks'), 'write');
    const store = await openBlockStore(disk, {});
    const all: Transaction[] = [];
    for (let height = 1; height <= store.height; height += 1) {
      const block = parseBlock((await store.read(height)) ?? new Uint8Array());
      if (isRejection(block)) throw new Error(block.code);
      all.push(...block.transactions);
    }
    await store.close();
    return all;
  }
} finally {
  folder.remove();
}
