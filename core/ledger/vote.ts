/**
 * Votes of Casper FFG (Buterin and Griffith 2017) with every block as a checkpoint: a member links a justified source to a later target.
 * More than two thirds linking the same two make the target justified; a link from a justified block to its direct child makes it final.
 */
import { fromHex, labelledHash, type SignatureVerifier, type Signer, toHex } from '@clearchart/crypto';
import { canonicalText, encodeCanonical } from './encoding.ts';
import type { ChainId, OrganizationId, Signature } from './identifiers.ts';
import { type MemberSet, MOST_MEMBERS, votingKeys } from './member-set.ts';
import { type Rejection, reject } from './rejection.ts';
import { checkShape, hex, integer, listOf, literal, object } from './shape.ts';

export interface Checkpoint {
  /** 0 for the genesis file. */
  readonly height: number;
  /** Header hash, or the chain id at height 0. */
  readonly hash: string;
}

export interface Link {
  readonly source: Checkpoint;
  readonly target: Checkpoint;
}

export interface Vote extends Link {
  readonly version: 1;
  readonly chainId: ChainId;
  readonly organization: OrganizationId;
  readonly signature: Signature;
}

/** The newest vote of a member, for people: nothing is decided by it. */
export interface LastVote extends Link {
  readonly organization: OrganizationId;
  /** Milliseconds by the own clock; undefined when it was heard before this start. */
  readonly heardAt?: number;
}

/** The votes of one link, gathered: what proves to others that its target is justified. */
export interface SupermajorityLink extends Link {
  readonly signatures: readonly { readonly organization: OrganizationId; readonly signature: Signature }[];
}

const checkpoint = (least: number) => object({ height: integer(least), hash: hex(64) });
const voteShape = object({
  version: literal(1),
  chainId: hex(64),
  source: checkpoint(0),
  target: checkpoint(1),
  organization: hex(32),
  signature: hex(128),
});
const linkShape = object({
  source: checkpoint(0),
  target: checkpoint(1),
  signatures: listOf(object({ organization: hex(32), signature: hex(128) }), 1, MOST_MEMBERS),
});

export function parseVoteValue(value: unknown): Vote | Rejection {
  return checkShape(voteShape, value, 'vote') ?? risingOrRefused(value as Vote);
}

export function parseLinkValue(value: unknown): SupermajorityLink | Rejection {
  return checkShape(linkShape, value, 'link') ?? risingOrRefused(value as SupermajorityLink);
}

function risingOrRefused<T extends Link>(link: T): T | Rejection {
  return link.target.height > link.source.height ? link : reject('shape-invalid', { what: 'link' });
}

export function voteMessage(chainId: ChainId, organization: OrganizationId, { source, target }: Link): Uint8Array {
  const covered = { version: 1, chainId, organization, source: plain(source), target: plain(target) };
  return labelledHash('clearchart/vote/v0', encodeCanonical(covered));
}

const plain = ({ height, hash }: Checkpoint): Checkpoint => ({ height, hash });

export function signVote(chainId: ChainId, organization: OrganizationId, link: Link, key: Signer): Vote {
  const signature = toHex(key.sign(voteMessage(chainId, organization, link))) as Signature;
  return { version: 1, chainId, source: plain(link.source), target: plain(link.target), organization, signature };
}

/** Whether a member of the set signed it, with a key that counts. */
export function isVoteOf(vote: Vote, set: MemberSet, verifier: SignatureVerifier): boolean {
  const message = voteMessage(vote.chainId, vote.organization, vote);
  const signature = fromHex(vote.signature);
  return votingKeys(set, vote.organization).some((key) => verifier.verify(fromHex(key), message, signature));
}

/** The members of the set whose signature under the link holds. */
export function votersOf(
  link: SupermajorityLink,
  chainId: ChainId,
  set: MemberSet,
  verifier: SignatureVerifier,
): Set<OrganizationId> {
  const { source, target } = link;
  const valid = link.signatures.filter(({ organization, signature }) =>
    isVoteOf({ version: 1, chainId, source, target, organization, signature }, set, verifier),
  );
  return new Set(valid.map(({ organization }) => organization));
}

/** The two votes no honest member ever signs: two targets of one height, or a link around another. */
export type Misbehaviour = 'double-vote' | 'surround-vote';

export function conflictOf(one: Link, other: Link): Misbehaviour | undefined {
  if (isSameLink(one, other)) return undefined;
  if (one.target.height === other.target.height) return 'double-vote';
  const [outer, inner] = one.target.height > other.target.height ? [one, other] : [other, one];
  return outer.source.height < inner.source.height ? 'surround-vote' : undefined;
}

/** The lower target first; of one height, by the canonical text of their links. */
export function inReportOrder<T extends Link>(one: T, other: T): readonly [T, T] {
  const rise = one.target.height - other.target.height;
  const isFirst = rise === 0 ? linkText(one) <= linkText(other) : rise < 0;
  return isFirst ? [one, other] : [other, one];
}

const linkText = ({ source, target }: Link): string => canonicalText({ source: plain(source), target: plain(target) });

export function isSameLink(one: Link, other: Link): boolean {
  return isSameCheckpoint(one.source, other.source) && isSameCheckpoint(one.target, other.target);
}

export function isSameCheckpoint(one: Checkpoint, other: Checkpoint): boolean {
  return one.height === other.height && one.hash === other.hash;
}
