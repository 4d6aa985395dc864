/** Nodes of made-up hospitals that know each other's keys, each with a real HTTP server, and what they were sent. */
import { type Signer, toHex } from '@clearchart/crypto';
import { type OrganizationId, organizationIdOf, parseChainId } from '@clearchart/ledger';
import { createSigner, nodeRandom, nodeVerifier } from '@clearchart/node-crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { systemTimers } from '../clock.ts';
import { createHttpServer } from '../http/server.ts';
import { httpPeers, type HttpPeers, type HttpPeersPorts } from './http-peers.ts';
import { peerRoutes } from './peer-routes.ts';
import type { PeerHandler, PeerIdentity } from './ports.ts';
import { type PeerPath, signRequest } from './signed-request.ts';

export const chainId = parseChainId('c1'.repeat(32));
export const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
export const bytes = (words: string): Uint8Array => new Uint8Array(Buffer.from(words));

/** Self-signed for localhost and 127.0.0.1, for a hundred years. */
export const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBnDCCAUGgAwIBAgIUFIQORIELTbWDN4r8gX6biONydMkwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJdGVzdCBub2RlMCAXDTI2MTEyNzExMzgzMloYDzIxMjYxMTAz
MTEzODMyWjAUMRIwEAYDVQQDDAl0ZXN0IG5vZGUwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAARR7PCq7MqGIiOYbRoRhJyp3Iff9GBdWEjXGoBGQ1qoata2ziu486tV
mfrKjpK+i0S13uxulI88juPZ1mx49DOQo28wbTAdBgNVHQ4EFgQU8MftRqwAcQdM
W2XEHHc26+9VIm8wHwYDVR0jBBgwFoAU8MftRqwAcQdMW2XEHHc26+9VIm8wGgYD
VR0RBBMwEYIJbG9jYWxob3N0hwR/AAABMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZI
zj0EAwIDSQAwRgIhANioCxIhDrC3yFs76i+mtcZfu3rcrq80TbvLFxk+ykEgAiEA
+GaBMEM3Gvq+w1OPUKQl6l1y2wRf+HFh6qjR1eOj5uM=
-----END CERTIFICATE-----
`;
export const CERTIFICATE_KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgnNMf1YxzEcf5PuFM
A2ns0DzdxpOFPeWtavtc7xBsfoyhRANCAARR7PCq7MqGIiOYbRoRhJyp3Iff9GBd
WEjXGoBGQ1qoata2ziu486tVmfrKjpK+i0S13uxulI88juPZ1mx49DOQ
-----END PRIVATE KEY-----
`;

export interface Party {
  readonly organization: OrganizationId;
  readonly signer: Signer;
}

/** The three have keys on the ledger; the stranger has not. */
const party = (seed: number): Party => {
  const signer = createSigner(new Uint8Array(32).fill(seed));
  return { signer, organization: organizationIdOf(signer.publicKey) };
};
export const city = party(1);
export const coast = party(2);
export const hill = party(3);
export const stranger = party(9);

export const clock = { ahead: 0, now: () => Date.now() + clock.ahead };

export function identityOf({ organization, signer }: Party): PeerIdentity {
  const keys = new Map([city, coast, hill].map((one) => [one.organization, [toHex(one.signer.publicKey)]]));
  const keysOf = (of: OrganizationId): readonly string[] => keys.get(of) ?? [];
  return { chainId, organization, signer: () => signer, verifier: nodeVerifier, clock, keysOf };
}

export interface TestPeer {
  readonly address: string;
  /** Messages taken, as `sender: text`, in order. */
  readonly received: string[];
  readonly banned: Set<OrganizationId>;
  /** Requests whose signature held so far. */
  signedSoFar(): number;
  close(): Promise<void>;
}

export interface TestPeerOptions {
  readonly port?: number;
  readonly overTls?: boolean;
  readonly requestMs?: number;
  readonly answer?: PeerHandler['answer'];
}

export async function startPeer(of: Party, options: TestPeerOptions = {}): Promise<TestPeer> {
  const app = await createHttpServer({
    authentication: { cookieName: 'session', bySession: () => undefined, byToken: () => undefined },
    log: { level: 'silent' },
    timeouts: { requestMs: options.requestMs ?? 30_000, headersMs: 500, checkMs: 100 },
    ...(options.overTls === true ? { tls: { certificate: CERTIFICATE, key: CERTIFICATE_KEY } } : {}),
  });
  const received: string[] = [];
  const banned = new Set<OrganizationId>();
  let signedSoFar = 0;
  const handler: PeerHandler = {
    isBanned(peer) {
      signedSoFar += 1;
      return banned.has(peer);
    },
    receive: (from, message) => void received.push(`${from}: ${text(message)}`),
    answer: options.answer ?? (async (from, question) => bytes(`${text(question)}, ${from}`)),
  };
  await app.register(peerRoutes(identityOf(of), handler));
  const address = await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  return { address, received, banned, signedSoFar: () => signedSoFar, close: () => app.close() };
}

/** The client of a party that finds the others at these addresses. */
export function clientOf(
  of: Party,
  addresses: ReadonlyMap<OrganizationId, string | undefined>,
  ports: Partial<HttpPeersPorts> = {},
): HttpPeers {
  return httpPeers({
    ...identityOf(of),
    timers: systemTimers,
    random: nodeRandom,
    peers: () => [...addresses.keys()],
    addressOf: (organization) => addresses.get(organization),
    ...ports,
  });
}

export type Headers = Record<string, string>;

/** As an honest node signs it, unless `identity` says otherwise. */
export function signed(
  from: Party,
  to: Party,
  path: PeerPath,
  body: string,
  identity: Partial<PeerIdentity> = {},
): Headers {
  return {
    ...signRequest({ ...identityOf(from), ...identity }, nodeRandom, to.organization, path, bytes(body)).headers,
  };
}

export interface TestAnswer {
  readonly status: number;
  readonly code: string | undefined;
  readonly body: string;
  readonly headers: globalThis.Headers;
}

export async function post({ address }: TestPeer, path: PeerPath, headers: Headers, body: string): Promise<TestAnswer> {
  const { 'content-length': _length, ...rest } = headers;
  const answer = await fetch(address + path, { method: 'POST', headers: rest, body });
  const said = await answer.text();
  const isProblem = answer.headers.get('content-type')?.startsWith('application/problem+json') === true;
  const code = isProblem ? (JSON.parse(said) as { code: string }).code : undefined;
  return { status: answer.status, code, body: said, headers: answer.headers };
}

/** Sends this much of a request and no more; tells what comes back once the server has closed the connection. */
export async function sendPart(
  { address }: TestPeer,
  path: PeerPath,
  headers: Headers,
  part: string,
): Promise<{ heard: Promise<string>; write(more: string): void; destroy(): void }> {
  const socket = connect(Number(new URL(address).port), '127.0.0.1');
  await once(socket, 'connect');
  let heard = '';
  socket.on('data', (chunk) => (heard += chunk.toString('latin1')));
  socket.on('error', () => {});
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.write([`POST ${path} HTTP/1.1`, 'host: x', ...lines, '', part].join('\r\n'));
  return {
    // A reset by the other side is an end like another.
    heard: new Promise((done) => void socket.once('close', () => done(heard))),
    write: (more) => void socket.write(more),
    destroy: () => void socket.destroy(),
  };
}

export async function until(what: () => boolean, withinMs = 5_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!what()) {
    if (Date.now() > end) throw new Error('it did not come to it');
    await new Promise((done) => setTimeout(done, 5));
  }
}
