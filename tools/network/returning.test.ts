/**
 * Hospitals that lost what they had: one restored from an old backup, one wiped and fed with a longer history by a member that lies. They end
 * equal to the others, nothing that was final is another block afterwards, and none of them has voted against itself.
 */
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { clearchartJson } from '../outside/clearchart-process.fixture.ts';
import type { ByzantinePeer } from './byzantine-peer.fixture.ts';
import { block, type Fields } from './byzantine-wire.fixture.ts';
import { commonHead, finalHeader, lyingMember } from './liar.fixture.ts';
import { ProcessNetwork } from './network.fixture.ts';
import { until } from './processes.fixture.ts';

const LONGER_BY = 24;
const ANSWER_BLOCKS = 64;
/** What the restored hospital writes between its backup and its end. */
const LOST_RECORDS = 2;
const RETURNS_WITHIN_MS = 90_000;
const LEDGER_FILES = ['blocks', 'state.db', 'state.db-wal', 'state.db-shm', 'consensus.db', 'consensus.db-wal'];

let network: ProcessNetwork;
let liar: ByzantinePeer;
let target: string;

before(async () => {
  network = await ProcessNetwork.found(3);
  ({ liar, target } = await lyingMember(network));
});
after(async () => {
  await liar?.close();
  await network?.close();
});

async function writeEverywhere(): Promise<string[]> {
  const written = await Promise.all(network.nodes.map((node) => node.write()));
  const ids = written.flatMap(({ transactions }) => transactions);
  await network.final(ids, network.nodes, RETURNS_WITHIN_MS);
  return ids;
}

async function nobodyVotedTwice(): Promise<void> {
  for (const node of network.nodes) assert.deepEqual((await node.command('members', 'list')).evidence, []);
}

/** All final blocks as another node would tell them. */
async function chainOf(index: number): Promise<{ header: Fields }[]> {
  const all: { header: Fields }[] = [];
  for (;;) {
    const { chain } = await network.node(index).get(`/api/ledger/chain?from=${all.length + 1}&limit=100`);
    all.push(...chain);
    if (chain.length === 0) return all;
  }
}

test('a hospital restored from an old backup has again what was final since, and does not vote against what it forgot', async () => {
  liar.lie = () => 'silence';
  const node = network.node(1);
  const passphrase = join(network.folder, 'passphrase');
  writeFileSync(passphrase, 'a long passphrase of the operator');
  const file = join(network.folder, 'old.tar');
  await writeEverywhere();
  await node.command('backup', '--backup-passphrase-file', passphrase, file);
  const kept = await writeEverywhere();
  const lost = await node.write();
  await network.final(lost.transactions);
  await node.kill();
  node.data = join(network.folder, 'restored');
  await node.command('restore', file, '--backup-passphrase-file', passphrase);
  await node.start();
  const written = await writeEverywhere();
  await network.final([...kept, ...lost.transactions, ...written]);
  await network.equal();
  await network.assertOneHistory();
  await nobodyVotedTwice();
});

test('a wiped hospital that is fed a longer history without votes ends where the others are', async (t) => {
  const before = await writeEverywhere();
  const base = await finalHeader(network.node(0));
  const own: { header: Fields }[] = [];
  let parent = base;
  for (let length = 0; length < LONGER_BY; length += 1) {
    const made = block({ chainId: liar.chainId, target, proposer: liar.organization, key: liar.key, parent });
    own.push(made.block as unknown as { header: Fields });
    parent = { ...made.header, hash: made.hash };
  }
  await writeEverywhere();
  const history = [...(await chainOf(0)).slice(0, base.height), ...own];
  let told = 0;
  liar.lie = ({ kind, locator }) => {
    if (kind === 'votes') return Buffer.from('[]');
    if (kind !== 'chain') return 'silence';
    // It follows what it is asked about, and leads on into its own history.
    const places = locator as { height: number }[];
    const known = Math.min(base.height, ...places.map(({ height }) => height).slice(0, 1));
    const blocks = history.slice(known, known + ANSWER_BLOCKS);
    told += blocks.length;
    const tip = { height: parent.height, hash: parent.hash };
    return Buffer.from(JSON.stringify({ blocks, links: [], votes: [], tip }));
  };

  const wiped = network.node(2);
  await wiped.kill();
  for (const name of LEDGER_FILES) rmSync(join(wiped.data, name), { recursive: true, force: true });
  const began = performance.now();
  await wiped.start();
  await liar.message(wiped, { tips: [{ height: parent.height, hash: parent.hash }] });
  const after = await writeEverywhere();
  t.diagnostic(`${Math.round(performance.now() - began)} ms to be equal; ${told} blocks came from the liar`);
  assert.ok(told > LONGER_BY, 'the liar was asked, and told its history');
  await network.final([...before, ...after]);
  await network.equal();
  await network.assertOneHistory();
  const { headers } = await wiped.get(`/api/ledger/headers?from=${base.height + 1}&limit=1`);
  assert.notDeepEqual(headers[0], own[0]?.header);
  await nobodyVotedTwice();
});

test('every ledger is whole, and of the restored hospital it tells which records the old backup did not have', async () => {
  await commonHead(network, liar);
  await until('nothing waits', async () => {
    const all = await Promise.all(network.nodes.map((one) => one.status()));
    return all.every(({ pending }) => pending === 0);
  });
  for (const node of network.nodes) {
    assert.equal(await node.stop(), 0, node.log);
    const { code, answer } = await clearchartJson(['check-ledger', node.data]);
    const faults = answer.faults.map((fault: { code: string }) => fault.code);
    const expected = node === network.node(1) ? Array.from({ length: LOST_RECORDS }, () => 'version-missing') : [];
    assert.deepEqual([code, faults], [expected.length === 0 ? 0 : 1, expected], node.name);
  }
});
