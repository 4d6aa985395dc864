/**
 * Following the chain without trust: from the genesis file, whose hash the reader knows, along changes of the member set, and
 * never away from the last header it kept. Signatures of the members it was led to count.
 */
import type { SignatureVerifier } from '@clearchart/crypto';
import { checkFinalBlock, type FinalityProof, type MemberChange, type Refusal } from './finality-proof.ts';
import { genesisMembers, genesisOf } from './genesis.ts';
import { type Header, headerHash, parseHeaderValue } from './header.ts';
import type { ChainId, HeaderHash } from './identifiers.ts';
import type { MemberSet } from './member-set.ts';
import { isRejection } from './rejection.ts';
import type { Checkpoint } from './vote.ts';

const no = (reason: string): Refusal => ({ ok: false, reason });

/** Most changes that one answer may carry. */
const MOST_CHANGES = 10_000;

/** The member set that votes on blocks from `height` on, led from the genesis file through each change below it; and the other changes. */
export function followMembers(
  genesisValue: unknown,
  chainId: ChainId,
  changes: unknown,
  height: number,
  verifier: SignatureVerifier,
): { readonly ok: true; readonly set: MemberSet; readonly later: readonly MemberChange[] } | Refusal {
  const genesis = genesisOf(genesisValue, chainId);
  if (isRejection(genesis)) {
    return no(`the genesis file is ${genesis.code === 'chain-id-wrong' ? 'of another chain' : 'not one'}`);
  }
  const list = changesOf(changes, chainId);
  if (!Array.isArray(list)) return list;
  let set = genesisMembers(genesis);
  for (const [index, change] of list.entries()) {
    if (change.header.height >= height) return { ok: true, set, later: list.slice(index) };
    const final = checkFinalBlock(change, chainId, set, upToLink(change, list.slice(index)), verifier);
    if (!final.ok) return final;
    set = final.set;
  }
  return { ok: true, set, later: [] };
}

/**
 * A block of the chain with this id, final under the set that its genesis file and these changes lead to.
 * @param known A decision, or another block, that the reader was told of: the history shown must hold it. Without it whoever has the
 * founder's first key can show a history of its own in which nobody else ever joined.
 */
export function checkFinal(
  proof: FinalityProof,
  genesis: unknown,
  chainId: ChainId,
  changes: unknown,
  verifier: SignatureVerifier,
  known?: Checkpoint,
): { readonly ok: true; readonly header: Header; readonly set: MemberSet } | Refusal {
  const members = followMembers(genesis, chainId, changes, proof.header.height, verifier);
  if (!members.ok) return members;
  const final = checkFinalBlock(proof, chainId, members.set, members.later, verifier);
  if (!final.ok || known === undefined || holds(proof, changes as MemberChange[], known)) return final;
  return no(`block ${final.header.height} is not shown to belong to the history with the known block ${known.height}`);
}

/** Each of these changes was found on the way to the block, or among the headers that follow it. */
function holds({ header, following }: FinalityProof, changes: readonly MemberChange[], known: Checkpoint): boolean {
  return [header, ...(following ?? []), ...changes.map((change) => change.header)].some(
    (one) => one.height === known.height && headerHash(one) === known.hash,
  );
}

/** The last decision up to this height; undefined while the founder has been alone with its first key. */
export function lastDecision(changes: readonly MemberChange[], height: number): Checkpoint | undefined {
  const last = changes.findLast(({ header }) => header.height <= height)?.header;
  return last === undefined ? undefined : { height: last.height, hash: headerHash(last) };
}

function changesOf(changes: unknown, chainId: ChainId): MemberChange[] | Refusal {
  if (!Array.isArray(changes) || changes.length > MOST_CHANGES) return no('the member changes are not a list');
  let last = 0;
  for (const change of changes as (MemberChange | null)[]) {
    const header = parseHeaderValue(change?.header);
    if (isRejection(header) || header.chainId !== chainId) return no('a member change has no header of this chain');
    if (header.height <= last) return no('the member changes are not in order');
    last = header.height;
  }
  return changes;
}

/** Those decided by the block or by one of those following it. */
export function upToLink({ header, following }: FinalityProof, changes: readonly MemberChange[]): MemberChange[] {
  const last = header.height + (Array.isArray(following) ? following.length : 0);
  return changes.filter((change) => !(change?.header?.height > last));
}

/** What a reader keeps between visits. */
export interface KeptHeader {
  readonly height: number;
  readonly hash: HeaderHash;
}

/**
 * Whether these headers, in order, are one unbroken piece of the chain that holds the kept header: it stands among them
 * or directly before them. Signatures are checked by `checkFinalBlock` on the last one.
 */
export function checkExtends(
  kept: KeptHeader | undefined,
  chainId: ChainId,
  headers: readonly unknown[],
): { ok: true; headers: Header[] } | Refusal {
  const parsed: Header[] = [];
  for (const value of headers) {
    const header = parseHeaderValue(value);
    if (isRejection(header) || header.chainId !== chainId) return no('a header is not of this chain');
    const before = parsed.at(-1);
    if (before !== undefined) {
      if (header.height !== before.height + 1) return no(`there is a gap before block ${header.height}`);
      if (header.previousHash !== headerHash(before))
        return no(`block ${header.height} does not follow the one before`);
      if (header.time <= before.time) return no(`block ${header.height} is not later than the one before`);
    }
    parsed.push(header);
  }
  const first = parsed[0];
  if (first === undefined) return no('there are no headers');
  const anchor = kept ?? { height: 0, hash: chainId as string as HeaderHash };
  if (first.height === anchor.height + 1) {
    return first.previousHash === anchor.hash
      ? { ok: true, headers: parsed }
      : no('this history does not extend the one kept here');
  }
  const same = parsed.find(({ height }) => height === anchor.height);
  if (same === undefined) return no('these headers do not reach the one kept here');
  return headerHash(same) === anchor.hash
    ? { ok: true, headers: parsed }
    : no('this history does not extend the one kept here');
}
