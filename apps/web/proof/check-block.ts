// One block, checked anew: its fingerprint, its entries, its hospital's signature and work, and its place in the chain that
// this browser follows.
import { type SignatureVerifier, fromHex } from '@clearchart/crypto';
import {
  type Block,
  type Header,
  headerHash,
  headerSignatureMessage,
  isRejection,
  memberOf,
  type MemberSet,
  meetsTarget,
  memberSetHash,
  parseBlockValue,
  parseHeaderValue,
  transactionId,
  transactionsRoot,
} from '@clearchart/ledger';
import type { CheckStep } from './check-step.ts';
import type { Followed, FollowedChain } from './follow-chain.ts';

export interface ServedBlock {
  hash: string;
  ids: readonly string[];
  block: unknown;
}

export interface BlockCheckPorts {
  verifier: SignatureVerifier;
  follow: (height: number) => Promise<Followed>;
  /** Headers `from` … `to`, for a block older than this visit's walk. */
  headers: (from: number, to: number) => Promise<readonly unknown[]>;
  onStep: (steps: CheckStep[]) => void;
}

/** Runs all steps, reporting after each; ends at the first that fails. */
export async function checkBlock(served: ServedBlock, ports: BlockCheckPorts): Promise<CheckStep[]> {
  const steps: CheckStep[] = [
    { name: 'fingerprint', state: 'now' },
    { name: 'entries', state: 'todo', values: { count: served.ids.length } },
    { name: 'signature', state: 'todo' },
    { name: 'walk', state: 'todo', values: { count: 0 } },
  ];
  const settle = (at: number, failure: string | undefined, values?: CheckStep['values']): boolean => {
    const step = steps[at];
    if (step === undefined) return false;
    steps[at] = {
      ...step,
      ...(values === undefined ? {} : { values }),
      state: failure === undefined ? 'done' : 'failed',
      ...(failure === undefined ? {} : { reason: failure }),
    };
    const next = steps[at + 1];
    if (failure === undefined && next !== undefined) steps[at + 1] = { ...next, state: 'now' };
    ports.onStep([...steps]);
    return failure === undefined;
  };
  const parsed = parseBlockValue(served.block);
  if (isRejection(parsed)) {
    settle(0, 'malformed');
    return steps;
  }
  const { header } = parsed;
  if (!settle(0, headerHash(header) === served.hash ? undefined : 'wrong-fingerprint')) return steps;
  if (!settle(1, entriesFailure(parsed, served.ids), { count: served.ids.length })) return steps;
  const followed = await ports.follow(header.height);
  if (!followed.ok) {
    settle(2, followed.reason);
    return steps;
  }
  const { chain } = followed;
  if (!settle(2, sealFailure(header, chain, ports.verifier))) return steps;
  settle(3, await placeFailure(header, chain, ports.headers), { count: chain.head.height });
  return steps;
}

function entriesFailure(block: Block, ids: readonly string[]): string | undefined {
  if (transactionsRoot(block.transactions) !== block.header.transactionsRoot) return 'wrong-entries';
  const own = block.transactions.map(transactionId);
  return own.length === ids.length && own.every((id, at) => id === ids[at]) ? undefined : 'wrong-entries';
}

function sealFailure(header: Header, chain: FollowedChain, verifier: SignatureVerifier): string | undefined {
  if (header.chainId !== chain.chainId) return 'other-chain';
  if (header.target !== chain.genesis.target || !meetsTarget(headerHash(header), chain.genesis.target))
    return 'wrong-work';
  const members = chain.head.members as MemberSet;
  // A block from before a change of keys was checked with the set of its time, when the chain was walked past it.
  if (memberSetHash(members) !== header.memberSetHash)
    return chain.hashes.has(header.height) ? undefined : 'wrong-members';
  const proposer = memberOf(members, header.proposer);
  if (proposer === undefined) return 'wrong-members';
  return verifier.verify(fromHex(proposer.publicKey), headerSignatureMessage(header), fromHex(header.signature))
    ? undefined
    : 'wrong-signature';
}

/** Whether the header stands in the followed chain: known from this visit's walk, or linked to it now. */
async function placeFailure(
  header: Header,
  chain: FollowedChain,
  headers: BlockCheckPorts['headers'],
): Promise<string | undefined> {
  const hash = chain.hashes.get(header.height);
  if (hash !== undefined) return hash === headerHash(header) ? undefined : 'does-not-extend';
  const links = await walkDown(header, chain, headers);
  return links ? undefined : 'broken-link';
}

const RANGE = 1000;

/** Walks the links from the block up to the oldest header known, which they must reach. */
async function walkDown(header: Header, chain: FollowedChain, headers: BlockCheckPorts['headers']): Promise<boolean> {
  const oldest = Math.min(...chain.hashes.keys());
  let previous: { height: number; hash: string } = { height: header.height, hash: headerHash(header) };
  while (previous.height < oldest) {
    const to = Math.min(previous.height + RANGE, oldest);
    for (const value of await headers(previous.height + 1, to)) {
      const next = parseLink(value);
      if (next === undefined || next.height !== previous.height + 1 || next.previousHash !== previous.hash)
        return false;
      previous = next;
    }
    if (previous.height < to) return false;
  }
  return previous.hash === chain.hashes.get(oldest);
}

function parseLink(value: unknown): { height: number; hash: string; previousHash: string } | undefined {
  const header = parseHeaderValue(value);
  return isRejection(header)
    ? undefined
    : { height: header.height, hash: headerHash(header), previousHash: header.previousHash };
}
