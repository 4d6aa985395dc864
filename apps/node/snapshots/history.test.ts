/**
 * The blocks below a snapshot, from members that lie or know too little. The broken variants these catch: a header that is not held to the
 * final one, a block taken for its place alone, transactions taken because their header is right, rules that are not applied, an exchange
 * before all is here.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openBlockStore, openNodeDisk } from '@clearchart/block-store';
import {
  applyBlock,
  type Block,
  type Checkpoint,
  encodeBlock,
  encodeHeaders,
  type Header,
  headerHash,
  type OrganizationId,
  parseSnapshotQuestion,
  reject,
} from '@clearchart/ledger';
import { nodeVerifier } from '@clearchart/node-crypto';
import { openStateStore } from '@clearchart/state-store';
import { checkSignature, genesis, TestLedger } from './giving.fixture.ts';
import { History, type HistoryPorts } from './history.ts';

let ledger: TestLedger;
let runs = 0;
before(() => {
  ledger = new TestLedger();
  for (let block = 0; block < 14; block += 1) ledger.mine(1, 2);
});
after(() => ledger.close());

const BASE = 11;

interface Member {
  readonly headers: (from: number, count: number) => readonly Header[];
  readonly after: (place: Checkpoint) => readonly Block[];
}
const honest: Member = {
  headers: (from, count) => ledger.blocks.slice(from - 1, from - 1 + count).map(({ header }) => header),
  after: (place) => ledger.after(place),
};

/** An empty ledger beside a snapshot at block 11, and members to ask; `at` is the live ledger's height. */
async function setting(members: readonly Member[], more: Partial<HistoryPorts> = {}) {
  const folder = join(ledger.folder, `history-${(runs += 1)}`);
  const blocks = await openBlockStore(await openNodeDisk(join(folder, 'blocks'), 'write'));
  const state = openStateStore(join(folder, 'state.db'), genesis);
  const notes: string[] = [];
  const done = Promise.withResolvers<Error | 'exchanged'>();
  const live = { height: BASE };
  const peers = members.map((_, index) => String(index) as OrganizationId);
  const history = new History({
    genesis,
    verifier: nodeVerifier,
    older: { state, blocks },
    base: (ledger.blocks[BASE - 1] as Block).header,
    recent: {
      read: async (height) => (height <= live.height ? encodeBlock(ledger.blocks[height - 1] as Block) : undefined),
    },
    check: async (block, before, parent) => applyBlock(block, before, parent, genesis, checkSignature),
    peers: () => peers,
    nameOf: (one) => `Hospital ${one}`,
    async ask(peer, bytes) {
      const question = parseSnapshotQuestion(bytes);
      assert.ok(question?.kind === 'headers');
      return encodeHeaders((members[Number(peer)] as Member).headers(question.from, question.count));
    },
    fetch: async (peer, place) => ({ blocks: (members[Number(peer)] as Member).after(place), links: [] }),
    keepLinks: () => undefined,
    exchange() {
      if (state.height !== live.height) return false;
      done.resolve('exchanged');
      return true;
    },
    onMore: () => undefined,
    onNote: (words) => void notes.push(words),
    onFault: (fault) => done.resolve(fault as Error),
    ...ledger.time,
    ...more,
  });
  const close = async (): Promise<void> => {
    await history.close();
    state.close();
    await blocks.close();
  };
  return { state, blocks, notes, live, done: done.promise, close };
}

test('J7 J8 all blocks come, are applied one after another, and only then are the states exchanged', async () => {
  const heights: number[] = [];
  const { state, blocks, notes, live, done, close } = await setting([honest], { onMore: () => heights.push(1) });
  live.height = BASE + 2;
  assert.equal(await done, 'exchanged');
  assert.equal(state.headHash, headerHash((ledger.blocks[BASE + 1] as Block).header));
  for (let height = 1; height <= BASE + 2; height += 1)
    assert.deepEqual(await blocks.read(height), encodeBlock(ledger.blocks[height - 1] as Block));
  assert.deepEqual([heights.length, notes], [BASE + 2, []]);
  await close();
});

const withHeader = (block: Block, change: Partial<Header>): Block => ({
  ...block,
  header: { ...block.header, ...change },
});
const LIARS: Readonly<Record<string, Member>> = {
  'headers of another history': {
    ...honest,
    headers: (from, count) => honest.headers(from, count).map((header) => ({ ...header, time: header.time + 1 })),
  },
  'headers in another order': { ...honest, headers: (from, count) => honest.headers(from, count).toReversed() },
  'a header too many': { ...honest, headers: (from, count) => honest.headers(from, count + 1) },
  'other blocks': { ...honest, after: (place) => honest.after(place).map((one) => withHeader(one, { time: 1 })) },
  'a block that follows, and is another': {
    ...honest,
    after: (place) =>
      honest
        .after(place)
        .slice(0, 1)
        .map((one) => withHeader(one, { nonce: '1'.repeat(16) as never })),
  },
  'blocks of another place': { ...honest, after: () => ledger.blocks.slice(5, 8) },
  'blocks without their transactions': {
    ...honest,
    after: (place) => honest.after(place).map(({ header }) => ({ header, transactions: [] })),
  },
};

for (const [words, liar] of Object.entries(LIARS)) {
  test(`J7 J8 ${words} are refused, who gave them is named, and another gives those that are`, async () => {
    const { state, notes, done, close } = await setting([liar, honest]);
    assert.equal(await done, 'exchanged');
    assert.equal(state.headHash, headerHash((ledger.blocks[BASE - 1] as Block).header));
    assert.equal(notes.length, 1, notes.join('\n'));
    assert.match(notes[0] ?? '', /^Hospital 0 /);
    await close();
  });
}

test('J8 members that give nothing, or have not so many blocks yet, hold nobody up', async () => {
  const silent: Member = { headers: () => [], after: () => [] };
  const behind: Member = { headers: (from, count) => honest.headers(from, count - 1), after: () => [] };
  const { done, notes, close } = await setting([silent, behind, honest]);
  assert.equal(await done, 'exchanged');
  assert.deepEqual(notes, []);
  await close();
});

test('J8 a member that lets everybody wait is waited for once, not for each answer', async () => {
  let waited = 0;
  const slow: Member = {
    headers: () => [],
    after() {
      waited += 1;
      throw new Error('no answer in time');
    },
  };
  const { done, close } = await setting([slow, honest]);
  assert.equal(await done, 'exchanged');
  assert.equal(waited, 1);
  await close();
});

test('J8 what breaks a rule is not taken though the votes of the members made it final', async () => {
  const check: HistoryPorts['check'] = async (block, before, parent) =>
    block.header.height === 4
      ? reject('block-state-root-wrong' as never, {})
      : applyBlock(block, before, parent, genesis, checkSignature);
  const { state, blocks, done, close } = await setting([honest], { check });
  assert.match(String(await done), /block 4 is final by the members' votes and is not valid/);
  assert.deepEqual([state.height, blocks.height], [3, 3]);
  await close();
});

test('J8 a ledger here of another history is not continued', async () => {
  const elsewhere = new TestLedger();
  elsewhere.mine(7);
  const folder = join(ledger.folder, `history-${runs + 1}`);
  const blocks = await openBlockStore(await openNodeDisk(join(folder, 'blocks'), 'write'));
  const [first] = elsewhere.blocks as [Block];
  await blocks.append(1, encodeBlock(first));
  await blocks.close();
  const { done, state, close } = await setting([honest]);
  assert.match(String(await done), /another history/);
  assert.equal(state.height, 1);
  await close();
  elsewhere.close();
});
