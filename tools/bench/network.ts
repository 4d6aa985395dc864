// Several hospitals on one ledger: how long from a write to final, how many transactions a second, how fast a wiped member is back, and
// where the time goes. In one process with real stores on disk, then as four node processes over HTTP.
import { isRejection, type Transaction, transactionId } from '@clearchart/ledger';
import { statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DiskNetwork, type Spent } from './kit/disk-network.ts';
import { median, print } from './kit/measure.ts';
import { type HospitalProcess, startHospitals } from './kit/node-network.ts';
import { temporaryFolder } from './kit/node-process.ts';

const SINGLE_WRITES = Number(process.env['BENCH_WRITES'] ?? 40);
const TRANSACTIONS = Number(process.env['BENCH_TRANSACTIONS'] ?? 4_000);
const IN_FLIGHT = 1_000;
const FINAL_WITHIN_MS = 300_000;
const PAUSE_MS = 50;
const SIZES = [1, 4, 7] as const;

const folder = temporaryFolder();
const pause = (milliseconds: number): Promise<void> => new Promise((later) => setTimeout(later, milliseconds));

function percentile(values: readonly number[], share: number): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length * share)] ?? Number.NaN;
}

async function submitted(network: DiskNetwork, index: number, transaction: Transaction): Promise<void> {
  const answer = await network.engineOf(index).submit(transaction);
  if (isRejection(answer)) throw new Error(answer.code);
}

async function final(network: DiskNetwork, index: number, transaction: Transaction): Promise<void> {
  const word = await network.engineOf(index).whenFinal(transactionId(transaction), FINAL_WITHIN_MS);
  if (word !== 'final') throw new Error(`A transaction is ${word}`);
}

/** From submitting to final at the member that submitted, one after the other, milliseconds. */
async function latencies(network: DiskNetwork): Promise<number[]> {
  const took: number[] = [];
  for (let index = 0; index < SINGLE_WRITES; index += 1) {
    await pause(PAUSE_MS);
    const transaction = network.anchor(index);
    const began = performance.now();
    await submitted(network, index, transaction);
    await final(network, index, transaction);
    took.push(performance.now() - began);
  }
  return took;
}

/** Final transactions a second at the first member, submitted at all in turn. */
async function throughput(network: DiskNetwork): Promise<number> {
  const all = Array.from({ length: TRANSACTIONS }, (_, index) => network.anchor(index));
  let next = 0;
  const began = performance.now();
  const worker = async (): Promise<void> => {
    while (next < all.length) {
      const index = next++;
      const transaction = all[index] as Transaction;
      await submitted(network, index, transaction);
      await final(network, index, transaction);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  return (all.length / (performance.now() - began)) * 1_000;
}

async function bytesOfBlocks(path: string): Promise<number> {
  const names = await readdir(path);
  return names.reduce((sum, name) => sum + statSync(join(path, name)).size, 0);
}

/** Blocks a second that a member whose disk is empty takes from the others. */
async function catchUp(network: DiskNetwork): Promise<{ perSecond: number; blocks: number; ms: number }> {
  const member = network.member(network.members.length - 1);
  const blocks = network.engineOf(0).status().finalHeight;
  await member.close();
  network.wipe(member);
  const began = performance.now();
  await network.start(member);
  while ((member.engine?.status().finalHeight ?? 0) < blocks) {
    if (performance.now() - began > FINAL_WITHIN_MS) throw new Error('The wiped member is not back in time');
    await pause(5);
  }
  const ms = performance.now() - began;
  return { perSecond: (blocks / ms) * 1_000, blocks, ms };
}

function profile(spent: Spent, wallMs: number, members: number): string {
  const share = (ms: number): string => `${Math.round((ms / wallMs / members) * 100)} %`;
  const words = Object.entries(spent).map(([what, ms]: [string, number]) => `${what} ${share(ms)}`);
  return `of each member's clock: ${words.join(', ')}; the rest is applying, parsing and waiting`;
}

let rateOfOne = Number.NaN;
let latencyInProcess = Number.NaN;
for (const size of SIZES) {
  const network = new DiskNetwork(folder.path, size);
  for (const member of network.members) await network.start(member);
  const took = await latencies(network);
  const beganAt = performance.now();
  const before = { ...network.spent };
  const rate = await throughput(network);
  const wallMs = performance.now() - beganAt;
  const spent = Object.fromEntries(
    Object.entries(network.spent).map(([what, ms]) => [what, ms - before[what as keyof Spent]]),
  ) as unknown as Spent;
  if (size === 1) rateOfOne = rate;
  if (size === 4) latencyInProcess = median(took);
  print({
    name: `write to final, ${size} members in one process, p50`,
    value: median(took),
    unit: 'ms',
    against: 'its p95',
    ratio: median(took) / percentile(took, 0.95),
    note: `${took.length} single writes ${PAUSE_MS} ms apart, p95 ${Math.round(percentile(took, 0.95))} ms; stores on disk, mined with the target of a new chain`,
  });
  print({
    name: `final transactions, ${size} members in one process`,
    value: rate,
    unit: '1/s',
    against: 'one member',
    ratio: rate / rateOfOne,
    note: `${TRANSACTIONS} anchors of one record, ${IN_FLIGHT} under way; ${profile(spent, wallMs, size)}`,
  });
  if (size === 4) {
    const bytes = await bytesOfBlocks(join(network.member(0).folder, 'blocks'));
    const count = TRANSACTIONS + SINGLE_WRITES;
    const own = JSON.stringify(network.anchor(0)).length;
    const share = { name: 'bytes of blocks on disk for each transaction', value: bytes / count, unit: 'B' };
    print({ ...share, against: 'the transaction alone', ratio: bytes / count / own, note: `${count} transactions` });
    const back = await catchUp(network);
    print({
      name: 'a wiped member catches up',
      value: back.perSecond,
      unit: 'blocks/s',
      against: 'final transactions a second of the running network',
      ratio: (count / back.ms) * (1_000 / rate),
      note: `${back.blocks} blocks with ${count} transactions in ${Math.round(back.ms)} ms, checked and on disk`,
    });
  }
  await network.close();
}
const hospitals = await startHospitals(folder.path, 4);
try {
  const took: number[] = [];
  for (const hospital of hospitals) await writePatient(hospital);
  for (let index = 0; index < SINGLE_WRITES; index += 1) {
    await pause(PAUSE_MS);
    const began = performance.now();
    await writePatient(hospitals[index % 4] as HospitalProcess);
    took.push(performance.now() - began);
  }
  print({
    name: 'write to final, 4 node processes over HTTP, p50',
    value: median(took),
    unit: 'ms',
    against: '4 members in one process',
    ratio: median(took) / latencyInProcess,
    note: `${took.length} patients written over FHIR with respond-final, p95 ${Math.round(percentile(took, 0.95))} ms; all on one machine`,
  });
} finally {
  await Promise.all(hospitals.map(({ node }) => node.stop()));
  folder.remove();
}

/** Answered when it is final. */
async function writePatient({ node, token }: HospitalProcess): Promise<void> {
  const answer = await fetch(`${node.url}/fhir/R4/Patient`, {
    method: 'POST',
    body: JSON.stringify({
      resourceType: 'Patient',
      identifier: [{ system: 'urn:bench', value: crypto.randomUUID() }],
    }),
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/fhir+json',
      prefer: 'respond-final',
    },
  });
  if (answer.status !== 201) throw new Error(`A write is answered ${answer.status}: ${await answer.text()}`);
  await answer.arrayBuffer();
}
