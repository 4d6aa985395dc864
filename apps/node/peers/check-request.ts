/** Who sends a request, decided from its headers alone: the body is read only of who may send it. */
import { fromHex } from '@clearchart/crypto';
import { type OrganizationId, organizationIdOf } from '@clearchart/ledger';
import { networkOf } from '../accounts/network.ts';
import { ApiError } from '../http/errors.ts';
import {
  CLOCK_TOLERANCE_MS,
  LARGEST_MESSAGE_BYTES,
  LARGEST_STRANGER_QUESTION_BYTES,
  MEMBER_LIMIT,
  STRANGER_LIMIT,
  STRANGERS_LIMIT,
} from './limits.ts';
import { Nonces } from './nonces.ts';
import type { PeerHandler, PeerIdentity } from './ports.ts';
import { SenderLimits } from './sender-limits.ts';
import { PEER_PATHS, type PeerPath, readSignedHeaders, requestMessage, type SignedHeaders } from './signed-request.ts';

export interface TakenRequest {
  readonly sender: OrganizationId;
  readonly bodyHash: string;
  /** What the sender signed. */
  readonly message: Uint8Array;
  /** Its body did not come whole: it may come again. */
  giveBack(): void;
  /** How long its answer is: that counts for its sender as well. */
  answered(bytes: number): void;
  /** It is over. */
  release(): void;
}

export interface IncomingHeaders {
  readonly path: PeerPath;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly address: string;
}

/** Strangers share what is remembered of them, as they share a limit. */
const STRANGERS = 'strangers';

/** Returns a check that throws the ApiError to answer with. */
export function requestCheck(
  identity: PeerIdentity,
  handler: Pick<PeerHandler, 'isBanned'>,
): (request: IncomingHeaders) => TakenRequest {
  const nonces = new Nonces();
  const limits = new SenderLimits();
  /** Taken, and nobody knows yet whether their bodies come whole. */
  const underWay = new Set<string>();

  return ({ path, headers, address }) => {
    const now = identity.clock.now();
    const signed = readSignedHeaders(headers);
    if (signed === undefined) throw notSigned('headers are missing or malformed');
    if (Math.abs(signed.time - now) > CLOCK_TOLERANCE_MS) throw notSigned('its time is too far from the clock here');
    const keys = identity.keysOf(signed.organization);
    const isStranger = !keys.includes(signed.publicKey);
    // One whose key has changed while it was away knows only the old one, until it has asked.
    const mayBeStranger = keys.length === 0 ? isNamedByKey(signed) : path === PEER_PATHS.questions;
    if (isStranger && !mayBeStranger) throw notSigned('the key is not one of the organization');
    const message = requestMessage(identity.chainId, identity.organization, path, signed);
    if (!identity.verifier.verify(fromHex(signed.publicKey), message, fromHex(signed.signature)))
      throw notSigned('the signature does not hold for this node, chain and request');
    const { organization, time, nonce, bodyHash } = signed;
    if (handler.isBanned(organization)) throw new ApiError('peer-refused');
    if (isStranger && path !== PEER_PATHS.questions)
      throw new ApiError('peer-refused', { detail: 'only members send messages' });
    const length = lengthOf(headers, isStranger ? LARGEST_STRANGER_QUESTION_BYTES : LARGEST_MESSAGE_BYTES);

    const rememberedAs = isStranger ? STRANGERS : organization;
    const name = `${organization}/${nonce}`;
    if (nonces.has(rememberedAs, time, nonce))
      throw new ApiError(underWay.has(name) ? 'busy' : 'peer-request-repeated');
    const place = limits.take(isStranger ? strangerLimits(address) : [[organization, MEMBER_LIMIT]], length, now);
    if (!('release' in place)) throw new ApiError('too-many-requests', place);
    if (!nonces.add(rememberedAs, time, nonce, now)) {
      place.release();
      throw new ApiError('too-many-requests');
    }
    underWay.add(name);
    return {
      sender: organization,
      bodyHash,
      message,
      answered: place.charge,
      giveBack: () => nonces.remove(rememberedAs, time, nonce),
      release: () => {
        underWay.delete(name);
        place.release();
      },
    };
  };
}

function notSigned(detail: string): ApiError {
  return new ApiError('not-signed-by-peer', { detail });
}

function isNamedByKey({ organization, publicKey }: SignedHeaders): boolean {
  return organizationIdOf(fromHex(publicKey)) === organization;
}

function strangerLimits(address: string) {
  return [
    [`network/${networkOf(address)}`, STRANGER_LIMIT],
    [STRANGERS, STRANGERS_LIMIT],
  ] as const;
}

/** Given beforehand, so that nobody has to read on to learn that it is too long. */
function lengthOf(headers: IncomingHeaders['headers'], most: number): number {
  const length = headers['content-length'];
  if (typeof length !== 'string' || !/^\d{1,15}$/.test(length))
    throw new ApiError('bad-request', { detail: 'the length of the body must be given' });
  if (Number(length) > most) throw new ApiError('body-too-large');
  return Number(length);
}
