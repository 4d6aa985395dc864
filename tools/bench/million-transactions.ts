// One hospital whose ledger holds a million transactions: how fast its node starts, how much memory it takes, and how fast it takes further
// transactions beside a ledger of ten thousand. It needs about 4 GB of disk for a while, some minutes on a quiet machine, and ends by itself.
import {
  chainIdOf,
  encodeCanonical,
  encodeTransaction,
  isRejection,
  parseTransaction,
  transactionId,
} from '@clearchart/ledger';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DiskNetwork, NO_MINING } from './kit/disk-network.ts';
import { fillLedger } from './kit/fill-ledger.ts';
import { machineNote, median, print, verifyRate } from './kit/measure.ts';
import { foundHospital, startNode, temporaryFolder } from './kit/node-process.ts';

const TRANSACTIONS = Number(process.env['BENCH_TRANSACTIONS'] ?? 1_000_000);
/** What the ledger that is compared holds at first. */
const FEW = Number(process.env['BENCH_FEW_TRANSACTIONS'] ?? 10_000);
const BATCH = 10_000;
const IN_FLIGHT = 4_096;
const FINAL_WITHIN_MS = 600_000;
const ROUNDS = 5;
/** Taken by either ledger in a turn. */
const COMPARED = Math.min(BATCH, FEW);
const GOALS = { startMs: 5_000, memoryBytes: 400_000_000 } as const;
const CALM_AFTER_MS = 10_000;
const MEGABYTE = 1_000_000;
const LEDGER_FILES = /^(blocks|(state|consensus)\.db(-wal|-shm)?)$/;

/** In a process of its own: nothing but the ledger of this folder is opened. */
const opens = process.argv[2] === '--open' ? process.argv[3] : undefined;
if (opens !== undefined) await openLedgerAlone(opens);
else await bench();

async function bench(): Promise<void> {
  const folder = temporaryFolder();
  try {
    const data = join(folder.path, 'hospital');
    const large = await foundLedger(data);
    await fillLedger(large, TRANSACTIONS);
    await large.start(large.member(0));
    const small = new DiskNetwork(folder.path, 1, NO_MINING);
    await fillLedger(small, FEW);
    await small.start(small.member(0));
    await compareAdmission(large, small);
    await small.close();
    await large.close();
    tellBytes(data, TRANSACTIONS + ROUNDS * COMPARED);
    tellLedgerAlone(data);
    await tellWholeNode(folder.path, data);
  } finally {
    folder.remove();
  }
}

/**
 * A hospital as `init` founds it, with a ledger that this process may write: the genesis file names a key of ours as the hospital's. So its
 * node, started afterwards, can do all but sign.
 */
async function foundLedger(data: string): Promise<DiskNetwork> {
  await foundHospital(data);
  const { organization } = JSON.parse(readFileSync(join(data, 'node.json'), 'utf8')) as { organization: string };
  for (const name of readdirSync(data).filter((one) => LEDGER_FILES.test(one)))
    rmSync(join(data, name), { recursive: true });
  const network = new DiskNetwork(data, 1, NO_MINING, [{ organization, folder: data }]);
  writeFileSync(join(data, 'genesis.json'), encodeCanonical(network.genesis));
  return network;
}

/** @returns transactions a second, from signed bytes to final; signing them is not counted */
async function admit(network: DiskNetwork, count: number): Promise<number> {
  const all = Array.from({ length: count }, () => encodeTransaction(network.anchor(0)));
  const engine = network.engineOf(0);
  let next = 0;
  const begun = performance.now();
  const worker = async (): Promise<void> => {
    while (next < all.length) {
      const transaction = parseTransaction(all[next++] as Uint8Array);
      if (isRejection(transaction)) throw new Error(transaction.code);
      const answer = await engine.submit(transaction);
      if (isRejection(answer)) throw new Error(answer.code);
      const word = await engine.whenFinal(transactionId(transaction), FINAL_WITHIN_MS);
      if (word !== 'final') throw new Error(`A transaction is ${word}`);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  return (count / (performance.now() - begun)) * 1000;
}

async function compareAdmission(large: DiskNetwork, small: DiskNetwork): Promise<void> {
  const rates = { large: [] as number[], small: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    rates.small.push(await admit(small, COMPARED));
    rates.large.push(await admit(large, COMPARED));
  }
  print({
    name: `admission with ${TRANSACTIONS} transactions on the ledger, final a second`,
    value: median(rates.large),
    unit: '1/s',
    against: `${FEW} transactions, ${Math.round(median(rates.small))}/s; goal 0.9`,
    ratio: median(rates.large.map((rate, round) => rate / (rates.small[round] ?? Number.NaN))),
    note: `anchors of one record, ${IN_FLIGHT} under way, durable, search costs one hash; median of ${ROUNDS} turns of ${COMPARED} each; ${machineNote(await verifyRate())}`,
  });
}

function tellBytes(data: string, count: number): void {
  const blocks = readdirSync(join(data, 'blocks')).map((name) => statSync(join(data, 'blocks', name)).size);
  const blockBytes = blocks.reduce((sum, size) => sum + size, 0) / count;
  const stateBytes = statSync(join(data, 'state.db')).size / count;
  const note = `${count} anchors of one record; state.db has ${Math.round(stateBytes)} bytes beside`;
  const line = { name: 'bytes of blocks for each transaction', value: blockBytes, unit: 'B' };
  print({ ...line, against: 'its bytes of state.db', ratio: blockBytes / stateBytes, note });
}

function tellLedgerAlone(data: string): void {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const flags = [...process.execArgv, import.meta.filename, '--open', data];
    const { status, stdout, stderr } = spawnSync(process.execPath, flags, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`The ledger did not open: ${stderr}`);
    return JSON.parse(stdout) as { ms: number; bytes: number };
  });
  const ms = median(rounds.map((one) => one.ms));
  const bytes = median(rounds.map((one) => one.bytes));
  const note = `${TRANSACTIONS} transactions; blocks, state and engine opened in a process of their own, median of ${ROUNDS}`;
  const start = { name: 'start of the ledger alone', value: ms, unit: 'ms', note };
  print({ ...start, against: `goal ${GOALS.startMs} ms`, ratio: ms / GOALS.startMs });
  const memory = { name: 'memory of the ledger alone', value: bytes / MEGABYTE, unit: 'MB', note };
  print({ ...memory, against: `goal ${GOALS.memoryBytes / MEGABYTE} MB`, ratio: bytes / GOALS.memoryBytes });
}

async function openLedgerAlone(data: string): Promise<void> {
  const { organization } = JSON.parse(readFileSync(join(data, 'node.json'), 'utf8')) as { organization: string };
  const genesis = JSON.parse(readFileSync(join(data, 'genesis.json'), 'utf8')) as DiskNetwork['genesis'];
  const network = new DiskNetwork(data, 1, NO_MINING, [{ organization, folder: data }], genesis);
  const begun = performance.now();
  await network.start(network.member(0));
  const ms = performance.now() - begun;
  if (network.engineOf(0).status().finalHeight === 0) throw new Error(`no block of ${chainIdOf(genesis)}`);
  process.stdout.write(JSON.stringify({ ms, bytes: process.memoryUsage.rss() }));
  await network.close();
}

/** With everything a node opens and holds beside the ledger; beside one that was founded a moment ago. */
async function tellWholeNode(parent: string, data: string): Promise<void> {
  const fresh = join(parent, 'fresh');
  await foundHospital(fresh);
  const empty = await started(fresh);
  // Its first start on this ledger reads every block once, for what it derives of them.
  const first = await started(data);
  const full = await started(data);
  const begun = `on a fresh ledger ${Math.round(empty.ms)} ms, its first start after the state was made anew ${Math.round(first.ms)} ms`;
  const start = { name: 'start of the node', value: full.ms, unit: 'ms', against: `goal ${GOALS.startMs} ms` };
  const note = `a node with ${TRANSACTIONS} transactions, to its ready line; ${begun}; processor time ${Math.round(full.cpuMs)} ms`;
  print({ ...start, ratio: full.ms / GOALS.startMs, note });
  print({
    name: 'memory of the node',
    value: full.bytes / MEGABYTE,
    unit: 'MB',
    against: `goal ${GOALS.memoryBytes / MEGABYTE} MB`,
    ratio: full.bytes / GOALS.memoryBytes,
    note: `${CALM_AFTER_MS / 1000} s after it was ready; on a fresh ledger ${Math.round(empty.bytes / MEGABYTE)} MB`,
  });
}

async function started(data: string): Promise<{ ms: number; cpuMs: number; bytes: number }> {
  const node = await startNode('node', data);
  try {
    const cpuMs = node.cpuMs();
    await pause(CALM_AFTER_MS);
    return { ms: node.readyMs, cpuMs, bytes: node.memory().now };
  } finally {
    await node.stop();
  }
}
