/** A member's place on the network held by a script: it sends what it likes to the others' doors, and answers their questions as it likes. */
import { createHash } from 'node:crypto';
import {
  Agent,
  createServer,
  type IncomingMessage,
  request as httpRequest,
  type Server,
  type ServerResponse,
} from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import {
  answerMessage,
  type Fields,
  type Header,
  hex,
  type Key,
  newKey,
  organizationOf,
  type Place,
  requestMessage,
  signed,
} from './byzantine-wire.fixture.ts';

const MESSAGES = '/api/peers/messages';
const QUESTIONS = '/api/peers/questions';
const LONGEST_MS = 60_000;

/** What it says to a question: bytes, nothing at all, or bytes without an end. */
export type Lie = Buffer | 'silence' | 'endless';

export interface HeardBlock extends Fields {
  readonly header: Header;
}

export interface HeardVote extends Fields {
  readonly organization: string;
  readonly source: Place;
  readonly target: Place;
}

export interface Other {
  readonly url: string;
  readonly organization: string;
}

export interface Posted {
  readonly status: number;
  readonly body: Buffer;
  readonly headers: IncomingMessage['headers'];
}

export interface RequestLie {
  readonly sender?: string;
  readonly key?: Key;
  readonly receiver?: string;
  readonly time?: number;
  readonly nonce?: string;
  /** What goes out in place of what was signed. */
  readonly body?: Buffer;
  readonly length?: number | 'none';
  /** In place of its own: such as those of a request that it heard. */
  readonly headers?: IncomingMessage['headers'];
}

export class ByzantinePeer {
  readonly key = newKey();
  readonly organization = organizationOf(this.key);
  readonly chainId: string;
  /** How it answers questions; by default it has nothing. */
  lie: (question: Fields) => Lie;
  /** Blocks that the others told it of, the last of each height. */
  readonly blocks: HeardBlock[] = [];
  /** All that it heard of, in order, as often as it was told. */
  readonly votes: HeardVote[] = [];
  readonly proposers: string[] = [];
  /** The last request with a message that came to it. */
  lastHeard: { readonly headers: IncomingMessage['headers']; readonly body: Buffer } | undefined;
  questions = 0;
  /** Every status that the others answered with, counted. */
  readonly statuses = new Map<number, number>();
  readonly #agent = new Agent({ maxSockets: 64 });
  readonly #server: Server;

  constructor(chainId: string) {
    this.chainId = chainId;
    this.lie = () =>
      Buffer.from(JSON.stringify({ blocks: [], links: [], votes: [], tip: { height: 0, hash: chainId } }));
    this.#server = createServer(
      (request, response) => void this.#serve(request, response).catch(() => response.destroy()),
    );
  }

  /** Statuses that say a server failed; 503 says that it is busy. */
  serverFaults(): number[] {
    return [...this.statuses.keys()].filter((status) => status >= 500 && status !== 503);
  }

  /** @returns where the others reach it */
  async listen(host: string): Promise<string> {
    this.#server.listen(0, host);
    await once(this.#server, 'listening');
    return `http://${host}:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#agent.destroy();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  message(to: Other, parts: Fields, lie: RequestLie = {}): Promise<Posted> {
    const whole = { transactions: [], blocks: [], votes: [], heads: [], tips: [], ...parts };
    return this.post(to, MESSAGES, Buffer.from(JSON.stringify(whole)), lie);
  }

  ask(to: Other, question: Fields, lie: RequestLie = {}): Promise<Posted> {
    return this.post(to, QUESTIONS, Buffer.from(JSON.stringify(question)), lie);
  }

  headersFor(to: Other, path: string, body: Buffer, lie: RequestLie = {}): Record<string, string> {
    const { sender = this.organization, key = this.key, receiver = to.organization, time = Date.now() } = lie;
    const { nonce = hex(16), length = (lie.body ?? body).length } = lie;
    const bodyHash = createHash('sha256').update(body).digest('hex');
    const message = requestMessage({ chainId: this.chainId, sender, receiver, path, time, nonce, bodyHash });
    return {
      'clearchart-organization': sender,
      'clearchart-time': String(time),
      'clearchart-nonce': nonce,
      'clearchart-key': key.publicKey,
      'clearchart-body': bodyHash,
      'clearchart-signature': signed(key, message),
      'content-type': 'application/octet-stream',
      ...(length === 'none' ? { 'transfer-encoding': 'chunked' } : { 'content-length': String(length) }),
    };
  }

  async post(to: Other, path: string, body: Buffer, lie: RequestLie = {}): Promise<Posted> {
    const headers = lie.headers ?? this.headersFor(to, path, body, lie);
    const outgoing = httpRequest(to.url + path, {
      method: 'POST',
      agent: this.#agent,
      headers,
      signal: AbortSignal.timeout(LONGEST_MS),
    });
    const answered = new Promise<Posted>((done, failed) => {
      outgoing.once('error', failed);
      outgoing.once('response', (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.once('error', failed);
        incoming.once('end', () => {
          const status = incoming.statusCode ?? 0;
          this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
          done({ status, body: Buffer.concat(chunks), headers: incoming.headers });
        });
      });
    });
    outgoing.end(lie.body ?? body);
    return await answered;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    if (request.url === MESSAGES) {
      this.lastHeard = { headers: request.headers, body };
      const { blocks, votes } = JSON.parse(body.toString()) as { blocks: HeardBlock[]; votes: HeardVote[] };
      for (const block of blocks) this.blocks[block.header.height] = block;
      this.proposers.push(...blocks.map(({ header }) => header['proposer'] as string));
      this.votes.push(...votes);
      response.writeHead(204).end();
      return;
    }
    this.questions += 1;
    const said = this.lie(JSON.parse(body.toString()) as Fields);
    if (said === 'silence') return;
    if (said === 'endless') {
      response.writeHead(200, { 'content-type': 'application/octet-stream', 'clearchart-signature': '0'.repeat(128) });
      const chunk = Buffer.alloc(64 * 1024, ' ');
      const timer = setInterval(() => response.write(chunk), 5);
      response.once('close', () => clearInterval(timer));
      return;
    }
    const of = (name: string): string => request.headers[`clearchart-${name}`] as string;
    const message = requestMessage({
      chainId: this.chainId,
      sender: of('organization'),
      receiver: this.organization,
      path: QUESTIONS,
      time: Number(of('time')),
      nonce: of('nonce'),
      bodyHash: of('body'),
    });
    response
      .writeHead(200, {
        'content-type': 'application/octet-stream',
        'clearchart-signature': signed(this.key, answerMessage(message, said)),
      })
      .end(said);
  }
}
