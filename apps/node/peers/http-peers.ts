/** The way to other members' nodes over HTTP: what the engine sees of it is `PeerNetwork` of engines/proof-of-work. */
import type { PeerFailure } from '@clearchart/api';
import { fromHex, fromUtf8, type Random } from '@clearchart/crypto';
import type { Timers } from '@clearchart/exchange';
import { isHex, type OrganizationId } from '@clearchart/ledger';
import {
  LARGEST_MESSAGE_BYTES,
  LARGEST_REFUSAL_BYTES,
  MESSAGE_TIMEOUT_MS,
  MOST_ASKED_AT_ONCE,
  MOST_PEERS,
  QUESTION_TIMEOUT_MS,
} from './limits.ts';
import { type Attempt, MessageQueue } from './message-queue.ts';
import type { PeerIdentity } from './ports.ts';
import { NoAnswer, openConnections, type PostAnswer } from './post.ts';
import {
  answerMessage,
  PEER_PATHS,
  type PeerPath,
  SIGNATURE_HEADER,
  type SignedRequest,
  signRequest,
} from './signed-request.ts';

export interface HttpPeersPorts extends PeerIdentity {
  readonly timers: Timers;
  readonly random: Random;
  peers(): readonly OrganizationId[];
  /** Origin at which its node is reached, such as https://node.city.example; read at each use. */
  addressOf(organization: OrganizationId): string | undefined;
  /** PEM certificates to believe beside those the machine believes. */
  readonly ca?: string;
}

/** For the operator. */
export interface PeerState {
  readonly organization: OrganizationId;
  readonly address: string | undefined;
  /** Milliseconds, as are the others. */
  readonly lastSuccessAt: number | undefined;
  readonly lastFailureAt: number | undefined;
  readonly lastFailure: PeerFailure | undefined;
  readonly waiting: number;
  readonly roundTripMs: number | undefined;
}

export interface HttpPeers {
  peers(): readonly OrganizationId[];
  send(to: OrganizationId, message: Uint8Array): void;
  /** @throws Error in our own words when no answer comes. */
  ask(peer: OrganizationId, question: Uint8Array): Promise<Uint8Array>;
  peerStates(): readonly PeerState[];
  close(): void;
}

interface Peer {
  readonly queue: MessageQueue;
  asked: number;
  lastSuccessAt?: number;
  lastFailureAt?: number;
  lastFailure?: PeerFailure;
  roundTripMs?: number;
}

interface Exchange {
  readonly path: PeerPath;
  readonly body: Uint8Array;
  readonly request: SignedRequest;
  readonly timeoutMs: number;
}

const CLOSED: PeerFailure = { reason: 'stopping' };

export function httpPeers(ports: HttpPeersPorts): HttpPeers {
  const { clock, timers } = ports;
  const connections = openConnections(ports.ca, MOST_ASKED_AT_ONCE + 1);
  const known = new Map<OrganizationId, Peer>();
  const underWay = new Set<AbortController>();
  let isClosed = false;

  function peerOf(organization: OrganizationId): Peer {
    let peer = known.get(organization);
    if (peer === undefined) {
      const queue = new MessageQueue({
        clock,
        timers,
        sign: (message) => signRequest(ports, ports.random, organization, PEER_PATHS.messages, message),
        attempt: (message, request) => attempt(organization, message, request),
      });
      if (known.size >= MOST_PEERS) forgetIdle();
      peer = { queue, asked: 0 };
      known.set(organization, peer);
    }
    return peer;
  }

  function forgetIdle(): void {
    for (const [organization, { queue, asked }] of known) {
      if (queue.length === 0 && asked === 0 && !ports.peers().includes(organization)) known.delete(organization);
    }
  }

  function failed(peer: Peer, failure: PeerFailure): void {
    peer.lastFailureAt = clock.now();
    peer.lastFailure = failure;
  }

  /** @throws NoAnswer */
  async function exchange(organization: OrganizationId, { path, body, request, timeoutMs }: Exchange) {
    const url = urlOf(ports.addressOf(organization), path);
    const giving = new AbortController();
    const cancel = timers.after(timeoutMs, () => giving.abort(new NoAnswer({ reason: 'timeout' }, false)));
    underWay.add(giving);
    const startedAt = clock.now();
    try {
      const { headers } = request;
      const limits = { mostBytes: LARGEST_MESSAGE_BYTES, signal: giving.signal };
      const answer = await connections.post(url, headers, body, limits);
      if (answer.status < 400) {
        const peer = peerOf(organization);
        peer.lastSuccessAt = clock.now();
        peer.roundTripMs = Math.max(0, clock.now() - startedAt);
      }
      return answer;
    } finally {
      cancel();
      underWay.delete(giving);
    }
  }

  async function attempt(to: OrganizationId, body: Uint8Array, request: SignedRequest): Promise<Attempt> {
    const peer = peerOf(to);
    try {
      const answer = await exchange(to, { path: PEER_PATHS.messages, body, request, timeoutMs: MESSAGE_TIMEOUT_MS });
      if (answer.status === 204) return 'taken';
      const code = refusalOf(answer);
      if (code === 'peer-request-repeated') return 'taken';
      failed(peer, { reason: 'refused', code });
      return REFUSED_FOR_GOOD.has(answer.status) ? 'refused' : 'not-now';
    } catch (fault) {
      failed(peer, failureOf(fault));
      return fault instanceof NoAnswer && fault.reached ? 'unknown' : 'not-now';
    }
  }

  async function ask(organization: OrganizationId, body: Uint8Array): Promise<Uint8Array> {
    const peer = peerOf(organization);
    if (isClosed) throw new NoAnswer(CLOSED, false);
    if (body.length > LARGEST_MESSAGE_BYTES) throw new RangeError(`a question of ${body.length} bytes is too long`);
    if (peer.asked >= MOST_ASKED_AT_ONCE) throw new NoAnswer({ reason: 'too-many-questions' }, false);
    peer.asked += 1;
    try {
      const path = PEER_PATHS.questions;
      const request = signRequest(ports, ports.random, organization, path, body);
      const answer = await exchange(organization, { path, body, request, timeoutMs: QUESTION_TIMEOUT_MS });
      if (answer.status !== 200) throw new NoAnswer({ reason: 'refused', code: refusalOf(answer) }, true);
      if (!isSignedBy(organization, request, answer)) throw new NoAnswer({ reason: 'answer-unsigned' }, true);
      return answer.body;
    } catch (fault) {
      failed(peer, failureOf(fault));
      throw new NoAnswer(failureOf(fault), false);
    } finally {
      peer.asked -= 1;
    }
  }

  function isSignedBy(organization: OrganizationId, request: SignedRequest, { headers, body }: PostAnswer): boolean {
    const signature = headers[SIGNATURE_HEADER];
    if (!isHex(signature, 128)) return false;
    const message = answerMessage(request.message, body);
    const keys = ports.keysOf(organization);
    return keys.some((key) => ports.verifier.verify(fromHex(key), message, fromHex(signature)));
  }

  return {
    peers: () => ports.peers(),
    send(to, message) {
      if (isClosed) return;
      const peer = peerOf(to);
      if (message.length > LARGEST_MESSAGE_BYTES) failed(peer, { reason: 'message-too-long' });
      // Kept for nobody who cannot be reached.
      else if (ports.addressOf(to) === undefined) failed(peer, NO_ADDRESS);
      else peer.queue.add(message);
    },
    ask,
    peerStates: () =>
      ports.peers().map((organization) => {
        const peer = known.get(organization);
        return {
          organization,
          address: ports.addressOf(organization),
          lastSuccessAt: peer?.lastSuccessAt,
          lastFailureAt: peer?.lastFailureAt,
          lastFailure: peer?.lastFailure,
          waiting: peer?.queue.length ?? 0,
          roundTripMs: peer?.roundTripMs,
        };
      }),
    close() {
      isClosed = true;
      for (const { queue } of known.values()) queue.close();
      for (const giving of underWay) giving.abort(new NoAnswer(CLOSED, false));
      connections.close();
    },
  };
}

const NO_ADDRESS: PeerFailure = { reason: 'no-address' };
/** The same message will not be taken later either. */
const REFUSED_FOR_GOOD: ReadonlySet<number> = new Set([400, 413, 415]);

function urlOf(address: string | undefined, path: PeerPath): URL {
  if (address === undefined) throw new NoAnswer(NO_ADDRESS, false);
  const url = URL.parse(path, address);
  if (url === null || !/^https?:$/.test(url.protocol)) throw new NoAnswer({ reason: 'bad-address' }, false);
  return url;
}

/** The code of a problem+json answer if it looks like one: nothing else of what the other side wrote is repeated. */
function refusalOf({ status, body }: PostAnswer): string {
  try {
    const { code } = JSON.parse(fromUtf8(body.subarray(0, LARGEST_REFUSAL_BYTES))) as { code?: unknown };
    if (typeof code === 'string' && /^[a-z-]{1,40}$/.test(code)) return code;
  } catch {
    // Not one of ours: a proxy, perhaps.
  }
  return `status ${status}`;
}

function failureOf(fault: unknown): PeerFailure {
  return fault instanceof NoAnswer ? fault.failure : { reason: 'not-made' };
}
