/** Blocks from other members, for mending: what comes is looked at until somebody gives what is wanted, and not believed before. */
import type { Clock, Timers } from '@clearchart/exchange';
import {
  type Block,
  type Checkpoint,
  encodeBlock,
  headerHash,
  type OrganizationId,
  transactionsRoot,
} from '@clearchart/ledger';

export interface BlockSourcePorts {
  readonly peers: () => readonly OrganizationId[];
  readonly nameOf: (organization: OrganizationId) => string | undefined;
  /** @throws when no answer comes. */
  readonly fetch: (peer: OrganizationId, after: Checkpoint) => Promise<readonly Block[]>;
  readonly clock: Clock;
  readonly timers: Timers;
  /** How long members that cannot be reached are asked again, milliseconds. */
  readonly patienceMs: number;
}

export interface Fetched {
  readonly from: OrganizationId;
  readonly blocks: readonly Block[];
}

const ASK_AGAIN_MS = 1_000;
/** The most that is fetched before any of it can be held to what follows it. */
const UNPROVEN_BYTES = 64 * 1024 * 1024;

/**
 * @param good The leading blocks of an answer that are what is wanted.
 * @returns those of the first member that gives any; undefined when nobody does in time.
 */
export async function fetchGood(
  { clock, fetch, patienceMs, peers, timers }: BlockSourcePorts,
  after: Checkpoint,
  good: (blocks: readonly Block[]) => readonly Block[],
): Promise<Fetched | undefined> {
  for (const deadline = clock.now() + patienceMs; ; ) {
    for (const from of peers()) {
      const blocks = good(await fetch(from, after).catch(() => []));
      if (blocks.length > 0) return { from, blocks };
    }
    if (peers().length === 0 || clock.now() >= deadline) return undefined;
    await new Promise<void>((resolve) => timers.after(ASK_AGAIN_MS, resolve));
  }
}

/** All blocks between two places, when they lead from one to the other. */
export async function fetchUpTo(
  ports: BlockSourcePorts,
  before: Checkpoint,
  next: Block,
): Promise<Fetched | undefined> {
  const { height: end, previousHash } = next.header;
  const collected: Block[] = [];
  let bytes = 0;
  for (let after = before; bytes <= UNPROVEN_BYTES; ) {
    const fetched = await fetchGood(ports, after, (blocks) => {
      const between = blocks.filter(({ header }) => header.height < end);
      return isChain(after, between) ? between : [];
    });
    if (fetched === undefined) return undefined;
    collected.push(...fetched.blocks);
    for (const block of fetched.blocks) bytes += encodeBlock(block).length;
    const { header } = collected.at(-1) as Block;
    after = { height: header.height, hash: headerHash(header) };
    if (after.height === end - 1) return after.hash === previousHash ? { ...fetched, blocks: collected } : undefined;
  }
  return undefined;
}

/** Whether each follows the one before and holds the transactions that its header says. */
export function isChain(before: Checkpoint, blocks: readonly Block[]): boolean {
  let { hash, height } = before;
  return blocks.every(({ header, transactions }) => {
    height += 1;
    const follows = header.previousHash === hash && header.height === height;
    hash = headerHash(header);
    return follows && transactionsRoot(transactions) === header.transactionsRoot;
  });
}
