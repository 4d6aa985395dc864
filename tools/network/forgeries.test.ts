/**
 * Blocks and votes forged in one thing each, by a member without our codec. Each is judged for itself and refused for its own fault: what bans is
 * followed by a start of the node, which forgets bans. One network for all tests, in this order.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { type ByzantinePeer, type HeardVote, type Lie, type Other } from './byzantine-peer.fixture.ts';
import { enrolment, type Fields, headerHash, hex, vote } from './byzantine-wire.fixture.ts';
import { type ForgedBlock, forgeries } from './forgeries.fixture.ts';
import { finalHeader, knownOf, type LyingMember, lyingMember } from './liar.fixture.ts';
import { ProcessNetwork } from './network.fixture.ts';
import { type NodeProcess, until } from './processes.fixture.ts';

const LONGER_BY = 12;

let network: ProcessNetwork;
let member: LyingMember;
let liar: ByzantinePeer;
/** Hashes of blocks and ids of transactions that nobody may ever hold. */
const forged = { blocks: new Set<string>(), transactions: new Set<string>() };

before(async () => {
  network = await ProcessNetwork.found(3);
  member = await lyingMember(network);
  ({ liar } = member);
  await network.writeEverywhere();
});
after(async () => {
  await liar?.close();
  await network?.close();
});

const otherOf = ({ url, organization }: NodeProcess): Other => ({ url, organization });

/** As its operator would: it forgets whom it has banned. */
async function restart(...nodes: readonly NodeProcess[]): Promise<void> {
  await Promise.all(
    nodes.map(async (node) => {
      assert.equal(await node.stop(), 0, node.log);
      await node.start();
    }),
  );
}

/** On the head of this moment: below the final block nobody looks at a block. */
async function forge(): Promise<(ForgedBlock & { readonly block: Fields })[]> {
  const parent = await member.commonHead();
  const other = network.node(0).organization;
  const older = await finalHeader(network.node(0));
  const stolen = enrolment(liar.chainId, other, liar.key);
  forged.transactions.add(stolen.id);
  return forgeries(parent, older.hash, other, stolen.transaction).map((one) => {
    const made = member.made(parent, one.forgery, one.proposer);
    forged.blocks.add(made.hash);
    return { ...one, block: made.block };
  });
}

const answerOf = (blocks: readonly Fields[]): Lie =>
  Buffer.from(JSON.stringify({ blocks, links: [], votes: [], tip: { height: 10 ** 6, hash: hex(32) } }));

test('L31 to L39: of blocks forged in one thing each, told unasked, each bans its sender, and for that thing', async (t) => {
  const count = (await forge()).filter(({ code }) => code !== undefined).length;
  for (let at = 0; at < count; at += network.nodes.length) {
    if (at > 0) await restart(...network.nodes);
    const refused = (await forge()).filter(({ code }) => code !== undefined);
    await Promise.all(
      network.nodes.map(async (node, index) => {
        const one = refused[at + index];
        if (one === undefined) return;
        await member.untilBanned(otherOf(node), { blocks: [one.block] });
        assert.deepEqual(await member.standingAt(node), { bans: 1, blamedFor: [one.code] }, one.name);
      }),
    );
  }
  t.diagnostic(`${count} forged blocks, each refused for its fault`);
});

test('a block of next year and one on nothing that is known are not taken, and nobody is banned for what may only be early', async () => {
  await restart(...network.nodes);
  const early = (await forge()).filter(({ code }) => code === undefined);
  assert.equal(early.length, 2);
  const asked = liar.questions;
  const { status } = await liar.message(otherOf(network.node(0)), { blocks: early.map(({ block }) => block) });
  assert.equal(status, 204);
  await until('it is asked what the block stands on', () => liar.questions > asked);
  await network.writeEverywhere();
  assert.deepEqual(await member.standingAt(network.node(0)), { bans: 0, blamedFor: [] });
});

test('L31 to L39: the same as the answer to a question: each is judged, and for its own fault', async () => {
  const node = network.node(0);
  const all = await forge();
  const said = answerOf(all.map(({ block }) => block));
  liar.lie = ({ kind }) => (kind === 'chain' ? said : 'silence');
  await member.untilBanned(otherOf(node));
  const codes = new Set(all.map(({ code }) => code).filter((code) => code !== undefined));
  const { bans, blamedFor } = await member.standingAt(node);
  assert.deepEqual([bans, blamedFor.toSorted()], [1, [...codes].sort()]);
});

test('a chain that is longer than the others’ and wrong from its first block on is not taken', async () => {
  const node = network.node(1);
  const blocks: Fields[] = [];
  let last = member.made(await member.commonHead(), { before: { stateRoot: hex(32) } });
  for (let length = 0; length < LONGER_BY; length += 1) {
    forged.blocks.add(last.hash);
    blocks.push(last.block);
    last = member.made(knownOf(last.header));
  }
  liar.lie = ({ kind }) => (kind === 'chain' ? answerOf(blocks) : 'silence');
  await member.untilBanned(otherOf(node));
  assert.deepEqual(await member.standingAt(node), { bans: 1, blamedFor: ['block-state-root-wrong'] });
  assert.equal((await node.status()).height, (await network.node(2).status()).height);
  liar.lie = () => 'silence';
});

/** Another digit in its place. */
function withOneLetterChanged(digits: string, at = 7): string {
  return digits.slice(0, at) + (digits[at] === 'a' ? 'b' : 'a') + digits.slice(at + 1);
}

async function votesAt(node: NodeProcess, organization: string): Promise<HeardVote[]> {
  const { status, body } = await liar.ask(otherOf(node), { kind: 'votes', organization });
  assert.equal(status, 200);
  return JSON.parse(body.toString());
}

test('L71: a vote of another under the liar’s name, with one letter changed, in another’s or nobody’s name, or of another chain counts for nobody and bans; the same vote unchanged counts', async () => {
  const [ash, birch, cedar] = [network.node(0), network.node(1), network.node(2)];
  const head = await member.commonHead();
  const genuine = liar.votes.findLast(
    ({ organization, target }) => organization === ash.organization && target.hash === head.hash,
  );
  assert.ok(genuine);
  const { source, target } = genuine;
  const root = { height: 0, hash: liar.chainId };
  const altered: Record<string, Fields> = {
    'under the liar’s name': { ...genuine, organization: liar.organization },
    'one letter of its signature': { ...genuine, signature: withOneLetterChanged(genuine['signature'] as string) },
    'one letter of its source': { ...genuine, source: { ...source, hash: withOneLetterChanged(source.hash) } },
    'in another’s name': member.voteFor(root, target, liar.key, ash.organization),
    'in nobody’s name': member.voteFor(root, target, liar.key, hex(16)),
    'of another chain': vote(hex(32), liar.organization, source, target, liar.key),
  };
  /** Since its start: the first that it tells stands in the link which made a block final, and is on its disk. */
  const heardOf = async ({ organization }: NodeProcess) => (await votesAt(cedar, organization)).slice(1);
  // Else they would tell it the vote themselves, and the changed one would be no news.
  for (const node of [ash, birch]) node.suspend();
  for (const [name, one] of Object.entries(altered)) {
    await restart(cedar);
    assert.deepEqual(await heardOf(ash), [], name);
    await member.untilBanned(otherOf(cedar), { votes: [one] });
    assert.deepEqual(await member.standingAt(cedar), { bans: 1, blamedFor: ['vote-invalid'] }, name);
  }
  await restart(cedar);
  assert.equal((await liar.message(otherOf(cedar), { votes: [genuine] })).status, 204);
  await until('it counts', async () => (await heardOf(ash)).length === 1);
  assert.deepEqual(await heardOf(ash), [genuine]);
  assert.deepEqual(await votesAt(cedar, liar.organization), []);
});

test('votes in the names of nobody for blocks that nobody has are forgotten, and garbage is not read', async () => {
  const cedar = network.node(2);
  const root = { height: 0, hash: liar.chainId };
  const strange = Array.from({ length: 1_000 }, (_, index) =>
    member.voteFor(root, { height: 1_000_000 + index, hash: hex(32) }, liar.key, hex(16)),
  );
  assert.equal((await liar.message(otherOf(cedar), { votes: strange })).status, 204);
  assert.equal((await liar.post(otherOf(cedar), '/api/peers/messages', randomBytes(100_000))).status, 204);
  await until('it has read both', async () => (await member.standingAt(cedar)).blamedFor.length > 0);
  assert.deepEqual(await member.standingAt(cedar), { bans: 0, blamedFor: ['message-malformed'] });
  for (const one of strange.slice(0, 20)) assert.deepEqual(await votesAt(cedar, one['organization'] as string), []);
  for (const node of [network.node(0), network.node(1)]) node.resume();
  await network.writeEverywhere();
});

test('forged accepted 0: no block, no transaction, no evidence against anybody, one history', async () => {
  await network.equal();
  await network.assertOneHistory();
  assert.deepEqual(liar.serverFaults(), []);
  for (const node of network.nodes) {
    const { headers } = await node.get('/api/ledger/headers?from=1&limit=1000');
    assert.ok(headers.every((header: Fields) => !forged.blocks.has(headerHash(header))));
    for (const id of forged.transactions) assert.equal(await node.finality(id), 'unknown');
    const { members, evidence } = await node.command('members', 'list');
    const banned = members.filter((one: Fields) => (one['bans'] as number) > 0);
    assert.deepEqual(
      banned.filter((one: Fields) => one['organization'] !== liar.organization),
      [],
    );
    assert.deepEqual(evidence, []);
  }
});
