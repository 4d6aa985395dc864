/** The demo as `npm start` runs it, in a process of its own, on free ports. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type DemoPeople, demoPeopleSchema } from '@clearchart/api';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
/** On a busy machine. */
const WITHIN_MS = 180_000;
const LOOK_MS = 200;

export interface DemoProcess {
  readonly url: string;
  /** Lines on stdout so far. */
  readonly lines: readonly string[];
  said(): string;
  page(): Promise<DemoPeople>;
  /** Once no other hospital is starting. */
  settled(): Promise<DemoPeople>;
  /** Exit code, and how long it took, milliseconds. */
  stop(): Promise<{ code: number | null; tookMs: number }>;
  kill(): Promise<void>;
}

export async function startDemo(data: string): Promise<DemoProcess> {
  const args = ['--disable-warning=ExperimentalWarning', MAIN, 'demo', '--data', data, '--port', '0'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const killed = () => child.kill('SIGKILL');
  process.once('exit', killed);
  child.once('exit', () => process.off('exit', killed));
  const lines: string[] = [];
  let stderr = '';
  child.stderr.on('data', (bytes: Buffer) => (stderr += bytes.toString()));
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the demo ended with ${code}: ${stderr}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      const found = /^Clearchart ready at (\S+)$/.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  async function page(): Promise<DemoPeople> {
    return demoPeopleSchema.parse(await (await fetch(`${url}/api/demo/people`)).json());
  }
  return {
    url,
    lines,
    said: () => stderr,
    page,
    settled: () =>
      eventually(async () => {
        const shown = await page();
        return shown.hospitals.some(({ state }) => state === 'starting') ? undefined : shown;
      }),
    async stop() {
      const began = performance.now();
      child.kill('SIGTERM');
      const [code] = (await once(child, 'exit')) as [number | null];
      return { code, tookMs: performance.now() - began };
    },
    async kill() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

/** Asks until there is an answer. @throws Error when none comes in time. */
export async function eventually<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (const until = performance.now() + WITHIN_MS; performance.now() < until; await setTimeout(LOOK_MS)) {
    const found = await ask();
    if (found !== undefined) return found;
  }
  throw new Error('it did not come about in time');
}
