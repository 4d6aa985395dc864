// One block, checked anew: its fingerprint, its entries, who made it final (the votes of the hospitals; one alone by its
// signature and work), and its place in the chain that this browser follows.
import type { SignatureVerifier } from '@clearchart/crypto';
import {
  type Block,
  followMembers,
  type Header,
  headerHash,
  isAlone,
  isRejection,
  meetsTarget,
  parseBlockValue,
  transactionId,
  transactionsRoot,
} from '@clearchart/ledger';
import type { CheckStep } from './check-step.ts';
import { type ToldFinality, type Voters, votersOn } from './final-votes.ts';
import type { Followed, FollowedChain } from './follow-chain.ts';
import { type FetchHeaders, placeFailure } from './place-in-chain.ts';

export interface ServedBlock {
  hash: string;
  ids: readonly string[];
  block: unknown;
}

export interface BlockCheckPorts {
  verifier: SignatureVerifier;
  follow: (height: number) => Promise<Followed>;
  headers: FetchHeaders;
  /** What shows that the block at a height is final. */
  finality: (height: number) => Promise<ToldFinality>;
  onStep: (steps: CheckStep[]) => void;
}

export interface BlockOutcome {
  steps: CheckStep[];
  /** Who made it final, once that is found out. */
  voters: Voters | undefined;
}

/** Runs all steps, reporting after each; ends at the first that fails. */
export async function checkBlock(served: ServedBlock, ports: BlockCheckPorts): Promise<BlockOutcome> {
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
  const ended: BlockOutcome = { steps, voters: undefined };
  const parsed = parseBlockValue(served.block);
  if (isRejection(parsed)) {
    settle(0, 'malformed');
    return ended;
  }
  const { header } = parsed;
  if (!settle(0, headerHash(header) === served.hash ? undefined : 'wrong-fingerprint')) return ended;
  if (!settle(1, entriesFailure(parsed, served.ids), { count: served.ids.length })) return ended;
  const followed = await ports.follow(header.height);
  if (!followed.ok) {
    settle(2, followed.reason);
    return ended;
  }
  const { chain } = followed;
  const sealed = await sealOf(header, chain, ports);
  if (sealed.isVoted) steps[2] = { name: 'votes', state: 'now' };
  const { voters } = sealed;
  const counts = { count: voters?.voted.length ?? 0, members: voters?.members.length ?? 0 };
  if (!settle(2, sealed.failure, counts)) return ended;
  const place = { height: header.height, hash: headerHash(header) };
  settle(3, await placeFailure(place, chain, ports.headers), { count: chain.head.height });
  return { steps, voters };
}

function entriesFailure(block: Block, ids: readonly string[]): string | undefined {
  if (transactionsRoot(block.transactions) !== block.header.transactionsRoot) return 'wrong-entries';
  const own = block.transactions.map(transactionId);
  return own.length === ids.length && own.every((id, at) => id === ids[at]) ? undefined : 'wrong-entries';
}

interface Sealed {
  voters?: Voters;
  failure: string | undefined;
  /** By several hospitals. */
  isVoted: boolean;
}

async function sealOf(
  header: Header,
  chain: FollowedChain,
  { verifier, finality }: Pick<BlockCheckPorts, 'verifier' | 'finality'>,
): Promise<Sealed> {
  const { chainId, genesis, changes } = chain;
  if (header.chainId !== chainId) return { failure: 'other-chain', isVoted: false };
  const values = changes.map(({ value }) => value);
  const led = followMembers(genesis, chainId, values, header.height, verifier);
  if (!led.ok) return { failure: 'wrong-members', isVoted: false };
  const isVoted = !isAlone(led.set);
  if (!isVoted && (header.target !== genesis.target || !meetsTarget(headerHash(header), genesis.target)))
    return { failure: 'wrong-work', isVoted };
  const told = isVoted ? await finality(header.height) : { votes: [] };
  const voters = votersOn(header, told, led.set, changes, verifier);
  if (voters === undefined) return { failure: isVoted ? 'too-few-votes' : 'wrong-signature', isVoted };
  return { voters, failure: undefined, isVoted };
}
