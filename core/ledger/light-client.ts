/**
 * Following the chain without trust: from the genesis file, whose hash the reader knows, along changes of the member set, and
 * never away from the last header it kept. Work is ignored; signatures of the members it was led to count.
 */
import type { SignatureVerifier } from '@clearchart/crypto';
import { genesisMembers, genesisOf } from './genesis.ts';
import { type Header, headerHash, parseHeaderValue } from './header.ts';
import type { ChainId, HeaderHash } from './identifiers.ts';
import { isMemberSet, type MemberSet } from './member-set.ts';
import { type StateProof, verifyState } from './proof.ts';
import { isRejection } from './rejection.ts';
import { MEMBERS_KEY } from './state.ts';
import { meetsTarget } from './target.ts';
import { checkProposer } from './transition.ts';

/** A header under whose state root the member set changed: the next block is signed by the new set. */
export interface MemberChange {
  readonly header: Header;
  readonly votes: readonly never[];
  readonly stateProof: StateProof;
}

export type Refusal = { readonly ok: false; readonly reason: string };

const no = (reason: string): Refusal => ({ ok: false, reason });

/** Most changes that one answer may carry. */
const MOST_CHANGES = 10_000;

/**
 * Whether the set made this header final. One member: its signature is enough. The signature leaves out the nonce, so
 * the work is looked at too: a header with another nonce is not the one in the chain.
 */
export function checkFinal(
  header: Header,
  votes: unknown,
  set: MemberSet,
  verifier: SignatureVerifier,
): Refusal | undefined {
  if (!meetsTarget(headerHash(header), header.target)) return no(`block ${header.height}: block-work-too-small`);
  if (!Array.isArray(votes) || votes.length > 0) return no('the votes are not understood by this version');
  if (set.members.length !== 1)
    return no('a network of several hospitals needs votes, which this version does not know');
  const rejection = checkProposer(header, set, (check) =>
    verifier.verify(check.publicKey, check.message, check.signature),
  );
  return rejection === undefined ? undefined : no(`block ${header.height}: ${rejection.code}`);
}

/** The member set that votes on blocks from `height` on, led from the genesis file through each change below it. */
export function followMembers(
  genesisValue: unknown,
  chainId: ChainId,
  changes: unknown,
  height: number,
  verifier: SignatureVerifier,
): { ok: true; set: MemberSet } | Refusal {
  const genesis = genesisOf(genesisValue, chainId);
  if (isRejection(genesis)) {
    return no(`the genesis file is ${genesis.code === 'chain-id-wrong' ? 'of another chain' : 'not one'}`);
  }
  if (!Array.isArray(changes) || changes.length > MOST_CHANGES) return no('the member changes are not a list');
  let set = genesisMembers(genesis);
  let last = 0;
  for (const change of changes as MemberChange[]) {
    const header = parseHeaderValue(change?.header);
    if (isRejection(header) || header.chainId !== chainId) return no('a member change has no header of this chain');
    if (header.height <= last) return no('the member changes are not in order');
    if (header.height >= height)
      return no(`a member change at block ${header.height} does not lead to block ${height}`);
    const refusal = checkFinal(header, change.votes, set, verifier);
    if (refusal !== undefined) return refusal;
    const { stateProof } = change;
    if (stateProof?.key !== MEMBERS_KEY || !verifyState(header.stateRoot, stateProof)) {
      return no(`the member change at block ${header.height} is not proved`);
    }
    if (!isMemberSet(stateProof.value)) return no(`the state at block ${header.height} holds no member set`);
    set = stateProof.value;
    last = header.height;
  }
  return { ok: true, set };
}

/** What a reader keeps between visits. */
export interface KeptHeader {
  readonly height: number;
  readonly hash: HeaderHash;
}

/**
 * Whether these headers, in order, are one unbroken piece of the chain that holds the kept header: it stands among them
 * or directly before them. Signatures are checked by `checkFinal` on the last one.
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
