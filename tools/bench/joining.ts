// How long a hospital that has lost its ledger needs until it is at the newest final block, and may vote on the next: by a snapshot beside
// applying every block. It runs in a process of its own, whose start is in both times; the one that gives runs in this one.
import { isRejection, type OrganizationId } from '@clearchart/ledger';
import { createNode, fetchInvitation, foundNetwork, type Node, startDefinitions } from '@clearchart/node';
import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { median, print } from './kit/measure.ts';
import { temporaryFolder } from './kit/node-process.ts';

const PEOPLE = Number(process.env['BENCH_TRANSACTIONS'] ?? 24_000);
const ROUNDS = 3;
const COMMAND_LINE = join(import.meta.dirname, '../../apps/cli/main.ts');
/** Of a start that applies every block. */
const NEVER = Number.MAX_SAFE_INTEGER;
const AT_A_TIME = 500;
const WITHIN_MS = 600_000;
const LOOK_AGAIN_MS = 20;
const PERSON = { resource: { resourceType: 'Patient' }, request: { method: 'POST', url: 'Patient' } };

const folder = temporaryFolder();
const definitions = await startDefinitions();
const folderOf = (name: string): string => join(folder.path, name);
const port = await freePort();

await found('first');
const first = await createNode(
  { dataFolder: folderOf('first'), host: '127.0.0.1', port: 0, logLevel: 'error' },
  { definitions, logLine: () => undefined },
);
await fill(first);
const candidate = await found('second', first);
let second = start(NEVER);
await admit(candidate);

const applied: number[] = [];
const joined: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  joined.push(await timeToHead(1));
  applied.push(await timeToHead(NEVER));
}
const startMs = await timeToHead(NEVER, true);
await stop(second);
const all = median(applied);
const value = median(joined);
const { height, stateRoot } = first.hospital.engine.status();
print({
  name: 'a hospital that lost its ledger, until it may vote: by a snapshot',
  value,
  unit: 'ms',
  against: `applying every block: ${Math.round(all)} ms`,
  ratio: all / value,
  note: `${PEOPLE} people enrolled and anchored in ${height} blocks (root ${stateRoot.slice(0, 8)}), medians of ${ROUNDS}; starting with a whole ledger is ${Math.round(startMs)} ms of each`,
});
await first.close();
await definitions.close();
folder.remove();

async function until(words: string, look: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + WITHIN_MS; !(await look()); await pause(LOOK_AGAIN_MS))
    if (Date.now() > end) throw new Error(words);
}

async function found(name: string, member?: Node): Promise<OrganizationId> {
  const invitation = member === undefined ? {} : { invitation: await fetchInvitation(member.url, undefined) };
  const founding = { dataFolder: folderOf(name), name, administratorEmail: 'desk@bench.example', ...invitation };
  return (await foundNetwork(founding)).organizationId as OrganizationId;
}

/** Each person is a transaction. */
async function fill({ hospital, importBundle }: Node): Promise<void> {
  const entry = Array.from({ length: AT_A_TIME }, () => PERSON);
  for (let count = 0; count < PEOPLE; count += AT_A_TIME) {
    await importBundle({ resourceType: 'Bundle', type: 'transaction', entry });
    if (!(await hospital.settled(WITHIN_MS))) throw new Error('the ledger did not take it');
  }
}

async function admit(organization: OrganizationId): Promise<void> {
  const { members, peers } = first.hospital;
  await until('the vote was not taken', async () => !isRejection(await members.admit(organization)));
  await until('the candidate did not become a member', () =>
    peers.view().members.some((one) => one.organization === organization && one.standing === 'member'),
  );
}

function freePort(): Promise<number> {
  return new Promise((free) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => free(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

function start(snapshotFrom: number): ChildProcess {
  const flags = ['--data', folderOf('second'), '--port', String(port), '--snapshot-from', String(snapshotFrom)];
  const command = ['--disable-warning=ExperimentalWarning', COMMAND_LINE, 'node', ...flags];
  const child = spawn(process.execPath, command, { stdio: 'ignore' });
  process.once('exit', () => child.kill('SIGKILL'));
  return child;
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await ended;
}

/** How far the second is, by its own word; 0 while it does not answer. */
async function finalHeight(): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/ledger/status`).catch(() => undefined);
  return answer?.ok === true ? ((await answer.json()) as { finalHeight: number }).finalHeight : 0;
}

/** From the start of the process to the newest final block, milliseconds. */
async function timeToHead(snapshotFrom: number, hasLedger = false): Promise<number> {
  await until('it was not at the head before', async () => (await finalHeight()) >= first.hospital.state.height);
  await stop(second);
  for (const file of hasLedger ? [] : ['blocks', 'state.db', 'state.db-wal', 'state.db-shm', 'joining'])
    rmSync(join(folderOf('second'), file), { recursive: true, force: true });
  const { height: wanted } = first.hospital.state;
  const begun = performance.now();
  second = start(snapshotFrom);
  await until('it did not come to the head', async () => (await finalHeight()) >= wanted);
  return performance.now() - begun;
}
