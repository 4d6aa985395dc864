/**
 * Four hospitals, a process and a folder each, founded and joined by the command line: they agree, go on without one, wait without two
 * and lose nothing when they return. One network for all tests, in this order.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chainIdOf, followMembers } from '@clearchart/ledger';
import { nodeVerifier } from '@clearchart/node-crypto';
import { ProcessNetwork } from './network.fixture.ts';
import { until } from './processes.fixture.ts';

const SEED = Number(process.env['CLEARCHART_TEST_SEED'] ?? Date.now() % 1_000_000);
const A_WHILE_MS = 2_500;
const MOST_DELAY_MS = 400;

let network: ProcessNetwork;
/** Every transaction of a write that was answered. */
const acknowledged: string[] = [];
/** Those of them that some node once told to be final. */
const toldFinal = new Set<string>();

before(async () => {
  network = await ProcessNetwork.found(4);
});
after(() => network?.close());

const pause = (milliseconds: number): Promise<void> => new Promise((later) => setTimeout(later, milliseconds));

async function write(index: number, prefer?: string): Promise<string[]> {
  const { transactions } = await network.node(index).write(prefer);
  assert.ok(transactions.every((id) => /^[0-9a-f]{64}$/.test(id)));
  acknowledged.push(...transactions);
  return [...transactions];
}

/** Asks all that run, and remembers what is told final. */
async function finalityOf(transaction: string): Promise<string[]> {
  const running = network.nodes.filter(({ isRunning }) => isRunning);
  const words = await Promise.all(running.map((node) => node.finality(transaction)));
  if (words.includes('final')) toldFinal.add(transaction);
  return words;
}

test('what each hospital writes is the same state at all four, and final', async () => {
  const written = await Promise.all([0, 1, 2, 3].map((index) => write(index, 'respond-final')));
  const answered = await Promise.all(written.map(async (ids, index) => network.node(index).finality(ids[0] ?? '')));
  assert.deepEqual(answered, ['final', 'final', 'final', 'final'], 'respond-final answers when it is final');
  await network.final(written.flat());
  await network.equal();
  await network.assertOneHistory();
});

test('L48 each hospital leads a reader to the members of now, also those that joined when it was all decided', async () => {
  for (const node of network.nodes) {
    const { genesis, memberChanges } = await node.get('/api/ledger/genesis');
    const led = followMembers(genesis, chainIdOf(genesis), memberChanges, Number.MAX_SAFE_INTEGER, nodeVerifier);
    assert.ok(led.ok, `${node.name}: ${led.ok ? '' : led.reason}`);
    assert.equal((led.set.next ?? led.set).members.length, 4);
  }
});

test('nobody but an administrator registers a member, and one that has not applied is not admitted', async () => {
  const unknown = 'ab'.repeat(16);
  const node = network.node(0);
  const body = { organization: unknown };
  const register = { method: 'POST', body } as const;
  const statuses = [
    (await node.request('/api/ledger/nodes/register', { ...register, isAnonymous: true })).status,
    (await node.request('/api/ledger/nodes/register', register)).status,
    (await node.request('/api/ledger/nodes/retire', { ...register, isAnonymous: true })).status,
    (await node.request('/api/ledger/nodes/retire', register)).status,
    (await node.request('/api/network', { isAnonymous: true })).status,
    (await node.request('/api/network')).status,
  ];
  assert.deepEqual(statuses, [401, 403, 401, 403, 401, 403]);
  const { code, stderr } = await node.tryCommand('members', 'admit', unknown);
  assert.notEqual(code, 0);
  assert.match(stderr, /organization-unknown|not known|unknown/);
  assert.equal((await node.get('/api/ledger/nodes/get')).total, 4);
});

test('without one of four everything goes on', async () => {
  assert.equal(await network.node(3).stop(), 0);
  const three = network.nodes.slice(0, 3);
  const written = await Promise.all([0, 1, 2].map((index) => write(index, 'respond-final')));
  await network.final(written.flat(), three);
  await network.equal(three);
});

test('without two finality stops and is not told, each goes on with its own records, and all becomes final when they return', async () => {
  await network.node(2).kill();
  const two = network.nodes.slice(0, 2);
  const before = await Promise.all(two.map((node) => node.status()));
  const waiting = write(0, 'respond-final');
  let isAnswered = false;
  void waiting.then(() => (isAnswered = true)).catch(() => undefined);
  const written = await Promise.all([write(0), write(1), write(1)]);
  await pause(A_WHILE_MS);
  assert.equal(isAnswered, false, 'respond-final was answered before anything could be final');
  for (const id of written.flat()) {
    for (const word of await finalityOf(id)) assert.ok(['pending', 'included'].includes(word), word);
  }
  const during = await Promise.all(two.map((node) => node.status()));
  for (const [index, { finalHeight, stateRoot }] of during.entries())
    assert.deepEqual([finalHeight, stateRoot], [before[index]?.finalHeight, before[index]?.stateRoot]);
  const own = await network.node(1).write();
  acknowledged.push(...own.transactions);
  assert.equal((await network.node(1).request(own.location)).status, 200);

  // Even after a power failure meanwhile: what was acknowledged is read, and still not told final.
  await network.node(1).kill();
  await network.node(1).start();
  assert.equal((await network.node(1).request(own.location)).status, 200);
  assert.notEqual(await network.node(1).finality(own.transactions[0] ?? ''), 'final');

  await Promise.all([network.node(2).start(), network.node(3).start()]);
  await waiting;
  await network.final(acknowledged);
  await network.equal();
  await network.assertOneHistory();
});

test('a node that is killed at a random moment has lost nothing that was told final, and nothing that was acknowledged', async (t) => {
  t.diagnostic(`seed ${SEED}`);
  let isOver = false;
  const victim = network.node(SEED % 4);
  const writers = network.nodes.map(async (_node, index) => {
    while (!isOver) {
      // Only what the kill cuts off may fail.
      await write(index).catch((fault: unknown) => {
        if (!(fault instanceof TypeError && network.node(index) === victim)) throw fault;
      });
      await Promise.all(acknowledged.slice(-40, -30).map(finalityOf)).catch(() => undefined);
      await pause(30);
    }
  });
  await pause(500 + ((SEED * 7919) % MOST_DELAY_MS));
  await victim.kill();
  await victim.start();
  await pause(500);
  isOver = true;
  await Promise.all(writers);
  await network.final(acknowledged);
  await network.equal();
  for (const id of toldFinal) assert.deepEqual(await finalityOf(id), ['final', 'final', 'final', 'final']);
  await network.assertOneHistory();
  t.diagnostic(`${acknowledged.length} transactions acknowledged, ${toldFinal.size} of them told final on the way`);
});

test('nothing was wrong on the way: no member is banned, none has voted twice', async () => {
  await until('every node hears the others', async () => {
    const { members, evidence } = await network.node(0).command('members', 'list');
    assert.deepEqual(evidence, []);
    assert.deepEqual(
      members.map(({ bans }: { bans: number }) => bans),
      [0, 0, 0, 0],
    );
    return members.every(({ finalHeight }: { finalHeight?: number }) => finalHeight !== undefined);
  });
  for (const node of network.nodes) assert.doesNotMatch(node.log, /"level":"error"/, node.log);
});
