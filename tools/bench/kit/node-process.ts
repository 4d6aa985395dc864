// A real node on a folder of its own, founded here and run in a process of its own, as `npm start` would run it.
import { askRunningNode, foundNetwork } from '@clearchart/node';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const COMMAND_LINE = join(import.meta.dirname, '../../../apps/cli/main.ts');
const READY_WITHIN_MS = 180_000;
/** Of the clock in which Linux counts a process's time. */
const MS_PER_TICK = 10;

export interface NodeProcess {
  readonly url: string;
  /** From the start of the process to its ready line. */
  readonly readyMs: number;
  /** Processor time of all its threads so far; NaN where the system does not tell. */
  cpuMs(): number;
  /** Resident memory now and at its highest, bytes; NaN where the system does not tell. */
  memory(): { readonly now: number; readonly highest: number };
  stop(): Promise<void>;
}

/** A folder that removes itself. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'clearchart-bench-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export async function foundHospital(dataFolder: string): Promise<void> {
  await foundNetwork({ dataFolder, name: 'Bench Hospital', administratorEmail: 'desk@bench.example' });
}

/** A token of a program; the node is running. */
export async function systemToken(dataFolder: string): Promise<string> {
  const request = { operation: 'token-create', parameters: { role: 'system', days: 1 } };
  const answer = await askRunningNode(dataFolder, request, () => {});
  if (answer === undefined) throw new Error('No node runs on this folder');
  return (answer.result as { token: string }).token;
}

export function startNode(command: 'node' | 'demo', dataFolder: string): Promise<NodeProcess> {
  // BENCH_NODE_FLAGS: for a profile, such as --cpu-prof.
  const flags = (process.env['BENCH_NODE_FLAGS'] ?? '').split(' ').filter((flag) => flag !== '');
  const began = performance.now();
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', ...flags, COMMAND_LINE, command, '--data', dataFolder, '--port', '0'],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, CLEARCHART_LOG_LEVEL: 'warn' } },
  );
  const stopWithUs = (): boolean => child.kill('SIGKILL');
  process.once('exit', stopWithUs);
  let errors = '';
  child.stderr?.on('data', (text: Buffer) => (errors = (errors + text.toString()).slice(-4_000)));
  return new Promise((ready, failed) => {
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      failed(new Error(`The node was not ready in time: ${errors}`));
    }, READY_WITHIN_MS);
    child.once('exit', (code) => failed(new Error(`The node ended with ${code}: ${errors}`)));
    child.stdout?.on('data', (text: Buffer) => {
      const url = /ready at (\S+)/.exec(text.toString())?.[1];
      if (url === undefined) return;
      clearTimeout(late);
      ready({
        url,
        readyMs: performance.now() - began,
        cpuMs: () => cpuMsOf(child),
        memory: () => memoryOf(child),
        stop: () => {
          process.off('exit', stopWithUs);
          return stopped(child);
        },
      });
    });
  });
}

function stopped(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    child.once('exit', () => done());
    child.kill('SIGTERM');
  });
}

function cpuMsOf({ pid }: ChildProcess): number {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return Number.NaN;
  // After the name in brackets: state, …, utime and stime as the 12th and 13th field.
  const fields = (readFileSync(file, 'utf8').split(') ')[1] ?? '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
}

function memoryOf({ pid }: ChildProcess): { now: number; highest: number } {
  const file = `/proc/${pid}/status`;
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const bytes = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1]) * 1024;
  return { now: bytes('VmRSS'), highest: bytes('VmHWM') };
}
