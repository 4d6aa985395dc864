/* oxlint-disable typescript/no-explicit-any -- what another process answers is looked at as it comes */
/** One hospital's node as a process with a folder of its own, worked by the command line and over HTTP as an operator and a program would. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { atEnd } from './endings.fixture.ts';

const MAIN = fileURLToPath(new URL('../../apps/cli/main.ts', import.meta.url));
const NODE = [process.execPath, '--disable-warning=ExperimentalWarning', MAIN] as const;
/** A command or a start that takes longer hangs, and fails its test. */
const LONGEST_MS = 60_000;
const LOOK_AGAIN_MS = 50;

export interface Place {
  /** Before the command, such as `ip netns exec NAME`. */
  readonly prefix: readonly string[];
  /** Where this process reaches it. */
  readonly host: string;
  /** Where the others' nodes reach it, when that is somewhere else: then it listens on all addresses of its place. */
  readonly amongNodes?: string;
}
export const HERE: Place = { prefix: [], host: '127.0.0.1' };

export interface LedgerStatus {
  readonly chainId: string;
  readonly height: number;
  readonly finalHeight: number;
  readonly headHash: string;
  readonly stateRoot: string;
  readonly pending: number;
}

export interface Written {
  readonly status: number;
  readonly location: string;
  readonly transactions: readonly string[];
}

export class NodeProcess {
  readonly name: string;
  readonly place: Place;
  readonly port: number;
  data: string;
  organization = '';
  /** Where the first administrator takes up the invitation, once. */
  enrolPath = '';
  #token = '';
  #child: ChildProcess | undefined;
  #ended: Promise<number | null> = Promise.resolve(null);
  /** What it said on standard error, the end of it. */
  log = '';

  constructor(name: string, data: string, port: number, place: Place = HERE) {
    this.name = name;
    this.data = data;
    this.port = port;
    this.place = place;
  }

  get url(): string {
    return `http://${this.place.host}:${this.port}`;
  }

  /** Where the others' nodes reach it. */
  get peerUrl(): string {
    return `http://${this.place.amongNodes ?? this.place.host}:${this.port}`;
  }

  get isRunning(): boolean {
    return this.#child !== undefined;
  }

  /** The command with `--data` and `--json`. @throws Error with what it said when it does not end with 0 */
  async command(...args: readonly string[]): Promise<any> {
    const { code, stdout, stderr } = await this.tryCommand(...args);
    if (code !== 0) throw new Error(`${args.join(' ')} of ${this.name} ended with ${code}: ${stderr}`);
    return JSON.parse(stdout);
  }

  tryCommand(...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    const [program, ...rest] = [...this.place.prefix, ...NODE, ...args, '--data', this.data, '--json'];
    return new Promise((done) => {
      execFile(program as string, rest, { timeout: LONGEST_MS, killSignal: 'SIGKILL' }, (fault, stdout, stderr) => {
        done({ code: fault === null ? 0 : typeof fault.code === 'number' ? fault.code : -1, stdout, stderr });
      });
    });
  }

  async init(joins?: string, chain?: string): Promise<void> {
    const to = joins === undefined ? [] : ['--join', joins];
    const of = chain === undefined ? [] : ['--chain', chain];
    const email = `${this.name.toLowerCase()}@${this.name.toLowerCase()}.example`;
    const made = await this.command('init', '--name', `Hospital ${this.name}`, '--admin-email', email, ...to, ...of);
    this.organization = made.organizationId;
    this.enrolPath = made.enrolUrl;
  }

  async start(): Promise<void> {
    const host = this.place.amongNodes === undefined ? this.place.host : '0.0.0.0';
    const own = ['node', '--data', this.data, '--host', host, '--port', String(this.port), '--peer-url', this.peerUrl];
    const [program, ...rest] = [...this.place.prefix, ...NODE, ...own];
    const child = spawn(program as string, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
    const timer = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS);
    this.#child = child;
    const forget = atEnd(() => child.kill('SIGKILL'));
    this.#ended = new Promise((done) => child.once('close', done));
    void this.#ended.then(forget);
    child.stderr.on('data', (text: Buffer) => (this.log = (this.log + text.toString()).slice(-20_000)));
    let said = '';
    await new Promise<void>((ready, failed) => {
      void this.#ended.then((code) => {
        this.#child = undefined;
        failed(new Error(`${this.name} ended with ${code}: ${this.log}`));
      });
      child.stdout.on('data', (text: Buffer) => {
        said += text.toString();
        const at = /ready at (\S+)\n/.exec(said)?.[1];
        if (at === undefined) return;
        if (at.endsWith(`:${this.port}`)) ready();
        else failed(new Error(`${this.name} is at ${at}, not at port ${this.port}`));
      });
    }).finally(() => clearTimeout(timer));
  }

  /** SIGTERM; the exit code. */
  async stop(): Promise<number | null> {
    this.#child?.kill('SIGTERM');
    return await this.#ended;
  }

  /** It hears and says nothing until it is resumed, and forgets nothing; what reaches its machine waits there. */
  suspend(): void {
    this.#child?.kill('SIGSTOP');
  }

  resume(): void {
    this.#child?.kill('SIGCONT');
  }

  /** As a power failure of the process would. */
  async kill(): Promise<void> {
    this.#child?.kill('SIGKILL');
    await this.#ended;
  }

  /** What anybody may read. */
  async get(path: string): Promise<any> {
    const answer = await this.request(path, { isAnonymous: true });
    if (answer.status !== 200) throw new Error(`${path} at ${this.name}: ${answer.status} ${answer.text}`);
    return JSON.parse(answer.text);
  }

  /** As a program with a system token, or as anybody when `isAnonymous`. */
  async request(
    path: string,
    options: { method?: string; body?: unknown; headers?: Record<string, string>; isAnonymous?: boolean } = {},
  ): Promise<{ status: number; headers: Headers; text: string }> {
    const { method = 'GET', body, headers = {}, isAnonymous = false } = options;
    if (!isAnonymous && this.#token === '')
      this.#token = (await this.command('token', 'create', '--role', 'system')).token;
    const type = path.startsWith('/fhir') ? 'application/fhir+json' : 'application/json';
    const answer = await fetch(this.url + path, {
      method,
      headers: {
        ...(isAnonymous ? {} : { authorization: `Bearer ${this.#token}` }),
        ...(body === undefined ? {} : { 'content-type': type }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(LONGEST_MS),
    });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  }

  async status(): Promise<LedgerStatus> {
    return await this.get('/api/ledger/status');
  }

  /** One patient, as a laboratory's program would write it: enrolled and anchored on the ledger. */
  async write(prefer?: string): Promise<Written> {
    const body = { resourceType: 'Patient', identifier: [{ system: 'urn:network-test', value: crypto.randomUUID() }] };
    const answer = await this.request('/fhir/R4/Patient', {
      method: 'POST',
      body,
      ...(prefer === undefined ? {} : { headers: { prefer } }),
    });
    if (answer.status !== 201) throw new Error(`a write at ${this.name}: ${answer.status} ${answer.text}`);
    return {
      status: answer.status,
      location: new URL(answer.headers.get('location') ?? '', this.url).pathname,
      transactions: (answer.headers.get('x-clearchart-transaction') ?? '').split(', '),
    };
  }

  /** `pending`, `included`, `final`, or `unknown`. */
  async finality(transaction: string): Promise<string> {
    const answer = await this.request(`/api/ledger/transactions/${transaction}`, { isAnonymous: true });
    return answer.status === 200 ? (JSON.parse(answer.text) as { finality: string }).finality : 'unknown';
  }

  /** Resident memory, bytes. */
  memory(): number {
    const text = readFileSync(`/proc/${this.#child?.pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(text)?.[1]) * 1024;
  }
}

export function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });
}

/** Waits until it is so. @throws Error that says what was waited for */
export async function until(
  what: string,
  isSo: () => Promise<boolean> | boolean,
  withinMs = LONGEST_MS,
): Promise<void> {
  for (const end = Date.now() + withinMs; ; ) {
    if (await isSo()) return;
    if (Date.now() > end) throw new Error(`within ${withinMs} ms it did not come to pass that ${what}`);
    await new Promise((later) => setTimeout(later, LOOK_AGAIN_MS));
  }
}

export const folderOf = (parent: string, name: string): string => join(parent, name.toLowerCase());
