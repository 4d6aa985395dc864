// Which hospitals voted for a block, as this browser found out by their signatures; no server's count is shown.
import type { SignatureVerifier } from '@clearchart/crypto';
import {
  checkExtends,
  checkFinalBlock,
  type FinalityProof,
  type Header,
  headerHash,
  isAlone,
  isRejection,
  type MemberSet,
  parseLinkValue,
  upToLink,
  votersOf,
} from '@clearchart/ledger';
import type { ToldChange } from './member-changes.ts';

/** What the server tells beside a header to show that its block is final. */
export interface ToldFinality {
  readonly votes: readonly unknown[];
  readonly following?: readonly unknown[] | undefined;
}

/** Organizations by id: whose signature was found good, and who might have voted. */
export interface Voters {
  readonly voted: readonly string[];
  readonly members: readonly string[];
}

/**
 * @param known The set that leads to this header.
 * @param changes Decisions told; those in the header or between it and the link count.
 * @returns who made the block final; undefined when that is not shown (L49).
 */
export function votersOn(
  header: Header,
  told: ToldFinality,
  known: MemberSet,
  changes: readonly ToldChange[],
  verifier: SignatureVerifier,
): Voters | undefined {
  const { votes, following } = told;
  const proof = { header, votes, ...(following === undefined ? {} : { following }) } as FinalityProof;
  const above = changes.filter(({ height }) => height >= header.height).map(({ value }) => value);
  const final = checkFinalBlock(proof, header.chainId, known, upToLink(proof, above), verifier);
  return final.ok ? countedVoters(header, told, final.set, verifier) : undefined;
}

/** The same for a header that was found final before: only the signatures under it are looked at. */
export function countedVoters(
  header: Header,
  { votes, following = [] }: ToldFinality,
  set: MemberSet,
  verifier: SignatureVerifier,
): Voters | undefined {
  const members = organizationsOf(set);
  if (isAlone(set)) return { voted: [header.proposer], members };
  const link = parseLinkValue(votes[0]);
  if (isRejection(link) || link.source.hash !== lastOf(header, following)) return undefined;
  return { voted: [...votersOf(link, header.chainId, set, verifier)], members };
}

function lastOf(header: Header, following: readonly unknown[]): string | undefined {
  if (following.length === 0) return headerHash(header);
  const linked = checkExtends({ height: header.height, hash: headerHash(header) }, header.chainId, following);
  const last = linked.ok ? linked.headers.at(-1) : undefined;
  return last === undefined ? undefined : headerHash(last);
}

export function organizationsOf(set: MemberSet): string[] {
  const all = [...set.members, ...(set.next?.members ?? [])].map(({ organization }) => organization as string);
  return [...new Set(all)];
}
