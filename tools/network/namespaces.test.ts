/**
 * Four hospitals on a network of their own, cut in halves and cut by one, while keys are revoked on the larger side. A kernel that gives no
 * network namespaces is the only reason to skip. One network for all tests, in this order.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newKey } from './byzantine-wire.fixture.ts';
import { Namespaces, refusal } from './namespaces.fixture.ts';
import { ProcessNetwork } from './network.fixture.ts';
import { assertRevoked, keyRotation, offer, patientAt, type Person, publicKeysOf } from './person.fixture.ts';
import { type NodeProcess, until } from './processes.fixture.ts';

const PORT = 21_400;
const A_WHILE_MS = 2_500;
const HEALS_WITHIN_MS = 60_000;

const refused = refusal();
const skip = refused === undefined ? false : `the kernel gives no network namespaces: ${refused}`;
let wires: Namespaces;
let network: ProcessNetwork;
const node = (index: number): NodeProcess => network.node(index);

before(async () => {
  if (refused !== undefined) return;
  wires = new Namespaces(4);
  network = await ProcessNetwork.found(4, wires.places, [PORT, PORT, PORT, PORT]);
});
after(async () => {
  await network?.close();
  wires?.remove();
});

const pause = (milliseconds: number): Promise<void> => new Promise((later) => setTimeout(later, milliseconds));

test('cut in two halves neither makes anything final; joined again both have what either wrote', {
  skip,
}, async (t) => {
  wires.join(false);
  const before = await node(0).status();
  const written = await Promise.all(network.nodes.map((one) => one.write()));
  const ids = written.flatMap(({ transactions }) => transactions);
  await pause(A_WHILE_MS);
  for (const [index, { transactions }] of written.entries())
    assert.match(await node(index).finality(transactions[0] ?? ''), /^(pending|included)$/);
  for (const one of network.nodes) assert.ok((await one.status()).finalHeight <= before.finalHeight + 1);
  wires.join(true);
  const began = performance.now();
  await network.final(ids, network.nodes, HEALS_WITHIN_MS);
  t.diagnostic(`all final ${Math.round(performance.now() - began)} ms after the halves were joined`);
  await network.equal();
  await network.assertOneHistory();
});

test('L19: a key revoked while one hospital is cut off stays revoked, also there, and what the old one signed there comes to nothing', {
  skip,
}, async (t) => {
  const { chainId } = await node(0).status();
  const person: Person = await patientAt(node(0));
  await network.equal();
  wires.plug(3, false);
  const next = newKey();
  const revoking = keyRotation(chainId, person, next);
  assert.equal((await offer(node(0), revoking.transaction)).status, 201);
  await network.final([revoking.id], network.nodes.slice(0, 3));
  // The one who holds the lost phone meanwhile finds the hospital that has not heard of it.
  const stolen = keyRotation(chainId, person, newKey());
  assert.equal((await offer(node(3), stolen.transaction)).status, 201);
  const own = await node(3).write();
  await pause(A_WHILE_MS);
  assert.notEqual(await node(3).finality(stolen.id), 'final');

  wires.plug(3, true);
  const began = performance.now();
  await network.final([revoking.id, ...own.transactions], network.nodes, HEALS_WITHIN_MS);
  t.diagnostic(`all final ${Math.round(performance.now() - began)} ms after it was plugged in again`);
  await network.equal();
  await network.assertOneHistory();
  await assertRevoked(network.nodes, chainId, person, next);
  for (const one of network.nodes) assert.equal(await one.finality(stolen.id), 'unknown');
  const { members } = await node(1).command('members', 'list');
  assert.deepEqual(
    members.map(({ bans }: { bans: number }) => bans),
    [0, 0, 0, 0],
    'the hospital that was cut off passed it on in good faith',
  );
});

test('L16: a hospital’s key changed while another is cut off is the only one afterwards, at all four', {
  skip,
}, async () => {
  const name = `organization/${node(0).organization}`;
  const [old] = await publicKeysOf(network.nodes, name);
  wires.plug(3, false);
  assert.equal((await node(0).command('rotate-key')).finality, 'final');
  const written = await node(0).write('respond-final');
  await network.final(written.transactions, network.nodes.slice(0, 3));
  wires.plug(3, true);
  await network.final(written.transactions, network.nodes, HEALS_WITHIN_MS);
  await network.equal();
  const [current, ...others] = await publicKeysOf(network.nodes, name);
  assert.notEqual(current, old);
  assert.deepEqual(others, [current, current, current]);
  // For the set of members it is in force a little later (L64).
  await until('all list the new key', async () => {
    const lists = await Promise.all(network.nodes.map((one) => one.get('/api/ledger/nodes/get')));
    return lists.every(({ nodes }) => nodes.some(({ publicKey }: { publicKey: string }) => publicKey === current));
  });
  assert.equal(await node(0).stop(), 0);
  await node(0).start();
  const after = await Promise.all(network.nodes.map((one) => one.write()));
  await network.final(
    after.flatMap(({ transactions }) => transactions),
    network.nodes,
    HEALS_WITHIN_MS,
  );
  await network.assertOneHistory();
});
