/* oxlint-disable typescript/no-explicit-any -- what another process answers is looked at as it comes */
/**
 * A member that lies, written without our codec: it was admitted like any other, and its key is a script's. Three honest hospitals go on
 * through all of it, take nothing forged, and keep what proves that it voted twice. One network for all tests, in this order: what bans comes last.
 */
import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { after, before, test } from 'node:test';
import { type ByzantinePeer, type Other, type RequestLie } from './byzantine-peer.fixture.ts';
import { enrolment, type Fields, headerHash, hex, newKey, organizationOf } from './byzantine-wire.fixture.ts';
import { finalHeader, isReported, knownOf, type LyingMember, lyingMember } from './liar.fixture.ts';
import { ProcessNetwork } from './network.fixture.ts';
import { until } from './processes.fixture.ts';

const MIB = 1024 * 1024;
const MOST_GROWTH_BYTES = 300 * MIB;
const EQUAL_WITHIN_MS = 120_000;

let network: ProcessNetwork;
let member: LyingMember;
let liar: ByzantinePeer;
let honest: readonly Other[];
let memoryBefore: number[];
const stalled: Socket[] = [];

before(async () => {
  network = await ProcessNetwork.found(3);
  member = await lyingMember(network);
  ({ liar, honest } = member);
  await goesOn();
  memoryBefore = network.nodes.map((node) => node.memory());
});
after(async () => {
  for (const socket of stalled) socket.destroy();
  await liar?.close();
  await network?.close();
});

/** Each honest hospital writes, and what it writes is final at all of them. @returns how long it took, milliseconds */
async function goesOn(): Promise<number> {
  const began = performance.now();
  await network.writeEverywhere();
  return Math.round(performance.now() - began);
}

test('what it makes by the rules is taken once: a transaction, a block', async () => {
  const { id, transaction } = enrolment(liar.chainId, liar.organization, liar.key);
  await member.toAll((other) => liar.message(other, { transactions: [transaction] }));
  await network.final([id]);
  const good = member.made(await member.commonHead());
  await member.toAll((other) => liar.message(other, { blocks: [good.block] }));
  await until('its block is the head', async () => (await network.node(0).status()).headHash === good.hash);
  await goesOn();
  const { headers } = await network.node(1).get(`/api/ledger/headers?from=${good.header.height}&limit=1`);
  assert.equal(headerHash(headers[0]), good.hash);

  // Said again, it is no second time.
  for (let times = 0; times < 20; times += 1)
    await member.toAll((other) => liar.message(other, { transactions: [transaction], blocks: [good.block] }));
  await goesOn();
  const { chain } = await network
    .node(2)
    .get(`/api/ledger/chain?from=${Math.max(1, good.header.height - 20)}&limit=100`);
  const included = chain.flatMap(({ transactions }: any) => transactions.map(({ nonce }: any) => nonce));
  assert.equal(included.filter((nonce: string) => nonce === transaction['nonce']).length, 1);
});

test('N2 to N6: a request that is another’s, of another time, for another node, repeated, changed or too long is refused', async () => {
  const [ash, birch] = honest as unknown as [Other, Other];
  const tips = { tips: [{ height: 1, hash: 'ab'.repeat(32) }] };
  const stranger = newKey();
  const said = async (lie: RequestLie): Promise<number> => (await liar.message(ash, tips, lie)).status;
  assert.equal(await said({}), 204);
  assert.equal(await said({ sender: birch.organization }), 401, 'a member’s name under the liar’s key');
  assert.equal(await said({ key: stranger }), 401, 'its own name under a strange key');
  assert.equal(await said({ sender: organizationOf(stranger), key: stranger }), 403, 'a stranger sends no messages');
  assert.equal(await said({ receiver: birch.organization }), 401);
  assert.equal(await said({ time: Date.now() - 60_000 }), 401);
  assert.equal(await said({ time: Date.now() + 60_000 }), 401);
  assert.equal(await said({ body: Buffer.from('{"transactions":[],"blocks":[],"votes":[]}') }), 401);
  assert.equal(await said({ length: 'none' }), 400);
  assert.equal(await said({ length: 9 * MIB }).catch(() => 413), 413);
  const heard = liar.lastHeard;
  assert.ok(heard);
  const passedOn = await liar.post(birch, '/api/peers/messages', heard.body, { headers: heard.headers });
  assert.equal(passedOn.status, 401, 'what a member wrote to the liar is nothing to another');
  const nonce = hex(16);
  const time = Date.now();
  assert.deepEqual([await said({ nonce, time }), await said({ nonce, time })], [204, 409]);
});

test('while bodies come too slowly and connections stand half open, the others go on', async (t) => {
  for (const other of honest) {
    const { hostname, port } = new URL(other.url);
    for (let index = 0; index < 60; index += 1) {
      const socket = connect(Number(port), hostname);
      socket.on('error', () => undefined);
      stalled.push(socket);
      const path = '/api/peers/messages';
      const headers = liar.headersFor(other, path, Buffer.alloc(10), { length: MIB });
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      const whole = `POST ${path} HTTP/1.1\r\nhost: ${hostname}\r\n${lines.join('')}\r\n{"trans`;
      socket.write(index % 3 === 0 ? whole.slice(0, 60) : whole);
    }
  }
  t.diagnostic(`final everywhere in ${await goesOn()} ms`);
  assert.equal((await liar.message(honest[0] as Other, {})).status, 429, 'it has no more places than its own');
  for (const socket of stalled) socket.destroy();
});

test('lies about its height and its history are asked about and come to nothing', async (t) => {
  const lies: Record<string, (question: Fields) => ReturnType<ByzantinePeer['lie']>> = {
    silence: () => 'silence',
    endless: () => 'endless',
    'too long': () => Buffer.alloc(9 * MIB, 32),
    'nothing, for ever': () =>
      Buffer.from(JSON.stringify({ blocks: [], links: [], votes: [], tip: { height: 1e9, hash: hex(32) } })),
  };
  // Only one of them, which asks it ever more seldom then: the other two shall still ask when it forges.
  const [, , cedar] = honest as unknown as [Other, Other, Other];
  for (const [name, lie] of Object.entries(lies)) {
    liar.lie = lie;
    const before = liar.questions;
    const claim = { tips: [{ height: 1_000_000_000, hash: hex(32) }] };
    await until(
      'somebody asks it',
      async () => {
        await liar.message(cedar, claim);
        return liar.questions > before;
      },
      40_000,
    );
    t.diagnostic(`${name}: final everywhere in ${await goesOn()} ms, asked ${liar.questions - before} times`);
  }
});

test('a flood of its own transactions leaves room for the others', async (t) => {
  const flood = Array.from({ length: 3_000 }, () => enrolment(liar.chainId, liar.organization, liar.key));
  const sent = [0, 1_000, 2_000].map((at) => {
    const transactions = flood.slice(at, at + 1_000).map(({ transaction }) => transaction);
    return member.toAll((other) => liar.message(other, { transactions }));
  });
  t.diagnostic(`final everywhere in ${await goesOn()} ms while ${flood.length} came`);
  await Promise.all(sent);
  await network.equal(network.nodes, EQUAL_WITHIN_MS);
});

const earlyVotes = (count: number): Fields[] =>
  Array.from({ length: count }, (_, index) =>
    member.voteFor({ height: 0, hash: liar.chainId }, { height: 1_000_000 + index, hash: hex(32) }),
  );

// A node that answers 429 before the body has come closes the connection: to the sender this may look like a reset.
test('six thousand votes of its own for blocks that nobody has hold nobody up', async (t) => {
  const sent = Array.from({ length: 3 }, () => {
    const votes = earlyVotes(2_048);
    return Promise.allSettled(honest.map((other) => liar.message(other, { votes })));
  });
  t.diagnostic(`final everywhere in ${await goesOn()} ms while ${3 * 2_048} came`);
  await Promise.all(sent);
});

test('L75: two blocks of one height, two votes for one height and one vote around another: one history, and evidence at all and on the ledger', async (t) => {
  await goesOn();
  const right = await member.commonHead();
  const final = await finalHeader(network.node(0));
  assert.equal(right.height, final.height + 1, 'at rest the head is the child that made the block before it final');
  const wrong = member.made(final);
  const above = member.made(knownOf(wrong.header));
  const rivals = Array.from({ length: 20 }, (_, index) =>
    member.made(final, { before: { time: final.time + 2 + index } }),
  );
  await member.toAll(async (other) => {
    await liar.message(other, { blocks: [wrong.block, above.block] });
    for (const rival of rivals) await liar.message(other, { blocks: [rival.block] });
  });
  const votes = [
    member.voteFor(final, right),
    member.voteFor(final, { height: wrong.header.height, hash: wrong.hash }),
    member.voteFor({ height: 0, hash: liar.chainId }, { height: above.header.height, hash: above.hash }),
  ];
  await member.toAll((other) => liar.message(other, { votes }));
  await until('all hold the evidence', async () => {
    const all = await Promise.all(network.nodes.map((node) => node.command('members', 'list')));
    return all.every(({ evidence }) => {
      const kinds = new Set(evidence.map(({ organization, kind }: any) => `${organization} ${kind}`));
      return kinds.has(`${liar.organization} double-vote`) && kinds.has(`${liar.organization} surround-vote`);
    });
  });
  await until('the ledger holds the double vote', () => isReported(network, liar.organization, right.height));
  t.diagnostic(`final everywhere in ${await goesOn()} ms`);
  await network.equal();
  await network.assertOneHistory();
});

test('no fault of a server, one history, nobody banned that is honest, and memory within bounds', async (t) => {
  await network.equal();
  await network.assertOneHistory();
  for (const node of network.nodes) {
    const { members, evidence } = await node.command('members', 'list');
    const banned = members.filter((one: any) => one.bans > 0).map((one: any) => one.organization);
    assert.deepEqual(
      banned.filter((one: string) => one !== liar.organization),
      [],
    );
    assert.deepEqual([...new Set(evidence.map((one: any) => one.organization))], [liar.organization]);
  }
  t.diagnostic(`answers by status: ${JSON.stringify(Object.fromEntries(liar.statuses))}`);
  assert.deepEqual(liar.serverFaults(), []);
  const memory = network.nodes.map((node, index) => [memoryBefore[index] ?? 0, node.memory()] as const);
  t.diagnostic(memory.map(([was, is]) => `${Math.round(was / MIB)} → ${Math.round(is / MIB)} MiB`).join(', '));
  for (const [was, is] of memory) assert.ok(is - was < MOST_GROWTH_BYTES);
});
