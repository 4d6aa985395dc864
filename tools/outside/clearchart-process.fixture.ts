/* oxlint-disable typescript/no-explicit-any -- what another process answers is looked at as it comes */
/** The command line as another program sees it: a process with arguments, output and an exit code. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../apps/cli/main.ts', import.meta.url));
/** Longer than any command takes on a busy machine: one that hangs is ended and fails its test. */
const LONGEST_MS = 90_000;

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly tookMs: number;
}

function start(args: readonly string[], environment: Readonly<Record<string, string>>): ChildProcess {
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...args], {
    cwd: tmpdir(),
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs one command to its end. */
export function clearchart(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  const began = performance.now();
  const child = start(args, environment);
  const timer = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS);
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (text: Buffer) => (stdout += text.toString()));
  child.stderr?.on('data', (text: Buffer) => (stderr += text.toString()));
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('close', (code) => {
      clearTimeout(timer);
      done({ code, stdout, stderr, tookMs: performance.now() - began });
    });
  });
}

/** The same with `--json`; the parsed line beside the exit code. */
export async function clearchartJson(
  args: readonly string[],
): Promise<{ code: number | null; answer: any; stderr: string }> {
  const { code, stdout, stderr } = await clearchart([...args, '--json']);
  return { code, answer: stdout === '' ? undefined : JSON.parse(stdout), stderr };
}

export interface RunningNode {
  readonly url: string;
  readonly firstLine: string;
  /** Ends it at once, as a power failure of the process would. */
  kill(): Promise<void>;
  /** SIGTERM; the exit code and how long it took. */
  stop(): Promise<{ code: number | null; tookMs: number }>;
}

export function startNode(data: string, args: readonly string[] = []): Promise<RunningNode> {
  const child = start(['node', '--data', data, '--port', '0', ...args], {});
  const ended = new Promise<number | null>((done) => child.once('close', done));
  const timer = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS);
  let stdout = '';
  let stderr = '';
  child.stderr?.on('data', (text: Buffer) => (stderr += text.toString()));
  return new Promise((ready, failed) => {
    void ended.then((code) => failed(new Error(`the node ended with ${code}: ${stderr}`)));
    child.stdout?.on('data', (text: Buffer) => {
      stdout += text.toString();
      const found = /ready at (\S+)\n/.exec(stdout);
      if (found?.[1] === undefined) return;
      clearTimeout(timer);
      ready({
        url: found[1],
        firstLine: stdout,
        async kill() {
          child.kill('SIGKILL');
          await ended;
        },
        async stop() {
          const began = performance.now();
          child.kill('SIGTERM');
          return { code: await ended, tookMs: performance.now() - began };
        },
      });
    });
  });
}

export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'clearchart-outside-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

const post = (fullUrl: string, resource: { readonly resourceType: string; readonly [element: string]: unknown }) => ({
  fullUrl: `urn:uuid:${fullUrl}`,
  resource,
  request: { method: 'POST', url: resource.resourceType },
});

/** A transaction bundle of one patient in the care of one practitioner, with as many observations as wanted. */
export function patientBundle(number: number, observations = 2) {
  const patient = '11111111-1111-4111-8111-111111111111';
  const doctor = '22222222-2222-4222-8222-222222222222';
  const subject = { reference: `urn:uuid:${patient}` };
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      post(patient, {
        resourceType: 'Patient',
        name: [{ family: `Canarysurname${number}`, given: ['Ada'] }],
        gender: 'female',
        birthDate: '1980-02-03',
        identifier: [{ system: 'urn:canary', value: `canary-${number}` }],
      }),
      post(doctor, { resourceType: 'Practitioner', name: [{ family: 'Joshi', given: ['Sunita'] }] }),
      post('33333333-3333-4333-8333-333333333333', {
        resourceType: 'CareTeam',
        status: 'active',
        subject,
        participant: [{ member: { reference: `urn:uuid:${doctor}` } }],
      }),
      ...Array.from({ length: observations }, (_, index) =>
        post(`44444444-4444-4444-8444-${String(index).padStart(12, '0')}`, {
          resourceType: 'Observation',
          status: 'final',
          code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }], text: 'Canaryheartrate' },
          subject,
          effectiveDateTime: '2024-01-02T03:04:05Z',
          valueQuantity: { value: 60 + index, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' },
        }),
      ),
    ],
  };
}

export function writeJson(path: string, value: unknown): string {
  writeFileSync(path, JSON.stringify(value));
  return path;
}
