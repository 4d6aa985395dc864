// How long a hospital that has lost its ledger needs until it votes: by a snapshot beside applying every block. Three hospitals, so that
// nothing is final without its vote; it runs in a process of its own, the two others in this one. Its start is in both times.
import { createNode, fetchInvitation, foundNetwork, type Node, startDefinitions } from '@clearchart/node';
import { isRejection, type OrganizationId } from '@clearchart/ledger';
import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { median, print } from './kit/measure.ts';
import { temporaryFolder } from './kit/node-process.ts';

const TRANSACTIONS = Number(process.env['BENCH_TRANSACTIONS'] ?? 24_000);
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3);
const COMMAND_LINE = join(import.meta.dirname, '../../apps/cli/main.ts');
const EVERYTHING = Number.MAX_SAFE_INTEGER;
const AT_A_TIME = 500;
const WITHIN_MS = 600_000;
const PATIENT = {
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [{ resource: { resourceType: 'Patient' }, request: { method: 'POST', url: 'Patient' } }],
};

const folder = temporaryFolder();
const definitions = await startDefinitions();
const folderOf = (name: string): string => join(folder.path, name);

async function until(words: string, look: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + WITHIN_MS; !(await look()); await pause(20))
    if (Date.now() > end) throw new Error(words);
}

async function found(name: string, member?: Node): Promise<OrganizationId> {
  const invitation = member === undefined ? {} : { invitation: await fetchInvitation(member.url, undefined) };
  const founding = { dataFolder: folderOf(name), name, administratorEmail: 'desk@bench.example', ...invitation };
  return (await foundNetwork(founding)).organizationId as OrganizationId;
}

const run = (name: string): Promise<Node> =>
  createNode(
    { dataFolder: folderOf(name), host: '127.0.0.1', port: 0, logLevel: 'error' },
    { definitions, logLine: () => undefined },
  );

async function admit(voters: readonly Node[], candidate: OrganizationId): Promise<void> {
  for (const { hospital } of voters) {
    await until('a vote was not taken', async () => {
      const answer = await hospital.members.admit(candidate);
      return !isRejection(answer) || answer.code === 'ballot-already-cast' || answer.code.includes('admitted');
    });
  }
  await until('the candidate did not become a member', () =>
    voters.every(({ hospital }) =>
      hospital.peers.view().members.some((one) => one.organization === candidate && one.standing === 'member'),
    ),
  );
}

/** Each person is a transaction. */
async function fill({ hospital, importBundle }: Node): Promise<void> {
  const people = Array.from({ length: AT_A_TIME }, () => PATIENT.entry[0]);
  for (let count = 0; count < TRANSACTIONS; count += AT_A_TIME) {
    await importBundle({ ...PATIENT, entry: people });
    if (!(await hospital.settled(WITHIN_MS))) throw new Error('the ledger did not take it');
  }
}

const port = await new Promise<number>((free) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const address = server.address();
    server.close(() => free(typeof address === 'object' && address !== null ? address.port : 0));
  });
});

function start(snapshotFrom: number): ChildProcess {
  const flags = ['--data', folderOf('third'), '--port', String(port), '--snapshot-from', String(snapshotFrom)];
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', COMMAND_LINE, 'node', ...flags], {
    stdio: 'ignore',
  });
  process.once('exit', () => child.kill('SIGKILL'));
  return child;
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await ended;
}

await found('first');
const first = await run('first');
await fill(first);
const secondId = await found('second', first);
const second = await run('second');
await admit([first], secondId);
const thirdId = await found('third', first);
let third = start(EVERYTHING);
await admit([first, second], thirdId);

/** From the start of the process to the first block that is final by its vote, milliseconds. */
async function votesAfter(snapshotFrom: number): Promise<number> {
  await stop(third);
  for (const file of ['blocks', 'state.db', 'state.db-wal', 'state.db-shm', 'joining'])
    rmSync(join(folderOf('third'), file), { recursive: true, force: true });
  await first.importBundle(PATIENT);
  const begun = performance.now();
  third = start(snapshotFrom);
  if (!(await first.hospital.settled(WITHIN_MS))) throw new Error('it did not vote in time');
  return performance.now() - begun;
}

const applied: number[] = [];
const joined: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  applied.push(await votesAfter(EVERYTHING));
  joined.push(await votesAfter(1));
}
await stop(third);
const started = performance.now();
third = start(EVERYTHING);
await until(
  'it did not start',
  async () => (await fetch(`http://127.0.0.1:${port}/health/live`).catch(() => undefined))?.ok === true,
);
const startMs = performance.now() - started;
await stop(third);
const all = median(applied);
const value = median(joined);
print({
  name: 'a hospital that lost its ledger, until it votes: by a snapshot',
  value,
  unit: 'ms',
  against: `applying every block: ${Math.round(all)} ms`,
  ratio: all / value,
  note: `${first.hospital.state.height} blocks, ${TRANSACTIONS} people, medians of ${ROUNDS}; starting with a whole ledger takes ${Math.round(startMs)} ms of each`,
});
await second.close();
await first.close();
await definitions.close();
folder.remove();
