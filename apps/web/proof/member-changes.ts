// The member hospitals a reader is led to: the set it knows, changed by nothing but decisions that are final under that set.
import type { SignatureVerifier } from '@clearchart/crypto';
import {
  type ChainId,
  checkFinalBlock,
  type Header,
  headerHash,
  type HeaderHash,
  isRejection,
  type MemberChange,
  type MemberSet,
  memberSetHash,
  parseHeaderValue,
  upToLink,
} from '@clearchart/ledger';

/** A decision as the server tells it; nothing in it is believed before `decidedBy` has checked it. */
export interface ToldChange {
  readonly height: number;
  readonly hash: HeaderHash;
  readonly value: MemberChange;
}

/** Those with a readable header, lowest first. */
export function toldChanges(values: readonly unknown[]): ToldChange[] {
  const changes = values.flatMap((value): ToldChange[] => {
    const header = parseHeaderValue((value as Partial<MemberChange> | null)?.header);
    if (isRejection(header)) return [];
    return [{ height: header.height, hash: headerHash(header), value: value as MemberChange }];
  });
  return changes.toSorted((one, other) => one.height - other.height);
}

/** The known set, or what it was about to become, whichever the header names; undefined when it names another (L48). */
export function votingOn(header: Header, known: MemberSet): MemberSet | undefined {
  if (header.memberSetHash === memberSetHash(known)) return known;
  if (known.next === undefined) return undefined;
  const activated: MemberSet = { members: known.next.members };
  return header.memberSetHash === memberSetHash(activated) ? activated : undefined;
}

/**
 * The set known above a header of the walk: changed when a decision lies in it that is final under `known`, the set below.
 * Undefined when the server tells of one that does not hold.
 */
export function decidedBy(
  hash: HeaderHash,
  known: MemberSet,
  changes: readonly ToldChange[],
  chainId: ChainId,
  verifier: SignatureVerifier,
): MemberSet | undefined {
  const at = changes.findIndex((change) => change.hash === hash);
  const change = changes[at]?.value;
  if (change === undefined) return known;
  const within = upToLink(
    change,
    changes.slice(at).map(({ value }) => value),
  );
  const final = checkFinalBlock(change, chainId, known, within, verifier);
  return final.ok ? final.set : undefined;
}
