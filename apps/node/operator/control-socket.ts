/**
 * The operator's door to a running node: a Unix socket that only the operating-system user of the node
 * may open. The command line uses it when the node runs, and does the same work itself when it stands still.
 */
import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, rmSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { OperatorRefusal, type RefusalKind } from './refusal.ts';

/** Linux keeps 108 bytes for the path of a socket. */
const LONGEST_SOCKET_PATH = 100;
const LONGEST_REQUEST_BYTES = 64 * 1024;

export interface OperatorRequest {
  readonly operation: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export type OperatorMessage =
  | { readonly progress: { readonly done: number; readonly total: number } }
  | { readonly result: unknown }
  | { readonly refused: RefusalKind; readonly words: string }
  | { readonly fault: string };

export type Operate = (request: OperatorRequest, onProgress: (done: number, total: number) => void) => Promise<unknown>;

export function controlSocketPath(dataFolder: string): string {
  const inside = join(resolve(dataFolder), 'control.sock');
  if (Buffer.byteLength(inside) <= LONGEST_SOCKET_PATH) return inside;
  const name = createHash('sha256').update(resolve(dataFolder)).digest('hex').slice(0, 24);
  return join(tmpdir(), `clearchart-${userInfo().uid}-${name}.sock`);
}

export async function serveControlSocket(dataFolder: string, operate: Operate): Promise<{ close(): Promise<void> }> {
  const path = controlSocketPath(dataFolder);
  // The folder lock is held: a socket that is still there belongs to a process that died.
  rmSync(path, { force: true });
  const server = createServer((incoming, answer) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > LONGEST_REQUEST_BYTES) incoming.destroy();
      else chunks.push(chunk);
    });
    incoming.on('end', () => {
      const say = (message: OperatorMessage): void => {
        answer.write(`${JSON.stringify(message)}\n`);
      };
      Promise.resolve()
        .then(() => JSON.parse(Buffer.concat(chunks).toString('utf8')) as OperatorRequest)
        .then((parsed) => operate(parsed, (done, total) => say({ progress: { done, total } })))
        .then((result) => say({ result }))
        .catch((fault: unknown) => say(failureOf(fault)))
        .finally(() => answer.end());
    });
  });
  server.requestTimeout = 0;
  const previousMask = process.umask(0o177);
  try {
    await listen(server, path);
  } finally {
    process.umask(previousMask);
  }
  chmodSync(path, 0o600);
  return {
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function failureOf(fault: unknown): OperatorMessage {
  if (fault instanceof OperatorRefusal) return { refused: fault.kind, words: fault.message };
  return { fault: fault instanceof Error ? fault.message : String(fault) };
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((ready, failed) => {
    server.once('error', failed);
    server.listen(path, () => ready());
  });
}

/** A socket of another user is never told anything: the temporary folder is open to all. */
function isOwnSocket(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found?.isSocket() === true && found.uid === userInfo().uid;
}

/** Asks the running node; `undefined` when none runs on this folder. */
export function askRunningNode(
  dataFolder: string,
  asked: OperatorRequest,
  onProgress: (done: number, total: number) => void,
): Promise<{ result: unknown } | undefined> {
  const path = controlSocketPath(dataFolder);
  if (!isOwnSocket(path)) return Promise.resolve(undefined);
  return new Promise((done, failed) => {
    const outgoing = request({ socketPath: path, method: 'POST', path: '/', agent: false }, (incoming) => {
      let rest = '';
      let answer: { result: unknown } | undefined;
      incoming.setEncoding('utf8');
      incoming.on('data', (text: string) => {
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          const message = JSON.parse(line) as OperatorMessage;
          if ('progress' in message) onProgress(message.progress.done, message.progress.total);
          else if ('refused' in message) failed(new OperatorRefusal(message.refused, message.words));
          else if ('fault' in message) failed(new Error(message.fault));
          else answer = { result: message.result };
        }
      });
      incoming.on('end', () =>
        answer === undefined ? failed(new Error('the node stopped before it answered')) : done(answer),
      );
      incoming.on('error', failed);
    });
    outgoing.on('error', (fault: NodeJS.ErrnoException) => {
      if (fault.code === 'ECONNREFUSED' || fault.code === 'ENOENT') done(undefined);
      else failed(fault);
    });
    outgoing.end(JSON.stringify(asked));
  });
}
