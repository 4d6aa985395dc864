/**
 * Whether a block is final under a set of members that the reader knows. One member: its signature. Several: the votes of more than
 * two thirds that link the block, or one that builds on it, to its direct child (vote.ts); work is ignored, the votes cover it.
 */
import type { SignatureVerifier } from '@clearchart/crypto';
import { type Header, headerHash, parseHeaderValue } from './header.ts';
import type { ChainId, OrganizationId } from './identifiers.ts';
import { isAlone, isMemberSet, isQuorum, type MemberSet, memberSetHash } from './member-set.ts';
import { type StateProof, verifyState } from './proof.ts';
import { isRejection } from './rejection.ts';
import { MEMBERS_KEY } from './state.ts';
import { meetsTarget } from './target.ts';
import { checkProposer } from './transition.ts';
import { isSameCheckpoint, parseLinkValue, type SupermajorityLink, votersOf } from './vote.ts';

/** A block's header with what shows that it is final. */
export interface FinalityProof {
  readonly header: Header;
  /** None under one member; else the link from the last of these headers to its direct child. */
  readonly votes: readonly SupermajorityLink[];
  /** From the next block on up to the one that the link starts from; left out when that is the block itself. */
  readonly following?: readonly Header[];
}

/** A block that decided on another set of members, proved by `members` under its state root. */
export interface MemberChange extends FinalityProof {
  readonly stateProof: StateProof;
}

export type Refusal = { readonly ok: false; readonly reason: string };

const no = (reason: string): Refusal => ({ ok: false, reason });

/** Headers between a block and the link that made it final, at most. */
const MOST_FOLLOWING = 10_000;

/**
 * Nothing in the proof is believed. `set` is the one the reader was led to by final blocks below this one; `within` are the changes
 * decided by this block or one of those following it, lowest first, and each must be one. The set in the answer leads to the blocks
 * above this one.
 */
export function checkFinalBlock(
  proof: unknown,
  chainId: ChainId,
  set: MemberSet,
  within: readonly MemberChange[],
  verifier: SignatureVerifier,
): { readonly ok: true; readonly header: Header; readonly set: MemberSet } | Refusal {
  const headers = headersOf(proof, chainId);
  if (!Array.isArray(headers)) return headers;
  const [header, last] = [headers[0] as Header, headers.at(-1) as Header];
  const walked = walk(headers, set, within);
  if ('ok' in walked) return walked;
  const { votes } = proof as FinalityProof;
  if (!Array.isArray(votes)) return no('the votes are not a list');
  const refusal = isAlone(set)
    ? checkSignature(header, headers.length, votes, walked.ofFirst, verifier)
    : checkVotes(last, votes, walked, verifier);
  return refusal ?? { ok: true, header, set: walked.afterFirst };
}

/** The block's header and those following it, each linked to the one before. */
function headersOf(proof: unknown, chainId: ChainId): Header[] | Refusal {
  const { header: first, following } = (proof ?? {}) as { header?: unknown; following?: unknown };
  if (following !== undefined && !Array.isArray(following)) return no('the following headers are not a list');
  if ((following?.length ?? 0) > MOST_FOLLOWING) return no('too many headers follow the block');
  const headers: Header[] = [];
  for (const value of [first, ...(following ?? [])]) {
    const header = parseHeaderValue(value);
    if (isRejection(header)) return no('something else stands where a block header should');
    if (header.chainId !== chainId) return no('a block header is of another chain');
    const before = headers.at(-1);
    if (before !== undefined && (header.height !== before.height + 1 || header.previousHash !== headerHash(before)))
      return no(`block ${header.height} does not follow the one before`);
    headers.push(header);
  }
  return headers;
}

interface Walked {
  /** The set that votes on the first header, as far as the reader knows. */
  readonly ofFirst: MemberSet;
  /** With what it decided. */
  readonly afterFirst: MemberSet;
  /** The set that votes on the block above the last header. */
  readonly afterLast: MemberSet;
  /** What it is about to become was decided by one of these headers, so it is not final yet. */
  readonly isDecidedWithin: boolean;
}

function walk(headers: readonly Header[], known: MemberSet, within: readonly MemberChange[]): Walked | Refusal {
  let current = known;
  let ofFirst: MemberSet | undefined;
  let afterFirst: MemberSet | undefined;
  let used = 0;
  for (const header of headers) {
    const voting = votingOn(header, current, used > 0);
    if (voting === undefined) return no(`block ${header.height}: block-member-set-wrong`);
    current = voting;
    const change = within[used];
    if (change !== undefined && headerHashOf(change) === headerHash(header)) {
      const decided = decisionOf(change, header, voting);
      if ('ok' in decided) return decided;
      current = decided;
      used += 1;
    }
    ofFirst ??= voting;
    afterFirst ??= current;
  }
  const left = within[used];
  if (left !== undefined) return no(`a member change at block ${left.header?.height} does not lead to this block`);
  return { ofFirst: ofFirst ?? known, afterFirst: afterFirst ?? known, afterLast: current, isDecidedWithin: used > 0 };
}

/**
 * The known set, or what it was about to become: that it came into force needs no proof, since the decision is final. A decision that is
 * not final yet cannot have come into force, and is never taken further.
 */
function votingOn(header: Header, set: MemberSet, isDecidedWithin: boolean): MemberSet | undefined {
  if (header.memberSetHash === memberSetHash(set)) return set;
  if (set.next === undefined || isDecidedWithin) return undefined;
  const activated: MemberSet = { members: set.next.members };
  return header.memberSetHash === memberSetHash(activated) ? activated : undefined;
}

function headerHashOf({ header }: MemberChange): string | undefined {
  const parsed = parseHeaderValue(header);
  return isRejection(parsed) ? undefined : headerHash(parsed);
}

/** The members as this header's block left them: those that voted on it, beside others to come. */
function decisionOf({ stateProof }: MemberChange, header: Header, voting: MemberSet): MemberSet | Refusal {
  if (stateProof?.key !== MEMBERS_KEY || !verifyState(header.stateRoot, stateProof))
    return no(`the member change at block ${header.height} is not proved`);
  const { value } = stateProof;
  if (!isMemberSet(value)) return no(`the state at block ${header.height} holds no member set`);
  const isOfVoting = memberSetHash({ members: value.members }) === memberSetHash({ members: voting.members });
  if (voting.next !== undefined || !isOfVoting || value.next?.decidedAt !== header.height)
    return no(`block ${header.height} decided on no other members`);
  return value;
}

/** The signature leaves out the nonce, so the work is looked at too: a header with another nonce is not the one in the chain. */
function checkSignature(
  header: Header,
  headers: number,
  votes: readonly unknown[],
  set: MemberSet,
  verifier: SignatureVerifier,
): Refusal | undefined {
  if (votes.length > 0 || headers > 1) return no('votes where one member signs alone');
  if (!meetsTarget(headerHash(header), header.target)) return no(`block ${header.height}: block-work-too-small`);
  const rejection = checkProposer(header, set, (check) =>
    verifier.verify(check.publicKey, check.message, check.signature),
  );
  return rejection === undefined ? undefined : no(`block ${header.height}: ${rejection.code}`);
}

function checkVotes(
  last: Header,
  votes: readonly unknown[],
  { afterLast, isDecidedWithin }: Walked,
  verifier: SignatureVerifier,
): Refusal | undefined {
  const link = votes.length === 1 ? parseLinkValue(votes[0]) : undefined;
  if (link === undefined || isRejection(link)) return no('the votes are not those of one link');
  if (!isSameCheckpoint(link.source, { height: last.height, hash: headerHash(last) }))
    return no(`the votes are not on block ${last.height}`);
  if (link.target.height !== last.height + 1) return no('the votes do not lead to the direct child');
  const votersUnder = (set: MemberSet) => votersOf(link, last.chainId, set, verifier);
  const isEnough = isDecidedWithin
    ? isQuorum(afterLast, votersUnder(afterLast))
    : isQuorumUnder(afterLast, votersUnder);
  return isEnough ? undefined : no(`the votes on block ${last.height} are not those of more than two thirds`);
}

/**
 * Whether a set known from final blocks has spoken. When another is decided on, a quorum of that one alone is enough too: the block may
 * lie above the one that brought it into force, which is not shown. No two blocks that contradict each other get through, because every
 * block above the final decision needs a quorum of the set to come, before and after it is in force.
 */
export function isQuorumUnder(set: MemberSet, votersUnder: (set: MemberSet) => ReadonlySet<OrganizationId>): boolean {
  if (isQuorum(set, votersUnder(set))) return true;
  if (set.next === undefined) return false;
  const activated: MemberSet = { members: set.next.members };
  return isQuorum(activated, votersUnder(activated));
}
