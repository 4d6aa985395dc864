// One range of headers, each checked against the one before: links, heights, times and member set. Where one hospital signs
// alone each signature and its work count; where several vote, the votes on the last header cover all before it (L49, L50).
import { fromHex, type SignatureCheck, type SignatureVerifier } from '@clearchart/crypto';
import {
  type ChainId,
  type Genesis,
  type Header,
  headerHash,
  type HeaderHash,
  headerSignatureMessage,
  isAlone,
  isMemberSet,
  isRejection,
  meetsTarget,
  memberOf,
  type MemberSet,
  parseHeaderValue,
} from '@clearchart/ledger';
import type { KeptHeader } from './chain-memory.ts';
import type { Failure } from './failure-words.ts';
import { countedVoters, type ToldFinality, type Voters, votersOn } from './final-votes.ts';
import { decidedBy, type ToldChange, votingOn } from './member-changes.ts';

/** How far the walk has come; what it was given beside. */
export interface Walk {
  readonly genesis: Genesis;
  readonly chainId: ChainId;
  readonly verifier: Required<SignatureVerifier>;
  /** Hash of each header checked in this visit, by height. */
  readonly hashes: Map<number, string>;
  changes: readonly ToldChange[];
  previous: KeptHeader;
  header: Header | undefined;
  voters: Voters | undefined;
}

/** Hashes of headers remembered for the page's life. */
const HASHES_AT_MOST = 200_000;

/** @param start The header kept: it may stand among these, and must then be the same. */
export async function walkRange(
  walk: Walk,
  values: readonly unknown[],
  told: ToldFinality,
  from: number,
  start: KeptHeader,
): Promise<Failure | undefined> {
  const signatures: SignatureCheck[] = [];
  let below = setOf(walk.previous);
  if (below === undefined) return 'wrong-members';
  let expected = from;
  for (const value of values) {
    const header = parseHeaderValue(value);
    if (isRejection(header)) return 'malformed';
    if (header.height !== expected) return 'broken-link';
    expected += 1;
    const hash = headerHash(header);
    if (header.height === start.height) {
      if (hash !== start.hash) return 'does-not-extend';
      remember(walk, header, hash);
      if (!isDecisionTaken(walk, hash, below)) return 'wrong-members';
      continue;
    }
    below = setOf(walk.previous) ?? below;
    const failure = takeHeader(walk, header, hash, below, signatures);
    if (failure !== undefined) return failure;
  }
  const verdicts = await walk.verifier.verifyMany(signatures);
  if (verdicts.length !== signatures.length || !verdicts.every(Boolean)) return 'wrong-signature';
  return takeVotes(walk, told, below, start);
}

function setOf({ members }: KeptHeader): MemberSet | undefined {
  return isMemberSet(members) ? members : undefined;
}

/** A decision in the kept header that was not told when it was kept. */
function isDecisionTaken(walk: Walk, hash: HeaderHash, kept: MemberSet): boolean {
  if (kept.next !== undefined) return true;
  const members = decidedBy(hash, kept, walk.changes, walk.chainId, walk.verifier);
  if (members === undefined || members === kept) return members !== undefined;
  const { height } = walk.previous;
  walk.previous = { ...walk.previous, members, decision: { height, hash } };
  return true;
}

/** All but the signature of a hospital alone, which is collected to be checked with the others of the range. */
function takeHeader(
  walk: Walk,
  header: Header,
  hash: HeaderHash,
  below: MemberSet,
  signatures: SignatureCheck[],
): Failure | undefined {
  const { previous, genesis, chainId } = walk;
  if (header.chainId !== chainId) return 'other-chain';
  if (header.previousHash !== previous.hash) return previous.height === 0 ? 'other-chain' : 'broken-link';
  if (header.time <= previous.time) return 'broken-link';
  const voting = votingOn(header, below);
  if (voting === undefined) return 'wrong-members';
  if (isAlone(below)) {
    if (header.target !== genesis.target || !meetsTarget(hash, genesis.target)) return 'wrong-work';
    const proposer = memberOf(voting, header.proposer);
    if (proposer === undefined) return 'wrong-members';
    signatures.push({
      publicKey: fromHex(proposer.publicKey),
      message: headerSignatureMessage(header),
      signature: fromHex(header.signature),
    });
  }
  const members = decidedBy(hash, voting, walk.changes, chainId, walk.verifier);
  if (members === undefined) return 'wrong-members';
  const decision = members === voting ? previous.decision : { height: header.height, hash };
  walk.previous = {
    height: header.height,
    hash,
    time: header.time,
    members,
    ...(decision === undefined ? {} : { decision }),
  };
  remember(walk, header, hash);
  return undefined;
}

function remember(walk: Walk, header: Header, hash: HeaderHash): void {
  walk.header = header;
  if (walk.hashes.size < HASHES_AT_MOST) walk.hashes.set(header.height, hash);
}

/** @param known The set below the last header of the range. */
function takeVotes(walk: Walk, told: ToldFinality, known: MemberSet, start: KeptHeader): Failure | undefined {
  const { header, verifier, changes, previous } = walk;
  if (header === undefined) return undefined;
  if (header.height === start.height) {
    // It was found final when it was kept; here only who voted for it is counted.
    walk.voters = countedVoters(header, told, setOf(previous) ?? known, verifier);
    return undefined;
  }
  walk.voters = votersOn(header, told, known, changes, verifier);
  return walk.voters === undefined ? 'too-few-votes' : undefined;
}
