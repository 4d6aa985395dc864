/** One POST to another node, bounded in time and size; no redirect is followed. */
import { type IncomingMessage, Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { getCACertificates } from 'node:tls';

export interface PostAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Uint8Array;
}

/** No answer. `reached`: the connection stood, so that the request may have arrived. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly reached: boolean;
  constructor(words: string, reached: boolean) {
    super(words);
    this.reached = reached;
  }
}

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
    if (read > mostBytes) throw new NoAnswer('its answer is too long', true);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens at its address',
  ECONNRESET: 'it broke the connection off',
  EHOSTUNREACH: 'its address cannot be reached',
  ENETUNREACH: 'its address cannot be reached',
  ENOTFOUND: 'the name in its address is not known',
  EAI_AGAIN: 'the name in its address cannot be looked up now',
  EPIPE: 'it broke the connection off',
  ETIMEDOUT: 'no answer in time',
};

function noAnswer(fault: unknown, reached: boolean, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason instanceof NoAnswer ? new NoAnswer(signal.reason.message, reached) : fault;
  if (fault instanceof NoAnswer) return fault;
  const code = codeOf(fault) ?? 'no code';
  const isCertificate = /CERT|SIGNATURE|ISSUER|HOSTNAME|ALTNAME/.test(code);
  const words = WORDS[code] ?? (isCertificate ? `its certificate is not believed (${code})` : `no answer (${code})`);
  return new NoAnswer(words, reached);
}

function codeOf(fault: unknown): string | undefined {
  const code = (fault as { code?: unknown }).code;
  return typeof code === 'string' ? code : undefined;
}
