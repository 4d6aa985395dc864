/* oxlint-disable typescript/no-explicit-any -- what another process answers is looked at as it comes */
/**
 * A member that lies, written without our codec: it was admitted like any other, and its key is a script's. Three honest hospitals go on
 * through all of it, take nothing forged, and keep what proves that it voted twice. One network for all tests, in this order: what bans comes last.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { after, before, test } from 'node:test';
import { forgeries } from './forgeries.fixture.ts';
import { type ByzantinePeer, type Other, type RequestLie } from './byzantine-peer.fixture.ts';
import {
  block,
  enrolment,
  type Fields,
  type Forgery,
  headerHash,
  hex,
  newKey,
  organizationOf,
  type Place,
  vote,
} from './byzantine-wire.fixture.ts';
import { commonHead, finalHeader, isReported, type Known, lyingMember, untilBanned } from './liar.fixture.ts';
import { ProcessNetwork } from './network.fixture.ts';
import { until } from './processes.fixture.ts';

const MIB = 1024 * 1024;
const MOST_GROWTH_BYTES = 300 * MIB;
const GOES_ON_WITHIN_MS = 120_000;

let network: ProcessNetwork;
let liar: ByzantinePeer;
let target: string;
let honest: readonly Other[];
let memoryBefore: number[];
/** Hashes of blocks and ids of transactions that nobody may ever hold. */
const forged = { blocks: new Set<string>(), transactions: new Set<string>() };
const stalled: Socket[] = [];

before(async () => {
  network = await ProcessNetwork.found(3);
  ({ liar, target, honest } = await lyingMember(network));
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
  const written = await Promise.all(network.nodes.map((node) => node.write()));
  await network.final(
    written.flatMap(({ transactions }) => transactions),
    network.nodes,
    GOES_ON_WITHIN_MS,
  );
  return Math.round(performance.now() - began);
}

const toAll = <T>(act: (other: Other) => Promise<T>): Promise<T[]> => Promise.all(honest.map(act));
const head = (): Promise<Known> => commonHead(network, liar);

function made(parent: Known, forgery: Forgery = {}, proposer = liar.organization) {
  return block({ chainId: liar.chainId, target, proposer, key: liar.key, parent }, forgery);
}

const placeOf = ({ height, hash }: Place): Place => ({ height, hash });
const voteFor = (source: Place, voted: Place, key = liar.key, organization = liar.organization): Fields =>
  vote(liar.chainId, organization, placeOf(source), placeOf(voted), key);

test('what it makes by the rules is taken once: a transaction, a block', async () => {
  const { id, transaction } = enrolment(liar.chainId, liar.organization, liar.key);
  await toAll((other) => liar.message(other, { transactions: [transaction] }));
  await network.final([id]);
  const good = made(await head());
  await toAll((other) => liar.message(other, { blocks: [good.block] }));
  await until('its block is the head', async () => (await network.node(0).status()).headHash === good.hash);
  await goesOn();
  const { headers } = await network.node(1).get(`/api/ledger/headers?from=${good.header.height}&limit=1`);
  assert.equal(headerHash(headers[0]), good.hash);

  // Said again, it is no second time.
  for (let times = 0; times < 20; times += 1)
    await toAll((other) => liar.message(other, { transactions: [transaction], blocks: [good.block] }));
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
    return toAll((other) => liar.message(other, { transactions }));
  });
  t.diagnostic(`final everywhere in ${await goesOn()} ms while ${flood.length} came`);
  await Promise.all(sent);
  await network.equal(network.nodes, GOES_ON_WITHIN_MS);
});

const earlyVotes = (count: number): Fields[] =>
  Array.from({ length: count }, (_, index) =>
    voteFor({ height: 0, hash: liar.chainId }, { height: 1_000_000 + index, hash: hex(32) }),
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
  const right = await head();
  const final = await finalHeader(network.node(0));
  assert.equal(right.height, final.height + 1, 'at rest the head is the child that made the block before it final');
  const wrong = made(final);
  const above = made({ ...wrong.header, hash: wrong.hash });
  const rivals = Array.from({ length: 20 }, (_, index) => made(final, { before: { time: final.time + 2 + index } }));
  await toAll(async (other) => {
    await liar.message(other, { blocks: [wrong.block, above.block] });
    for (const rival of rivals) await liar.message(other, { blocks: [rival.block] });
  });
  const votes = [
    voteFor(final, right),
    voteFor(final, { height: wrong.header.height, hash: wrong.hash }),
    voteFor({ height: 0, hash: liar.chainId }, { height: above.header.height, hash: above.hash }),
  ];
  await toAll((other) => liar.message(other, { votes }));
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

const lieOf = (blocks: readonly Fields[]): Buffer =>
  Buffer.from(JSON.stringify({ blocks, links: [], votes: [], tip: { height: 10 ** 6, hash: hex(32) } }));

/** Forged on the head of this moment: what members report of each other may move it, and below the final block nobody looks at a block. */
async function forgedBlocks(): Promise<Fields[]> {
  const parent = await head();
  const older = await finalHeader(network.node(0));
  const stolen = enrolment(liar.chainId, network.node(0).organization, liar.key);
  forged.transactions.add(stolen.id);
  const all = forgeries(parent, older.hash, network.node(0).organization, stolen.transaction);
  const blocks = all.map(({ forgery, proposer }) => made(parent, forgery, proposer));
  for (const { hash } of blocks) forged.blocks.add(hash);
  return blocks.map((one) => one.block);
}

async function longerChain(): Promise<Fields[]> {
  const longer: Fields[] = [];
  let last = made(await head(), { before: { stateRoot: hex(32) } });
  for (let length = 0; length < 12; length += 1) {
    forged.blocks.add(last.hash);
    longer.push(last.block);
    last = made({ ...last.header, hash: last.hash });
  }
  return longer;
}

test('L31 to L39: of blocks forged in one thing each none is taken, unasked or as the answer to a question', async () => {
  const [ash, birch] = honest as unknown as [Other, Other];
  for (const [other, forge] of [
    [ash, forgedBlocks],
    [birch, longerChain],
  ] as const) {
    const again = async (): Promise<void> => {
      const answer = lieOf(await forge());
      liar.lie = () => answer;
      await untilBanned(liar, other);
    };
    await again().catch(again);
  }
  await goesOn();
});

test('L71: garbage is not read, and votes in another’s name count for nobody and ban', async () => {
  const [ash, birch, cedar] = honest as unknown as [Other, Other, Other];
  liar.lie = () => 'silence';
  assert.equal((await liar.post(cedar, '/api/peers/messages', randomBytes(100_000))).status, 204);
  const source = { height: 0, hash: liar.chainId };
  const { height, headHash: hash } = await network.node(2).status();
  const stolen = [ash, birch, cedar].map(({ organization }) =>
    voteFor(source, { height, hash }, liar.key, organization),
  );
  const strange = earlyVotes(1_000).map((one) => ({ ...one, organization: hex(16) }));
  await untilBanned(liar, cedar, { votes: [...stolen, ...strange] });
  await goesOn();
});

test('forged accepted 0, no fault of a server, one history, and memory within bounds', async (t) => {
  await network.equal();
  await network.assertOneHistory();
  for (const node of network.nodes) {
    const { headers } = await node.get('/api/ledger/headers?from=1&limit=1000');
    assert.ok(headers.every((header: Fields) => !forged.blocks.has(headerHash(header))));
    for (const id of forged.transactions) assert.equal(await node.finality(id), 'unknown');
    const { members, evidence } = await node.command('members', 'list');
    const banned = members.filter((one: any) => one.bans > 0).map((one: any) => one.organization);
    assert.deepEqual(banned, [liar.organization]);
    assert.deepEqual([...new Set(evidence.map((one: any) => one.organization))], [liar.organization]);
  }
  t.diagnostic(`answers by status: ${JSON.stringify(Object.fromEntries(liar.statuses))}`);
  assert.deepEqual(
    [...liar.statuses.keys()].filter((status) => status >= 500 && status !== 503),
    [],
  );
  const memory = network.nodes.map((node, index) => [memoryBefore[index] ?? 0, node.memory()] as const);
  t.diagnostic(memory.map(([was, is]) => `${Math.round(was / MIB)} → ${Math.round(is / MIB)} MiB`).join(', '));
  for (const [was, is] of memory) assert.ok(is - was < MOST_GROWTH_BYTES);
});
