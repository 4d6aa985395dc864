/** Votes, links and blocks of a made-up chain. Signatures are real, so that votes are what a member would send. */
import { labelledHash, toHex, uint32, utf8 } from '@clearchart/crypto';
import {
  type Evidence,
  parseChainId,
  parseOrganizationId,
  type SupermajorityLink,
  signVote,
  type TipBlock,
  type Vote,
} from '@clearchart/ledger';
import { createSigner } from '@clearchart/node-crypto';

export const chainId = parseChainId('c1'.repeat(32));
const organization = parseOrganizationId('0a'.repeat(16));
const signer = createSigner(new Uint8Array(32).fill(7));

const hashOf = (height: number, fork: string): string =>
  toHex(labelledHash('clearchart/test/block', uint32(height), utf8(fork)));
const checkpoint = (height: number, fork = '') => ({ height, hash: hashOf(height, fork) });

export function vote(source: number, target: number, fork = ''): Vote {
  return signVote(chainId, organization, { source: checkpoint(source), target: checkpoint(target, fork) }, signer);
}

export function link(source: number, target: number): SupermajorityLink {
  const { signature } = vote(source, target);
  return { source: checkpoint(source), target: checkpoint(target), signatures: [{ organization, signature }] };
}

export function block(height: number, fork = '', length = 100): TipBlock {
  return { height, hash: hashOf(height, fork), bytes: new Uint8Array(length).fill(height) };
}

export function doubleVote(height: number): Evidence {
  return { kind: 'double-vote', first: vote(0, height), second: vote(0, height, 'other') };
}
