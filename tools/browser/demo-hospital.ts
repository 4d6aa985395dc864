/** The demo for browser tests: its own folder, free ports, the logins of its first hospital; stopped by whoever started it. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

const READY = /^Clearchart ready at (\S+)$/;
/** Making the demo's people takes about ten seconds on two cores; they are often busy. */
const READY_WITHIN_MS = 180_000;
const LOOK_MS = 250;

export interface DemoPerson {
  readonly role: 'administrator' | 'practitioner' | 'patient';
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly patientId?: string;
  readonly url: string;
}

export interface DemoHospital {
  readonly url: string;
  readonly dataFolder: string;
  readonly people: readonly DemoPerson[];
  stop(): Promise<void>;
}

export async function startDemoHospital(): Promise<DemoHospital> {
  const folder = await mkdtemp(join(tmpdir(), 'clearchart-browser-'));
  const data = join(folder, 'data');
  const main = join(import.meta.dirname, '../../apps/cli/main.ts');
  const child = spawn(process.execPath, [main, 'demo', '--data', data, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (bytes: Buffer) => {
    said += bytes.toString();
  });
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The demo was not ready in time. ${said}`)), READY_WITHIN_MS);
    child.once('exit', (code) => reject(new Error(`The demo ended with ${code}. ${said}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = READY.exec(line)?.[1];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(found);
    });
  });
  await whenAllAreUp(url);
  const people = JSON.parse(await readFile(join(data, 'demo-people.json'), 'utf8')) as DemoPerson[];
  return {
    url,
    dataFolder: data,
    people: people.filter((person) => person.url === url),
    async stop() {
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The other hospitals come a few seconds later: a page is looked at when it has come to rest. */
export async function whenAllAreUp(url: string): Promise<void> {
  for (const until = Date.now() + READY_WITHIN_MS; Date.now() < until; await pause(LOOK_MS)) {
    const { hospitals } = (await (await fetch(`${url}/api/demo/people`)).json()) as { hospitals: { state: string }[] };
    if (hospitals.every(({ state }) => state === 'up')) return;
    if (hospitals.some(({ state }) => state === 'stopped')) throw new Error('A hospital of the demo has stopped.');
  }
  throw new Error('The hospitals of the demo were not all up in time.');
}
