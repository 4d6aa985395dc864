/** One POST to another node, bounded in time and size; no redirect is followed. */
import { type IncomingMessage, Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { getCACertificates } from 'node:tls';
import type { PeerFailure } from '@clearchart/api';

export interface PostAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Uint8Array;
}

/** No answer. `reached`: the connection stood, so that the request may have arrived. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly failure: PeerFailure;
  readonly reached: boolean;
  constructor(failure: PeerFailure, reached: boolean) {
    const { code, reason } = failure;
    super(code === undefined ? WORDS[reason] : `${WORDS[reason]}: ${code}`);
    this.failure = failure;
    this.reached = reached;
  }
}

/** For logs and errors; the node page has words of its own. */
const WORDS: Readonly<Record<PeerFailure['reason'], string>> = {
  'no-address': 'its address is not known',
  'bad-address': 'its address is not one of HTTP',
  'name-unknown': 'the name in its address is not known',
  'name-not-looked-up': 'the name in its address cannot be looked up now',
  unreachable: 'its address cannot be reached',
  'nothing-listens': 'nothing listens at its address',
  'broken-off': 'it broke the connection off',
  timeout: 'no answer in time',
  certificate: 'its certificate is not believed',
  'no-answer': 'no answer',
  'answer-too-long': 'its answer is too long',
  'answer-unsigned': 'its answer is not signed by it',
  'message-too-long': 'a message to it was too long and was not sent',
  'too-many-questions': 'too many questions to it wait for answers',
  refused: 'refused',
  stopping: 'this node is stopping',
  'not-made': 'the request could not be made',
};

export interface Connections {
  /** @throws NoAnswer, or `signal.reason` when it is given up. */
  post(url: URL, headers: Readonly<Record<string, string>>, body: Uint8Array, limits: PostLimits): Promise<PostAnswer>;
  close(): void;
}

interface PostLimits {
  readonly mostBytes: number;
  readonly signal: AbortSignal;
}

/** Connections that stay open between requests. `ca`: PEM certificates believed beside those the machine believes. */
export function openConnections(ca: string | undefined, perPeer: number): Connections {
  const options = { keepAlive: true, maxSockets: perPeer };
  const http = new HttpAgent(options);
  const https = new HttpsAgent({
    ...options,
    minVersion: 'TLSv1.2',
    ...(ca === undefined ? {} : { ca: [...getCACertificates('default'), ca] }),
  });

  function once(url: URL, headers: Readonly<Record<string, string>>, body: Uint8Array, limits: PostLimits) {
    return new Promise<PostAnswer | 'stale-connection'>((resolve, reject) => {
      const overTls = url.protocol === 'https:';
      const { signal, mostBytes } = limits;
      const outgoing = overTls
        ? httpsRequest(url, { method: 'POST', agent: https, headers, signal })
        : httpRequest(url, { method: 'POST', agent: http, headers, signal });
      let reached = false;
      outgoing.once('socket', (socket) => {
        if (outgoing.reusedSocket) reached = true;
        else socket.once(overTls ? 'secureConnect' : 'connect', () => (reached = true));
      });
      let isAnswered = false;
      outgoing.on('error', (fault) => {
        // Closed while it was idle, most likely. The same request goes again: what has come already is not taken twice.
        if (outgoing.reusedSocket && !isAnswered && codeOf(fault) === 'ECONNRESET') resolve('stale-connection');
        else reject(noAnswer(fault, reached, signal));
      });
      outgoing.once('response', (incoming) => {
        isAnswered = true;
        readAnswer(incoming, mostBytes).then(
          (answer) => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: answer }),
          (fault: unknown) => {
            outgoing.destroy();
            reject(noAnswer(fault, true, signal));
          },
        );
      });
      outgoing.end(body);
    });
  }

  return {
    async post(url, headers, body, limits) {
      for (;;) {
        const answer = await once(url, headers, body, limits);
        if (answer !== 'stale-connection') return answer;
      }
    },
    close() {
      http.destroy();
      https.destroy();
    },
  };
}

async function readAnswer(incoming: IncomingMessage, mostBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let read = 0;
  for await (const chunk of incoming as AsyncIterable<Uint8Array>) {
    read += chunk.length;
    if (read > mostBytes) throw new NoAnswer({ reason: 'answer-too-long' }, true);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

const REASONS: Readonly<Record<string, PeerFailure['reason']>> = {
  ECONNREFUSED: 'nothing-listens',
  ECONNRESET: 'broken-off',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENOTFOUND: 'name-unknown',
  EAI_AGAIN: 'name-not-looked-up',
  EPIPE: 'broken-off',
  ETIMEDOUT: 'timeout',
};

function noAnswer(fault: unknown, reached: boolean, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason instanceof NoAnswer ? new NoAnswer(signal.reason.failure, reached) : fault;
  if (fault instanceof NoAnswer) return fault;
  const code = codeOf(fault);
  const reason = REASONS[code ?? ''];
  if (reason !== undefined) return new NoAnswer({ reason }, reached);
  if (code === undefined) return new NoAnswer({ reason: 'no-answer' }, reached);
  const isCertificate = /CERT|SIGNATURE|ISSUER|HOSTNAME|ALTNAME/.test(code);
  return new NoAnswer({ reason: isCertificate ? 'certificate' : 'no-answer', code: code.slice(0, 60) }, reached);
}

function codeOf(fault: unknown): string | undefined {
  const code = (fault as { code?: unknown }).code;
  return typeof code === 'string' ? code : undefined;
}
