/** The way to other members. Who sent something is known for certain; what was sent is not trusted. */
import type { OrganizationId } from '@clearchart/ledger';

export interface PeerNetwork {
  /** Members that can be reached in principle, this one not among them. */
  peers(): readonly OrganizationId[];
  /** Sent once, in order, as long as the other side takes it; never waits and never fails. */
  send(to: OrganizationId, message: Uint8Array): void;
  /** Rejects when no answer comes in time. */
  ask(peer: OrganizationId, question: Uint8Array): Promise<Uint8Array>;
}

/** What a node does with what comes from others. */
export interface PeerHandler {
  /** Nothing is taken from it and nothing answered for a while. */
  isBanned(peer: OrganizationId): boolean;
  receive(from: OrganizationId, message: Uint8Array): void;
  answer(from: OrganizationId, question: Uint8Array): Promise<Uint8Array>;
}

/** The network of a hospital that is alone. */
export const NOBODY: PeerNetwork = {
  peers: () => [],
  send: () => undefined,
  ask: () => Promise.reject(new Error('there is no other member')),
};
