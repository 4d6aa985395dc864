// Mending with members that lie, know too little, or cannot be reached. The broken variants these catch: a header of another history
// taken, transactions taken because the header above them is right, blocks put back that the next one does not follow, evidence that
// does not hold what was there, something taken away though nobody has it.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import {
  type BlockRepairPorts,
  openBlockStore,
  openNodeDisk,
  repairBlocks,
  repairBlocksAbove,
  repairedDisk,
  repairStored,
} from '@clearchart/block-store';
import {
  type Block,
  type Checkpoint,
  encodeBlock,
  encodeCanonical,
  type Header,
  headerHash,
  type OrganizationId,
  type Transaction,
  transactionsRoot,
} from '@clearchart/ledger';
import { systemTimers } from '../clock.ts';
import { FILES } from '../storage/data-folder.ts';
import { DamageLog, keepBlockDamage } from './damage-log.ts';

const CHAIN = 'c1'.repeat(32);
const SEGMENT_BYTES = 3_000;
const BLOCKS = 12;
const folders: string[] = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

function chainOf(salt: string, transactions: readonly Transaction[] = []): Block[] {
  const blocks: Block[] = [];
  let previousHash = CHAIN;
  for (let height = 1; height <= BLOCKS; height += 1) {
    const header = {
      version: 1,
      chainId: CHAIN,
      height,
      previousHash,
      time: height,
      transactionsRoot: transactionsRoot(transactions),
      stateRoot: salt.repeat(64),
      memberSetHash: '3'.repeat(64),
      proposer: '4'.repeat(32),
      target: '5'.repeat(64),
      nonce: '6'.repeat(16),
      signature: '7'.repeat(128),
    } as unknown as Header;
    blocks.push({ header, transactions });
    previousHash = headerHash(header);
  }
  return blocks;
}

const CHAIN_HERE = chainOf('a');
type Member = (after: Checkpoint) => readonly Block[];

const honest: Member = ({ height, hash }) => {
  const known = height === 0 ? CHAIN : headerHash((CHAIN_HERE[height - 1] as Block).header);
  return known === hash ? CHAIN_HERE.slice(height, height + 3) : [];
};

interface Setting {
  readonly folder: string;
  readonly ports: BlockRepairPorts;
  readonly damages: DamageLog;
  readonly content: () => string;
}

async function setting(members: readonly Member[], stateHeight = BLOCKS): Promise<Setting> {
  const folder = mkdtempSync(join(tmpdir(), 'repair-blocks-'));
  folders.push(folder);
  const blocksFolder = join(folder, FILES.blocks);
  const disk = await openNodeDisk(blocksFolder, 'write');
  const store = await openBlockStore(disk, { segmentBytes: SEGMENT_BYTES });
  for (const block of CHAIN_HERE) await store.append(block.header.height, encodeBlock(block));
  await store.close();
  const clock = { now: Date.now };
  const damages = new DamageLog(folder, clock);
  const ports: BlockRepairPorts = {
    chainId: CHAIN,
    ...repairedDisk(disk, SEGMENT_BYTES),
    state: {
      height: stateHeight,
      headerBytes: (height) =>
        height <= stateHeight ? encodeCanonical((CHAIN_HERE[height - 1] as Block).header) : undefined,
    },
    peers: () => members.map((_, index) => String(index) as OrganizationId),
    nameOf: (one) => `Hospital ${one}`,
    fetch: async (peer, place) => (members[Number(peer)] as Member)(place),
    keep: keepBlockDamage(damages, folder),
    clock,
    timers: systemTimers,
    onNote: () => undefined,
    patienceMs: 0,
  };
  const content = (): string =>
    readdirSync(blocksFolder)
      .filter((name) => name.endsWith('.blocks'))
      .sort()
      .map((name) => `${name} ${readFileSync(join(blocksFolder, name)).toString('hex')}`)
      .join('\n');
  return { folder, ports, damages, content };
}

function damage(folder: string, segment: number, places: readonly number[]): Buffer {
  const names = readdirSync(join(folder, FILES.blocks))
    .filter((name) => name.endsWith('.blocks'))
    .sort();
  const path = join(folder, FILES.blocks, names.at(segment) ?? '');
  const bytes = readFileSync(path);
  for (const place of places)
    bytes.writeUInt8(bytes.readUInt8(Math.floor(place * bytes.length)) ^ 8, Math.floor(place * bytes.length));
  writeFileSync(path, bytes);
  return bytes;
}

const all = { from: 1, to: BLOCKS };
const forgedTransactions: Member = (place) =>
  honest(place).map(({ header }) => ({ header, transactions: [{ forged: 1 } as unknown as Transaction] }));
const otherHistory: Member = ({ height }) => chainOf('b').slice(height, height + 3);
/** Blocks that follow what is asked for, and lead elsewhere. */
const fork: Member = ({ height, hash }) => {
  const header = { ...(CHAIN_HERE[height] as Block).header, previousHash: hash, nonce: '9'.repeat(16) } as Header;
  return [{ header, transactions: [] }];
};
const silent: Member = () => {
  throw new Error('no answer');
};

test('header, content, several blocks, the last block: all become what they were, after liars and silent members were asked', async () => {
  for (const places of [[0.0], [0.1], [0.5], [0.99], [0.05, 0.5, 0.95]]) {
    for (const segment of [0, 1, -1]) {
      const { folder, ports, damages, content } = await setting([silent, forgedTransactions, otherHistory, honest]);
      const whole = content();
      const bytes = damage(folder, segment, places);
      await repairBlocks(ports, all);
      assert.equal(content(), whole, `${places.join(' ')} of ${segment}`);
      const [repair] = damages.repairs();
      assert.equal(repair?.from, 'Hospital 3');
      const [kept = ''] = readdirSync(join(folder, FILES.evidence));
      assert.equal(repair.keptIn, `evidence/${kept}`);
      const { first = 0, last = 0 } = repair.blocks ?? {};
      assert.ok(first >= 1 && first <= last && last <= BLOCKS, `${first} to ${last}`);
      const [name = ''] = readdirSync(join(folder, FILES.evidence, kept)).filter((one) => one.endsWith('.blocks'));
      assert.deepEqual(readFileSync(join(folder, FILES.evidence, kept, name)), bytes);
    }
  }
});

test('a block of another history under a good checksum is put right', async () => {
  const { ports, content } = await setting([honest]);
  const whole = content();
  const other = chainOf('b')[4] as Block;
  await ports.replace(5, [encodeBlock(other)]);
  assert.notEqual(content(), whole);
  await repairBlocks(ports, all);
  assert.equal(content(), whole);
});

test('members that have only other blocks, or none at all, leave the damage and its place told', async () => {
  for (const members of [[], [silent], [otherHistory], [forgedTransactions]]) {
    const { folder, ports, damages, content } = await setting(members);
    damage(folder, 1, [0.3]);
    const damaged = content();
    await assert.rejects(repairBlocks(ports, all), {
      name: 'BlocksDamaged',
      message: /^block-damaged at block \d+, \d{12}\.blocks/,
    });
    assert.equal(content(), damaged);
    assert.deepEqual(damages.repairs(), []);
  }
});

test('a start that finds damage in what it looks at mends also what lies below, on which that rests', async () => {
  const from = 9;
  const inSegmentOf = async ({ ports }: Setting, height: number): Promise<number> =>
    (await ports.segments()).findLastIndex((name) => Number.parseInt(name, 10) <= height);
  for (const places of [[0.0], [0.2], [0.2, 0.95]]) {
    const one = await setting([honest]);
    const whole = one.content();
    const [below, above] = [await inSegmentOf(one, from - 1), await inSegmentOf(one, BLOCKS)];
    assert.ok(below < above);
    damage(one.folder, below, places);
    const onlyBelow = one.content();
    assert.equal(await repairStored(one.ports, BLOCKS, from), BLOCKS);
    assert.equal(one.content(), onlyBelow, 'left to the scan');
    damage(one.folder, above, places);
    assert.equal(await repairStored(one.ports, BLOCKS, from), BLOCKS);
    assert.equal(one.content(), whole);
  }
});

test('a member that answers only after a while is waited for', async () => {
  let asked = 0;
  const { folder, ports, content } = await setting([(place) => ((asked += 1) > 1 ? honest(place) : [])]);
  const whole = content();
  damage(folder, 1, [0.3]);
  await repairBlocks({ ...ports, patienceMs: 10_000 }, all);
  assert.equal(content(), whole);
});

test('without the state, what the next whole block follows is put back, and nothing else', async () => {
  const { folder, ports, content } = await setting([otherHistory, forgedTransactions, fork, honest], 0);
  const whole = content();
  damage(folder, 1, [0.0]);
  assert.equal(await repairBlocksAbove(ports, 0), BLOCKS);
  assert.equal(content(), whole);
});

test('without the state, blocks at the end that do not read are taken away only when somebody has them', async () => {
  for (const members of [[], [silent]]) {
    const { folder, ports, content } = await setting(members, 0);
    damage(folder, -1, [0.0]);
    const damaged = content();
    await assert.rejects(repairBlocksAbove(ports, 0), { name: 'BlocksDamaged' });
    assert.equal(content(), damaged);
  }
  const { folder, ports } = await setting([honest], 0);
  const bytes = damage(folder, -1, [0.0]);
  const end = await repairBlocksAbove(ports, 0);
  assert.ok(end > 0 && end < BLOCKS);
  const [kept = ''] = readdirSync(join(folder, FILES.evidence));
  const [name = ''] = readdirSync(join(folder, FILES.evidence, kept)).filter((one) => one.endsWith('.blocks'));
  assert.deepEqual(readFileSync(join(folder, FILES.evidence, kept, name)), bytes);
  assert.equal(await repairBlocksAbove(ports, 0), end);
});

test('a repair that a crash cut short is done by the next', async () => {
  const { folder, ports, content } = await setting([honest]);
  const whole = content();
  damage(folder, 0, [0.2]);
  const crash = new Error('power failed');
  await assert.rejects(
    repairBlocks({ ...ports, replace: () => Promise.reject(crash) }, all),
    (fault: Error) => fault === crash,
  );
  await repairBlocks({ ...ports, keep: keepBlockDamage(new DamageLog(folder, ports.clock), folder) }, all);
  assert.equal(content(), whole);
});
