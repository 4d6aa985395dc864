import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromHex, toHex, utf8 } from '@clearchart/crypto';
import fc from 'fast-check';
import {
  type AnchoredRecord,
  type ChainId,
  type Commitment,
  commitmentBytes,
  type Receipt,
  verifyOpening,
  verifyReceipt,
} from './index.ts';
import { createTestChain, seeded } from './test-chain.fixture.ts';

const chain = createTestChain();
const { organization, chainId } = chain;

const content = { resourceType: 'Patient', id: 'p-1', active: true, multiple: 0.5, name: 'Zoë' };
const opening = {
  commitmentKey: toHex(seeded('commitment-key')),
  sealedHash: toHex(seeded('sealed')),
  salt: toHex(seeded('salt-of-content')),
  content,
};
const canonicalContent = '{"active":true,"id":"p-1","multiple":0.5,"name":"Zoë","resourceType":"Patient"}';
const commitment = toHex(
  commitmentBytes(
    fromHex(opening.commitmentKey),
    fromHex(opening.sealedHash),
    fromHex(opening.salt),
    utf8(canonicalContent),
  ),
) as Commitment;
const anchored: AnchoredRecord = { ...chain.anchored(chain.enrol()), commitment };
chain.mine([
  chain.sign('anchor-records', { organization, records: [chain.anchored(null)] }),
  chain.sign('anchor-records', { organization, records: [chain.anchored(null), anchored] }),
  chain.sign('anchor-records', { organization, records: [chain.anchored(null)] }),
]);
chain.mine([]);
const receipt: Receipt = { ...chain.receipt(anchored), opening };

const verify = (value: unknown) => verifyReceipt(value, chainId, chain.verifier);

test('L51 a receipt proves its record version, without and with the opening, on this chain only', () => {
  const { opening: _, ...closed } = receipt;
  const travelled = JSON.parse(JSON.stringify(receipt));
  assert.equal(verify(travelled).ok, true);
  assert.equal(verify(closed).ok, true);
  assert.equal(verifyReceipt(receipt, 'ab'.repeat(32) as ChainId, chain.verifier).ok, false);
});

/** Every way to the scalar values in a JSON value. */
function leavesOf(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, member]) => leavesOf(member, [...path, name]));
}

function changedAt(
  value: unknown,
  [name, ...rest]: readonly (string | number)[],
  change: (leaf: unknown) => unknown,
): unknown {
  if (name === undefined) return change(value);
  const copy = structuredClone(value) as Record<string | number, unknown>;
  copy[name] = changedAt(copy[name], rest, change);
  return copy;
}

/** The last digit or letter replaced, a number raised, a truth denied. */
function bend(leaf: unknown): unknown {
  if (typeof leaf === 'number') return leaf + 1;
  if (typeof leaf === 'boolean') return !leaf;
  if (typeof leaf !== 'string' || leaf === '') return 'x';
  return leaf.slice(0, -1) + (leaf.endsWith('0') ? '1' : '0');
}

test('L51 L52 no value anywhere in a receipt can be changed', () => {
  // The number of transactions in the block is a hint for the path and is proved by nothing.
  const proved = leavesOf(receipt).filter((path) => path.join('.') !== 'inclusionProof.count');
  for (const path of proved) {
    assert.equal(verify(changedAt(receipt, path, bend)).ok, false, path.join('.'));
    const emptied = changedAt(receipt, path, () => null);
    assert.equal(verify(emptied).ok, JSON.stringify(emptied) === JSON.stringify(receipt), `${path.join('.')} null`);
  }
});

test('L51 members can be neither added nor left out', () => {
  assert.equal(verify({ ...receipt, note: 'x' }).ok, false);
  for (const name of Object.keys(receipt)) {
    const { [name]: _, ...rest } = receipt as unknown as Record<string, unknown>;
    assert.equal(verify(rest).ok, name === 'opening', name);
  }
});

test('L51 proofs of another record, transaction or block do not serve', () => {
  const other = chain.anchored(null);
  chain.mine([chain.sign('anchor-records', { organization, records: [other] })]);
  const another = chain.receipt(other);
  for (const name of ['header', 'transaction', 'inclusionProof', 'stateProof', 'transactionId', 'record'] as const) {
    assert.equal(verify({ ...receipt, [name]: another[name] }).ok, false, name);
  }
});

test('L51 a receipt of a block that is not final proves nothing', () => {
  for (const finality of ['pending', 'included', 'FINAL']) assert.equal(verify({ ...receipt, finality }).ok, false);
});

test('L51 the same commitment under another record is not this record', () => {
  const twin = { ...chain.anchored(null), commitment };
  chain.mine([chain.sign('anchor-records', { organization, records: [twin, { ...twin, version: 2 }] })]);
  const first = chain.receipt(twin);
  const second = chain.receipt({ ...twin, version: 2 });
  assert.equal(verify(first).ok, true);
  assert.equal(verify({ ...first, stateProof: second.stateProof }).ok, false);
});

test('L52 an opening with another content, key or salt opens nothing', () => {
  assert.ok(verifyOpening(opening, commitment));
  assert.ok(verifyOpening({ ...opening, content: { ...content } }, commitment));
  const odd = ['\ud800', undefined, Number.NaN, 1n];
  for (const other of [{ ...content, active: false }, null, ...odd, { a: '\ud800' }]) {
    assert.ok(!verifyOpening({ ...opening, content: other }, commitment));
  }
});

test('L54 whatever JSON stands anywhere in a receipt, the answer is no and not a fault', () => {
  const paths = leavesOf(receipt).flatMap((path) => path.map((_, length) => path.slice(0, length + 1)));
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, value) => {
      const replaced = changedAt(receipt, path, () => value);
      assert.equal(verify(replaced).ok, JSON.stringify(replaced) === JSON.stringify(receipt));
    }),
    { numRuns: 100 },
  );
  const hostile = [
    '\ud800',
    { members: '\ud800' },
    { toJSON: 1 },
    { length: 3 },
    Array(20).fill([]),
    { __proto__: null },
  ];
  for (const path of paths)
    for (const value of hostile) assert.equal(verify(changedAt(receipt, path, () => value)).ok, false);
  fc.assert(fc.property(fc.jsonValue(), (value) => assert.equal(verify(value).ok, false)));
});
