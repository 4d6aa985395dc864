/** Whether a block is the newest final one: asked of the members, whose signed heads name the reader's own nonce. */
import type { SignatureVerifier } from '@clearchart/crypto';
import { isQuorumUnder, type Refusal } from './finality-proof.ts';
import type { ChainId, OrganizationId } from './identifiers.ts';
import { isThird, type MemberSet, MOST_MEMBERS } from './member-set.ts';
import { isRejection } from './rejection.ts';
import { isHeadOf, parseHeadValue, type SignedHead } from './signed-head.ts';
import { type Checkpoint, isSameCheckpoint } from './vote.ts';

/** How far a member's clock may be from the reader's, milliseconds. */
export const FRESH_HEAD_MS = 10_000;

export interface FreshnessQuestion {
  readonly chainId: ChainId;
  /** The one that votes above the kept block. */
  readonly set: MemberSet;
  /** 64 digits that the reader made for this question alone. */
  readonly nonce: string;
  /** The newest final block the reader knows. */
  readonly kept: Checkpoint;
  /** Milliseconds, of the reader's clock. */
  readonly now: number;
}

const no = (reason: string): Refusal => ({ ok: false, reason });

/**
 * Heads that are not of a member, of this chain, nonce and time are not counted. A member that holds a later block, or another one, is
 * not among those that confirm; alone it refutes nothing either, since it may sign whatever it likes.
 */
export function checkHeads(
  heads: unknown,
  question: FreshnessQuestion,
  verifier: SignatureVerifier,
): { readonly ok: true } | Refusal {
  if (!Array.isArray(heads) || heads.length > 2 * MOST_MEMBERS) return no('the heads are not a list');
  const { set, kept } = question;
  const counting: SignedHead[] = [];
  for (const value of heads) {
    const head = parseHeadValue(value);
    if (!isRejection(head) && isAnswer(head, question) && isHeadOf(head, set, verifier)) counting.push(head);
  }
  const later = organizationsOf(counting.filter(({ final }) => final.height > kept.height));
  const other = organizationsOf(
    counting.filter(({ final }) => final.height === kept.height && !isSameCheckpoint(final, kept)),
  );
  if (isThird(set, other)) return no(`a third of the members hold another block ${kept.height} as final`);
  if (isThird(set, later)) return no(`a third of the members hold a block above ${kept.height} as final`);
  const agreeing = counting.filter(({ organization }) => !later.has(organization) && !other.has(organization));
  const isEnough = isQuorumUnder(set, (under) => {
    const held = agreeing.filter((head) => isHeadOf(head, under, verifier));
    return organizationsOf(held);
  });
  return isEnough ? { ok: true } : no('fewer than more than two thirds of the members confirm it');
}

function organizationsOf(heads: readonly SignedHead[]): Set<OrganizationId> {
  return new Set(heads.map(({ organization }) => organization));
}

function isAnswer({ chainId, nonce, time }: SignedHead, question: FreshnessQuestion): boolean {
  const isNear = Math.abs(question.now - time) <= FRESH_HEAD_MS;
  return chainId === question.chainId && nonce === question.nonce && isNear;
}
