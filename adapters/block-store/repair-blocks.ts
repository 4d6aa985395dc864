// Mends this node's copy of the final blocks: what is damaged or missing comes from other members, and is taken only when it is exactly
// what this node once had. What that was is told by the state, which holds every header; where the state is lost too, by the next block
// that is whole. What nothing tells any more is taken away, kept as evidence, and caught up with like anything new.
import {
  type Block,
  type Checkpoint,
  encodeBlock,
  encodeCanonical,
  headerHash,
  isChain,
  isRejection,
  isUnderHeader,
  parseBlock,
  transactionsRoot,
} from '@clearchart/ledger';
import { equalBytes } from '@clearchart/crypto';
import { type BlockSourcePorts, type Fetched, fetchGood, fetchUpTo } from './block-source.ts';
import type { Disk } from './disk.ts';
import type { BlockFault } from './fault.ts';
import { cutSegment, replaceBlocks } from './replace.ts';
import { type ScannedBlock, scanBlocks } from './scan.ts';
import { SEGMENT_BYTES, segmentHeights, segmentName } from './segment.ts';

/** Nobody could be reached who has what is damaged here; the message names it and holds no content. */
export class BlocksDamaged extends Error {
  override readonly name = 'BlocksDamaged';
}

/** Where it is, what it was, and the header hash that was due, where it is known. */
export interface BlockDamage {
  readonly where: string;
  readonly detail: string;
  readonly expected?: string;
}

/** One damage, described on the disk; each is on the disk when it returns. */
export interface KeptBlocks {
  /** For the log. */
  readonly folder: string;
  /** A copy of the segment as it is now. */
  copy(segment: string): void | Promise<void>;
  /** The segment itself, which is then no longer where it was. */
  move(segment: string): void | Promise<void>;
  repaired(where: string, repair: Repaired): void;
}

interface Repaired {
  /** Name of the organization from whose node what was lost came. */
  readonly from?: string;
  /** Where the damage began, and the last block that was put back; without it all from the first on are fetched like new ones. */
  readonly blocks: { first: number; last?: number };
}

/** A fault as the scan tells it, or one that only the state can tell. */
type FoundFault = Omit<BlockFault, 'code'> & { code: BlockFault['code'] | 'block-of-another-history' };

/** What repair does to the disk. */
export interface RepairedDisk {
  /** Every stored block in order, or what is wrong with it. */
  readonly scan: (range: { from?: number; to?: number }) => AsyncIterable<ScannedBlock | BlockFault>;
  /** Names of the segment files, ascending; each is the height of its first block and an ending. */
  readonly segments: () => Promise<readonly string[]>;
  readonly replace: (height: number, blocks: readonly Uint8Array[]) => Promise<void>;
  readonly cut: (segment: string, size: number) => Promise<void>;
}

export function repairedDisk(disk: Disk, segmentBytes = SEGMENT_BYTES): RepairedDisk {
  return {
    scan: (range) => scanBlocks(disk, range),
    segments: async () => segmentHeights(await disk.list()).map(segmentName),
    replace: (height, blocks) => replaceBlocks(disk, height, blocks, segmentBytes),
    cut: (segment, size) => cutSegment(disk, segment, size),
  };
}

export interface BlockRepairPorts extends BlockSourcePorts, RepairedDisk {
  readonly chainId: string;
  readonly state: { readonly height: number; headerBytes(height: number): Uint8Array | undefined };
  /** Begins to keep a damage as evidence. */
  readonly keep: (damage: BlockDamage) => KeptBlocks;
  readonly onNote: (words: string) => void;
}

/**
 * What is stored, with a state at this height: what a start needs. Up to the state it is looked through from a block on; when anything is
 * found there, all of it, since repair goes upwards and rests on what lies below. @returns the height of the last block
 * @throws BlocksDamaged naming what stays damaged
 */
export async function repairStored(ports: BlockRepairPorts, stateHeight: number, from: number): Promise<number> {
  if (await isFaulty(ports, { from, to: stateHeight })) await repairBlocks(ports, { from: 1, to: stateHeight });
  return await repairBlocksAbove(ports, stateHeight);
}

async function isFaulty(ports: BlockRepairPorts, { from, to }: { from: number; to: number }): Promise<boolean> {
  if (from > to) return false;
  const looking = new BlockRepair(ports).firstFault(from, to);
  for (;;) {
    const step = await looking.next();
    if (step.done) return step.value !== undefined;
  }
}

/**
 * Every block that the state has is whole and under its header afterwards.
 * @throws BlocksDamaged naming what stays damaged
 */
export async function repairBlocks(ports: BlockRepairPorts, range: { from: number; to: number }): Promise<void> {
  for await (const _ of repairBlocksQuietly(ports, range)) continue;
}

/** The same, yielding after each block. */
export async function* repairBlocksQuietly(
  ports: BlockRepairPorts,
  { from, to }: { from: number; to: number },
): AsyncGenerator<void> {
  const repair = new BlockRepair(ports);
  for (let next = from; next <= to; ) {
    const fault = yield* repair.firstFault(next, to);
    if (fault === undefined) return;
    next = await repair.byState(fault, to);
  }
}

/**
 * The same above the state, up to the end of what is stored. @returns the height of the last block that is whole there
 * @throws BlocksDamaged
 */
export async function repairBlocksAbove(ports: BlockRepairPorts, height: number): Promise<number> {
  const repair = new BlockRepair(ports);
  for (let from = height + 1; ; ) {
    const { fault, end } = await repair.firstFaultAbove(from);
    const isLast =
      fault === undefined || (fault.height === height + 1 && (await repair.wholeAfter(fault.height)) === undefined);
    // What stands alone above the state was never promised: the store knows what a crash leaves.
    if (isLast || fault.code === 'block-torn') return end;
    const next = await repair.byNextBlock(fault);
    if (next === undefined) return fault.height - 1;
    from = next;
  }
}

class BlockRepair {
  readonly #ports: BlockRepairPorts;
  /** Segments of which a copy has been kept. */
  readonly #kept = new Map<string, KeptBlocks>();

  constructor(ports: BlockRepairPorts) {
    this.#ports = ports;
  }

  async *firstFault(from: number, to: number): AsyncGenerator<void, FoundFault | undefined> {
    const { scan, state } = this.#ports;
    let expected = from;
    for await (const item of scan({ from, to })) {
      if ('code' in item) return item;
      const header = state.headerBytes(item.height);
      if (header === undefined || !isUnderHeader(item.bytes, header)) {
        return {
          ...(await this.#segmentWith(item.height)),
          code: 'block-of-another-history',
          detail: 'A block is not the one that the state follows from',
        };
      }
      expected = item.height + 1;
      yield;
    }
    if (expected > to) return undefined;
    return {
      ...(await this.#segmentWith(expected)),
      code: 'blocks-missing',
      detail: `Blocks ${expected} to ${to} are missing`,
    };
  }

  async firstFaultAbove(from: number): Promise<{ fault: FoundFault | undefined; end: number }> {
    let end = from - 1;
    for await (const item of this.#ports.scan({ from })) {
      if ('code' in item) return { fault: item, end };
      end = item.height;
    }
    return { fault: undefined, end };
  }

  async wholeAfter(height: number): Promise<Block | undefined> {
    for await (const item of this.#ports.scan({ from: height + 1 })) {
      const block = 'code' in item ? undefined : parseBlock(item.bytes);
      if (block !== undefined && !isRejection(block)) return block;
    }
    return undefined;
  }

  /** @returns from where on to look again. */
  async byState(fault: FoundFault, to: number): Promise<number> {
    const { state, replace } = this.#ports;
    const segments = await this.#ports.segments();
    const nextSegment = segments.map(heightOf).find((start) => start > fault.height) ?? Number.MAX_SAFE_INTEGER;
    const last = Math.min(to, nextSegment - 1);
    const fetched = await fetchGood(this.#ports, await this.#hashBefore(fault.height), (blocks) => {
      const wrong = blocks.findIndex(({ header, transactions }, index) => {
        const due = state.headerBytes(fault.height + index);
        const isDue = due !== undefined && equalBytes(encodeCanonical(header), due);
        return fault.height + index > last || !isDue || transactionsRoot(transactions) !== header.transactionsRoot;
      });
      return wrong === -1 ? blocks : blocks.slice(0, wrong);
    });
    if (fetched === undefined) throw damaged(fault);
    const kept = await this.#keep(fault, headerHash((fetched.blocks[0] as Block).header));
    await replace(fault.height, fetched.blocks.map(encodeBlock));
    this.#told(kept, fault, fetched);
    return fault.height + fetched.blocks.length;
  }

  /** @returns from where on to look again; undefined when all from the fault on was taken away. */
  async byNextBlock(fault: FoundFault): Promise<number | undefined> {
    const next = await this.wholeAfter(fault.height - 1);
    const before = await this.#hashBefore(fault.height);
    const fetched = next === undefined ? undefined : await fetchUpTo(this.#ports, before, next);
    if (next !== undefined && fetched !== undefined) {
      const kept = await this.#keep(fault, headerHash((fetched.blocks[0] as Block).header));
      await this.#ports.replace(fault.height, fetched.blocks.map(encodeBlock));
      this.#told(kept, fault, fetched);
      return next.header.height;
    }
    // Only what somebody else has can be caught up with.
    const known = await fetchGood(this.#ports, before, (blocks) => (isChain(before, blocks) ? blocks : []));
    if (known === undefined) throw damaged(fault);
    await this.#takeAway(fault);
    return undefined;
  }

  async #hashBefore(height: number): Promise<Checkpoint> {
    const { chainId, scan } = this.#ports;
    if (height === 1) return { height: 0, hash: chainId };
    for await (const item of scan({ from: height - 1, to: height - 1 })) {
      const block = 'code' in item ? undefined : parseBlock(item.bytes);
      if (block !== undefined && !isRejection(block)) return { height: height - 1, hash: headerHash(block.header) };
    }
    throw new BlocksDamaged(`block ${height - 1} does not read`);
  }

  async #keep(fault: FoundFault, expected?: string): Promise<KeptBlocks> {
    const known = this.#kept.get(fault.segment);
    if (known !== undefined) return known;
    const due = expected === undefined ? {} : { expected };
    const kept = this.#ports.keep({ where: placeOf(fault), detail: `${fault.code}: ${fault.detail}`, ...due });
    if (fault.code !== 'blocks-missing') await kept.copy(fault.segment);
    this.#kept.set(fault.segment, kept);
    return kept;
  }

  #told(kept: KeptBlocks, fault: FoundFault, { from, blocks }: Fetched): void {
    const name = this.#ports.nameOf(from) ?? from;
    const last = fault.height + blocks.length - 1;
    kept.repaired(placeOf(fault), { from: name, blocks: { first: fault.height, last } });
    this.#ports.onNote(
      `block ${fault.height} was damaged; blocks ${fault.height} to ${last} are whole again, from ${name}; the damage is kept in ${kept.folder}`,
    );
  }

  async #takeAway(fault: FoundFault): Promise<void> {
    const { cut, onNote, segments } = this.#ports;
    const kept = await this.#keep(fault);
    const gone = (await segments()).filter((name) => heightOf(name) >= fault.height);
    for (const name of [...gone].reverse()) await kept.move(name);
    if (!gone.includes(fault.segment) && fault.code !== 'blocks-missing') await cut(fault.segment, fault.offset);
    kept.repaired(`${placeOf(fault)}, and all after it`, { blocks: { first: fault.height } });
    onNote(
      `blocks from ${fault.height} on do not read and nothing here says what they were: they are fetched like new ones; the damage is kept in ${kept.folder}`,
    );
  }

  async #segmentWith(height: number): Promise<Pick<FoundFault, 'segment' | 'offset' | 'height'>> {
    const segment = (await this.#ports.segments()).findLast((name) => heightOf(name) <= height) ?? '';
    return { segment, offset: 0, height };
  }
}

function heightOf(segment: string): number {
  return Number.parseInt(segment, 10);
}

function placeOf({ height, segment }: FoundFault): string {
  return segment === '' ? `block ${height}` : `block ${height}, ${segment}`;
}

function damaged({ code, height, segment, detail }: FoundFault): BlocksDamaged {
  return new BlocksDamaged(`${code} at block ${height}, ${segment}: ${detail}`);
}
