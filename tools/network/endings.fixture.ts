/** What a test has started goes with it, however it ends; and what a killed test has left behind goes when the next one begins. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Of folders; the number of the process that made it follows, so that a dead one's can be told. */
const PREFIX = 'clearchart-network-';
const RETRIES = 5;
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

const endings = new Set<() => void>();

/** To be done at once when this process ends, also from outside. @returns what takes it back */
export function atEnd(act: () => void): () => void {
  listen();
  endings.add(act);
  return () => endings.delete(act);
}

let isListening = false;

function listen(): void {
  if (isListening) return;
  isListening = true;
  process.once('exit', endAll);
  for (const signal of SIGNALS) {
    process.once(signal, () => {
      endAll();
      // Without a listener it does what it always does.
      process.kill(process.pid, signal);
    });
  }
}

function endAll(): void {
  // The last begun first: what stands on something else goes before it.
  for (const act of [...endings].reverse()) tried(act);
  endings.clear();
}

export function tried(act: () => void): void {
  try {
    act();
  } catch {
    // It was never there, or has gone meanwhile.
  }
}

/** For `mkdtemp`. */
export const folderPrefix = (): string => join(tmpdir(), `${PREFIX}${process.pid}-`);

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: RETRIES });
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Ends the nodes that run on folders of tests which are no more, and removes the folders. */
export function removeDeadRuns(): void {
  const pidOf = (name: string): number => Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1] ?? Number.NaN);
  const dead = readdirSync(tmpdir()).filter((name) => pidOf(name) > 0 && !isAlive(pidOf(name)));
  for (const folder of dead.map((name) => join(tmpdir(), name))) {
    for (const pid of runningOn(folder)) tried(() => process.kill(pid, 'SIGKILL'));
    tried(() => removeFolder(folder));
  }
}

function runningOn(folder: string): number[] {
  const commandLine = (pid: string): string => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    } catch {
      return '';
    }
  };
  const isNode = (pid: string): boolean => /^\d+$/.test(pid) && commandLine(pid).includes(`\0--data\0${folder}/`);
  let pids: string[] = [];
  tried(() => (pids = readdirSync('/proc').filter(isNode)));
  return pids.map(Number);
}
