/** What the way to other members needs from the node, and what the engine sees of it. */
import type { SignatureVerifier, Signer } from '@clearchart/crypto';
import type { Clock } from '@clearchart/exchange';
import type { ChainId, OrganizationId } from '@clearchart/ledger';

/** What both ends of a request must know. */
export interface PeerIdentity {
  readonly chainId: ChainId;
  /** The own one. */
  readonly organization: OrganizationId;
  /** With the key that is the organization's on the ledger now; asked at each use. */
  signer(): Signer;
  readonly verifier: SignatureVerifier;
  readonly clock: Clock;
  /** Keys of an organization on the ledger, 64 hexadecimal digits each; none when it is not known. */
  keysOf(organization: OrganizationId): readonly string[];
}

/** What a node does with what comes from others. */
export interface PeerHandler {
  /** Nothing is taken from it and nothing answered for a while. */
  isBanned(peer: OrganizationId): boolean;
  receive(from: OrganizationId, message: Uint8Array): void;
  /** At most LARGEST_MESSAGE_BYTES. */
  answer(from: OrganizationId, question: Uint8Array): Promise<Uint8Array>;
}
