/** The headers that sign a request between nodes, and what is signed (docs/protocol/peers.md). */
import { fromHex, labelledHash, toHex, uint64, utf8 } from '@clearchart/crypto';
import { type ChainId, isHex, type OrganizationId } from '@clearchart/ledger';
import { createHash } from 'node:crypto';
import type { PeerIdentity } from './ports.ts';

export const PEER_PATHS = { messages: '/api/peers/messages', questions: '/api/peers/questions' } as const;
export type PeerPath = (typeof PEER_PATHS)[keyof typeof PEER_PATHS];
export const PEER_CONTENT_TYPE = 'application/octet-stream';
/** Of an answer, as of a request. */
export const SIGNATURE_HEADER = 'clearchart-signature';

const HEADERS = {
  organization: 'clearchart-organization',
  time: 'clearchart-time',
  nonce: 'clearchart-nonce',
  publicKey: 'clearchart-key',
  bodyHash: 'clearchart-body',
  signature: SIGNATURE_HEADER,
} as const;

const NONCE_BYTES = 16;

export interface RequestFacts {
  readonly organization: OrganizationId;
  /** Milliseconds. */
  readonly time: number;
  /** 32 hexadecimal digits. */
  readonly nonce: string;
  /** SHA-256 of the body, 64 hexadecimal digits. */
  readonly bodyHash: string;
}

export interface SignedHeaders extends RequestFacts {
  readonly publicKey: string;
  readonly signature: string;
}

export interface SignedRequest {
  readonly time: number;
  /** 32 bytes; the answer's signature covers them. */
  readonly message: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

export function requestMessage(
  chainId: ChainId,
  receiver: OrganizationId,
  path: PeerPath,
  { organization, time, nonce, bodyHash }: RequestFacts,
): Uint8Array {
  return labelledHash(
    'clearchart/peer-request/v0',
    fromHex(chainId),
    fromHex(organization),
    fromHex(receiver),
    utf8(path),
    uint64(time),
    fromHex(nonce),
    fromHex(bodyHash),
  );
}

/** Through the request's message an answer belongs to one chain, sender, receiver, question and moment. */
export function answerMessage(request: Uint8Array, answer: Uint8Array): Uint8Array {
  return labelledHash('clearchart/peer-answer/v0', request, fromHex(hashOf(answer)));
}

export function signRequest(
  { chainId, organization, signer, clock }: PeerIdentity,
  random: { bytes(length: number): Uint8Array },
  receiver: OrganizationId,
  path: PeerPath,
  body: Uint8Array,
): SignedRequest {
  const time = clock.now();
  const facts = { organization, time, nonce: toHex(random.bytes(NONCE_BYTES)), bodyHash: hashOf(body) };
  const message = requestMessage(chainId, receiver, path, facts);
  const key = signer();
  const values = { ...facts, time: String(time), publicKey: toHex(key.publicKey), signature: toHex(key.sign(message)) };
  const headers = Object.entries(HEADERS).map(([name, header]) => [header, values[name as keyof typeof HEADERS]]);
  return {
    time,
    message,
    headers: {
      ...(Object.fromEntries(headers) as Record<string, string>),
      'content-type': PEER_CONTENT_TYPE,
      'content-length': String(body.length),
    },
  };
}

/** Undefined unless every header is there, once, and of its exact form. */
export function readSignedHeaders(headers: Readonly<Record<string, unknown>>): SignedHeaders | undefined {
  const of = (name: keyof typeof HEADERS): unknown => headers[HEADERS[name]];
  const [organization, nonce, publicKey, bodyHash, signature] = [
    of('organization'),
    of('nonce'),
    of('publicKey'),
    of('bodyHash'),
    of('signature'),
  ];
  const time = of('time');
  if (typeof time !== 'string' || !/^[1-9]\d{0,14}$/.test(time)) return undefined;
  if (!isHex(organization, 32) || !isHex(nonce, 2 * NONCE_BYTES) || !isHex(publicKey, 64)) return undefined;
  if (!isHex(bodyHash, 64) || !isHex(signature, 128)) return undefined;
  const sender = organization as OrganizationId;
  return { organization: sender, time: Number(time), nonce, publicKey, bodyHash, signature };
}

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
