// Blocks from other members, for mending: what comes is looked at until somebody gives what is wanted, and not believed before.
import { type Block, type Checkpoint, encodeBlock, headerHash, isChain, type OrganizationId } from '@clearchart/ledger';

export interface BlockSourcePorts {
  readonly peers: () => readonly OrganizationId[];
  readonly nameOf: (organization: OrganizationId) => string | undefined;
  /** @throws when no answer comes. */
  readonly fetch: (peer: OrganizationId, after: Checkpoint) => Promise<readonly Block[]>;
  readonly clock: { now(): number };
  readonly timers: { after(delayMs: number, act: () => void): unknown };
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
  ports: BlockSourcePorts,
  after: Checkpoint,
  good: (blocks: readonly Block[]) => readonly Block[],
): Promise<Fetched | undefined> {
  return await firstThatGives(ports, async (from) => good(await ports.fetch(from, after)));
}

/** All blocks between two places, of the first member whose blocks lead from one to the other. */
export async function fetchUpTo(
  ports: BlockSourcePorts,
  before: Checkpoint,
  next: Block,
): Promise<Fetched | undefined> {
  const { height: end, previousHash } = next.header;
  return await firstThatGives(ports, async (from) => {
    const collected: Block[] = [];
    let bytes = 0;
    for (let after = before; bytes <= UNPROVEN_BYTES; ) {
      const blocks = (await ports.fetch(from, after)).filter(({ header }) => header.height < end);
      const last = blocks.at(-1);
      if (last === undefined || !isChain(after, blocks)) return [];
      collected.push(...blocks);
      for (const block of blocks) bytes += encodeBlock(block).length;
      after = { height: last.header.height, hash: headerHash(last.header) };
      if (after.height === end - 1) return after.hash === previousHash ? collected : [];
    }
    return [];
  });
}

async function firstThatGives(
  { clock, patienceMs, peers, timers }: BlockSourcePorts,
  ask: (from: OrganizationId) => Promise<readonly Block[]>,
): Promise<Fetched | undefined> {
  for (const deadline = clock.now() + patienceMs; ; ) {
    for (const from of peers()) {
      const blocks = await ask(from).catch(() => []);
      if (blocks.length > 0) return { from, blocks };
    }
    if (peers().length === 0 || clock.now() >= deadline) return undefined;
    await new Promise<void>((resolve) => timers.after(ASK_AGAIN_MS, resolve));
  }
}
