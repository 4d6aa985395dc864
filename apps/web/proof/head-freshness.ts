// Whether the newest block this browser followed is the newest there is: the members answer over a nonce of its own (L78), so
// that a server which holds something back, or shows an older chain, is found out.
import type { SignatureVerifier } from '@clearchart/crypto';
import {
  checkHeads,
  type FreshnessQuestion,
  FRESH_HEAD_MS,
  isHeadOf,
  isMemberSet,
  isRejection,
  isThird,
  type MemberSet,
  parseHeadValue,
  type SignedHead,
} from '@clearchart/ledger';
import type { Failure } from './failure-words.ts';
import { organizationsOf } from './final-votes.ts';
import type { Followed, FollowedChain } from './follow-chain.ts';
import { type FetchHeaders, placeFailure } from './place-in-chain.ts';

/** What one member signed over the nonce. */
export interface MemberHead {
  organization: string;
  height: number;
  hash: string;
  /** Whether the chain followed here holds this very block; undefined where that is not known. */
  isOurs: boolean | undefined;
}

export interface Freshness {
  /** `unconfirmed`: too few answered; that says nothing against the chain. */
  verdict: 'fresh' | 'unconfirmed' | 'stale' | 'contradicted';
  /** Newest final block followed here. */
  height: number;
  hash: string;
  /** One of each member that answered. */
  heads: MemberHead[];
  /** Organizations that might have answered. */
  members: string[];
}

export type FreshnessOutcome = { ok: true; freshness: Freshness } | { ok: false; reason: Failure };

/** Judges the members' answers against the chain followed here. Nothing in `heads` is believed. */
export function judgeHeads(
  heads: unknown,
  chain: FollowedChain,
  asked: Pick<FreshnessQuestion, 'nonce' | 'now'>,
  verifier: SignatureVerifier,
): Freshness {
  const { head, chainId } = chain;
  const { height, hash } = head;
  const empty: Freshness = { verdict: 'unconfirmed', height, hash, heads: [], members: [] };
  if (!isMemberSet(head.members)) return empty;
  const question: FreshnessQuestion = { chainId, set: head.members, kept: { height, hash }, ...asked };
  const members = organizationsOf(head.members);
  const counting = countedHeads(heads, question, verifier).map(({ organization, final }): MemberHead => {
    const here = chain.hashes.get(final.height);
    const isOurs = final.height > height || here === undefined ? undefined : here === final.hash;
    return { organization, height: final.height, hash: final.hash, isOurs };
  });
  const doubted = doubtIn(counting, height, head.members);
  const agreeing = withoutOrganizations(
    heads,
    new Set(counting.filter(isOther).map(({ organization }) => organization)),
  );
  const verdict = doubted ?? (checkHeads(agreeing, question, verifier).ok ? 'fresh' : 'unconfirmed');
  return { verdict, height, hash, heads: tellingOfEach(counting), members };
}

const isOther = ({ isOurs }: MemberHead): boolean => isOurs === false;

/** What at least a third of the members say against the chain; fewer may all be liars, and show no proof. */
function doubtIn(heads: readonly MemberHead[], height: number, set: MemberSet): 'contradicted' | 'stale' | undefined {
  const isThirdThat = (says: (head: MemberHead) => boolean) =>
    isThird(set, new Set(heads.filter(says).map(({ organization }) => organization)));
  if (isThirdThat(isOther)) return 'contradicted';
  return isThirdThat((head) => head.height > height) ? 'stale' : undefined;
}

function withoutOrganizations(heads: unknown, organizations: ReadonlySet<string>): unknown {
  if (!Array.isArray(heads)) return heads;
  return heads.filter((head) => !organizations.has((head as Partial<SignedHead> | null)?.organization ?? ''));
}

function countedHeads(heads: unknown, question: FreshnessQuestion, verifier: SignatureVerifier): SignedHead[] {
  if (!Array.isArray(heads)) return [];
  return heads.slice(0, 2 * organizationsOf(question.set).length).flatMap((value): SignedHead[] => {
    const head = parseHeadValue(value);
    if (isRejection(head)) return [];
    const { chainId, nonce, time } = head;
    const isAnswer = chainId === question.chainId && nonce === question.nonce;
    const isNear = Math.abs(question.now - time) <= FRESH_HEAD_MS;
    return isAnswer && isNear && isHeadOf(head, question.set, verifier) ? [head] : [];
  });
}

/** Of two heads of one member the one that is not of this chain, else the higher one. */
function tellingOfEach(heads: readonly MemberHead[]): MemberHead[] {
  const rising = heads.toSorted(
    (one, other) => Number(isOther(one)) - Number(isOther(other)) || one.height - other.height,
  );
  return [...new Map(rising.map((head) => [head.organization, head])).values()];
}

export interface FreshnessPorts {
  verifier: SignatureVerifier;
  /** Follows the chain to what the server now holds as final. */
  followAnew: () => Promise<Followed>;
  headers: FetchHeaders;
  /** The members' heads over the nonce. */
  heads: (nonce: string) => Promise<unknown>;
  /** 64 digits that nobody knew before. */
  nonce: () => string;
  /** Milliseconds, of this device's clock. */
  now: () => number;
  wait: (milliseconds: number) => Promise<void>;
}

/** A block may become final while the members answer: the chain is followed on for so long before it counts as stale. */
const TIMES = 4;
const BETWEEN_MS = 700;

export async function askFreshness(ports: FreshnessPorts): Promise<FreshnessOutcome> {
  const nonce = ports.nonce();
  const heads = await ports.heads(nonce);
  const now = ports.now();
  for (let time = 1; ; time += 1) {
    const followed = await ports.followAnew();
    if (!followed.ok) return followed;
    const freshness = judgeHeads(heads, followed.chain, { nonce, now }, ports.verifier);
    const isAhead = freshness.heads.some(({ height }) => height > freshness.height);
    if (!isAhead || time === TIMES) {
      const placed = await withPlaces(freshness, followed.chain, ports.headers);
      return { ok: true, freshness: judgedAgain(placed, heads, followed.chain, { nonce, now }, ports.verifier) };
    }
    await ports.wait(BETWEEN_MS);
  }
}

/** Further behind than this, a member's block is not looked for. */
const BEHIND_AT_MOST = 5_000;

/** With the blocks of members that are behind found in the chain, or not. */
async function withPlaces(freshness: Freshness, chain: FollowedChain, headers: FetchHeaders): Promise<Freshness> {
  const { height } = freshness;
  const heads = await Promise.all(
    freshness.heads.map(async (head) => {
      if (head.isOurs !== undefined || head.height > height || height - head.height > BEHIND_AT_MOST) return head;
      return { ...head, isOurs: (await placeFailure(head, chain, headers)) === undefined };
    }),
  );
  return { ...freshness, heads };
}

/** Members that turned out to hold another block below do not confirm this one. */
function judgedAgain(
  placed: Freshness,
  heads: unknown,
  chain: FollowedChain,
  asked: Pick<FreshnessQuestion, 'nonce' | 'now'>,
  verifier: SignatureVerifier,
): Freshness {
  const set = chain.head.members;
  const others = new Set(placed.heads.filter(isOther).map(({ organization }) => organization));
  if (others.size === 0 || !isMemberSet(set)) return placed;
  const { verdict } = judgeHeads(withoutOrganizations(heads, others), chain, asked, verifier);
  return { ...placed, verdict: doubtIn(placed.heads, placed.height, set) ?? verdict };
}

/** Members that say something against the chain, and are too few to be believed without a proof. */
export function unbelieved({ heads, height, verdict }: Freshness): MemberHead[] {
  if (verdict === 'stale' || verdict === 'contradicted') return [];
  return heads.filter((head) => isOther(head) || head.height > height);
}
