/**
 * Hospitals that lost what they had: one restored from an old backup, two with a byte flipped on disk, one wiped and fed with a longer history
 * by a member that lies. They end equal to the others, nothing that was final is another block afterwards, a key that was revoked stays so,
 * and none of them has voted against itself. On a network of their own where the kernel gives namespaces, else on this machine's.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { clearchartJson } from '../outside/clearchart-process.fixture.ts';
import type { ByzantinePeer, HeardBlock } from './byzantine-peer.fixture.ts';
import { hex, newKey, type Place } from './byzantine-wire.fixture.ts';
import { finalHeader, type History, historyLie, knownOf, type LyingMember, lyingMember } from './liar.fixture.ts';
import { Namespaces, refusal } from './namespaces.fixture.ts';
import { ProcessNetwork } from './network.fixture.ts';
import { assertRevoked, keyRotation, offer, patientAt, type Person } from './person.fixture.ts';
import { type NodeProcess, until } from './processes.fixture.ts';

const LONGER_BY = 24;
const RETURNS_WITHIN_MS = 90_000;
/** Names begin so of what a new disk still has: who it is, whom it knows, who may log in. */
const STAYS_WHEN_WIPED = ['genesis.json', 'node.json', 'organization.sealed', 'peers.json', 'accounts.db'];
const PORT = 21_400;

let wires: Namespaces | undefined;
let network: ProcessNetwork;
let liar: ByzantinePeer;
let member: LyingMember;
let person: Person;
/** Records written whose content no copy has any more, only the ledger's anchor. */
const lostRecords = new Map<NodeProcess, number>();
let rounds = 0;
/** The key that has taken the place of the person's first. */
const held = newKey();

before(async () => {
  if (refusal() === undefined) wires = new Namespaces(3);
  network = await ProcessNetwork.found(3, wires?.places, wires === undefined ? [] : [PORT, PORT, PORT]);
  member = await lyingMember(network, wires?.host);
  ({ liar } = member);
});
after(async () => {
  await liar?.close();
  await network?.close();
  wires?.remove();
});

async function writeEverywhere(): Promise<string[]> {
  rounds += 1;
  return await network.writeEverywhere(RETURNS_WITHIN_MS);
}

async function nobodyVotedTwice(): Promise<void> {
  for (const node of network.nodes) assert.deepEqual((await node.command('members', 'list')).evidence, []);
}

async function allAsBefore(ids: readonly string[]): Promise<void> {
  await network.final(ids);
  await network.equal();
  await network.assertOneHistory();
  await assertRevoked(network.nodes, liar.chainId, person, held);
  await nobodyVotedTwice();
}

test('a hospital restored from a backup older than the revocation of a key has again what was final since', async (t) => {
  t.diagnostic(`on ${wires === undefined ? 'this machine’s own network' : 'a network of their own'}`);
  person = await patientAt(network.node(0));
  liar.lie = () => 'silence';
  const node = network.node(1);
  const passphrase = join(network.folder, 'passphrase');
  writeFileSync(passphrase, 'a long passphrase of the operator');
  const file = join(network.folder, 'old.tar');
  await writeEverywhere();
  await node.command('backup', '--backup-passphrase-file', passphrase, file);
  const revoking = keyRotation(liar.chainId, person, held);
  assert.equal((await offer(node, revoking.transaction)).status, 201);
  const kept = await writeEverywhere();
  const lost = await node.write();
  await network.final([revoking.id, ...lost.transactions]);
  await node.kill();
  lostRecords.set(node, 2);
  node.data = join(network.folder, 'restored');
  await node.command('restore', file, '--backup-passphrase-file', passphrase);
  await node.start();
  const written = await writeEverywhere();
  await allAsBefore([revoking.id, ...kept, ...lost.transactions, ...written]);
});

/** One bit of a byte in the middle of what is found at these places, as a disk would flip it. @returns the damaged file */
function flip(path: string, found: string, where: 'first' | 'everywhere' = 'first'): Buffer {
  const bytes = readFileSync(path);
  let at = bytes.indexOf(found);
  assert.ok(at >= 0, `${path} holds ${found}`);
  for (; at >= 0; at = where === 'first' ? -1 : bytes.indexOf(found, at + 1)) {
    const middle = at + Math.floor(found.length / 2);
    bytes.writeUInt8(bytes.readUInt8(middle) ^ 0x04, middle);
  }
  writeFileSync(path, bytes);
  return bytes;
}

/** Every file that was kept as it was found, of one kind of damage. */
function evidenceOf(node: NodeProcess, kind: string, file: string): Buffer[] {
  const folder = join(node.data, 'evidence');
  const kept = readdirSync(folder).filter((name) => name.endsWith(kind));
  return kept.map((name) => readFileSync(join(folder, name, file)));
}

test('a byte flipped in a block of one and in the state of another is found and mended, and the damage kept as evidence', async () => {
  const before = await writeEverywhere();
  const [first, second] = [network.node(0), network.node(1)];
  // Stopped and not killed: what the state holds is then in its file, not in the log beside it.
  for (const node of [first, second]) assert.equal(await node.stop(), 0, node.log);
  const segment = '000000000001.blocks';
  const block = flip(join(first.data, 'blocks', segment), 'previousHash');
  // Of a row that SQLite has moved, an old copy that nobody reads may lie before the one that counts.
  const state = flip(join(second.data, 'state.db'), held.publicKey, 'everywhere');
  await Promise.all([first.start(), second.start()]);
  const after = await writeEverywhere();
  await allAsBefore([...before, ...after]);
  assert.deepEqual(evidenceOf(first, '-block', segment), [block]);
  assert.deepEqual(evidenceOf(second, '-state', 'state.db'), [state]);
  for (const [node, what] of [
    [first, 'block'],
    [second, 'state'],
  ] as const) {
    const { repairs } = await node.command('members', 'list');
    assert.ok(repairs.some((repair: { what: string; repairedAt?: number }) => repair.what === what));
  }
});

/** The others' history, and longer from this height on: by the rules but for its last block, and nobody but the liar stands behind it. */
function longerHistory(others: History, base: number): History {
  const blocks = others.blocks.slice(0, base);
  for (let length = 1; length <= LONGER_BY; length += 1) {
    const parent = knownOf((blocks.at(-1) as HeardBlock).header);
    const made = member.made(parent, length === LONGER_BY ? { before: { stateRoot: hex(32) } } : {});
    blocks.push({ ...made.block, header: made.header });
  }
  return { ...others, blocks };
}

test('a wiped hospital that is fed a longer history, alone with the liar, takes none of it for final and ends where the others are', async (t) => {
  const before = await writeEverywhere();
  const base = await finalHeader(network.node(0));
  // With all true votes: else it would not follow the liar past a change of the members (L81).
  const longer = longerHistory(await member.historyOf(network.node(0)), base.height);
  const last = knownOf((longer.blocks.at(-1) as HeardBlock).header);
  const tip = { height: last.height, hash: last.hash };
  await writeEverywhere();
  let told = 0;
  liar.lie = ({ kind, locator }) => {
    if (kind === 'votes') return Buffer.from('[]');
    if (kind !== 'chain') return 'silence';
    const { said, count } = historyLie(longer, locator as Place[]);
    told += count;
    return said;
  };

  const [first, second, wiped] = [network.node(0), network.node(1), network.node(2)];
  for (const node of network.nodes) await node.kill();
  for (const name of readdirSync(wiped.data)) {
    if (!STAYS_WHEN_WIPED.some((file) => name.startsWith(file))) rmSync(join(wiped.data, name), { recursive: true });
  }
  lostRecords.set(wiped, rounds);
  await wiped.start();
  await until('it has heard the liar out', async () => {
    await liar.message(wiped, { tips: [tip] }).catch(() => undefined);
    return (await member.standingAt(wiped)).bans > 0;
  });
  assert.ok(told >= longer.blocks.length, `${told} blocks were told`);
  const alone = await wiped.status();
  assert.ok(alone.height >= base.height + LONGER_BY - 1, 'it follows what it was told as far as it was by the rules');
  assert.ok(alone.finalHeight <= base.height, 'but nothing is final for which nobody voted');

  const began = performance.now();
  await Promise.all([first.start(), second.start()]);
  const after = await writeEverywhere();
  t.diagnostic(`${Math.round(performance.now() - began)} ms to be equal; ${told} blocks came from the liar`);
  await allAsBefore([...before, ...after]);
  const { headers } = await wiped.get(`/api/ledger/headers?from=${base.height + 1}&limit=1`);
  assert.notDeepEqual(headers[0], longer.blocks[base.height]?.header);
});

test('every ledger is whole, and of records that no copy has any more it tells which they are', async () => {
  await network.equal();
  for (const node of network.nodes) {
    assert.equal(await node.stop(), 0, node.log);
    const { code, answer } = await clearchartJson(['check-ledger', node.data]);
    const faults = answer.faults.map((fault: { code: string }) => fault.code);
    const expected = Array.from({ length: lostRecords.get(node) ?? 0 }, () => 'version-missing');
    assert.deepEqual([code, faults], [expected.length === 0 ? 0 : 1, expected], node.name);
  }
});
