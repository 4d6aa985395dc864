import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromHex, toHex, utf8 } from '@clearchart/crypto';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import {
  type AnchoredRecord,
  type Commitment,
  commitmentBytes,
  type ExportFile,
  type Receipt,
  verifyFile,
} from './index.ts';
import { createTestChain, seeded } from './test-chain.fixture.ts';

const chain = createTestChain();
const { organization, chainId } = chain;
const subject = chain.enrol();

function openingOf(content: object, number: number) {
  return {
    commitmentKey: toHex(seeded(`commitment-key-${number}`)),
    sealedHash: toHex(seeded(`sealed-${number}`)),
    salt: toHex(seeded(`salt-${number}`)),
    content,
  };
}

/** Three versions: two anchored by one transaction, one in a later block. */
const openings = [
  openingOf({ resourceType: 'Patient', id: 'p-1', active: true }, 1),
  openingOf({ resourceType: 'Observation', id: 'o-1', valueInteger: 7 }, 2),
  openingOf({ resourceType: 'Observation', id: 'o-2', valueInteger: 8 }, 3),
];
const records: AnchoredRecord[] = openings.map(({ commitmentKey, sealedHash, salt, content }) => ({
  ...chain.anchored(subject),
  commitment: toHex(
    commitmentBytes(fromHex(commitmentKey), fromHex(sealedHash), fromHex(salt), utf8(canonicalize(content) ?? '')),
  ) as Commitment,
}));
chain.mine([chain.sign('anchor-records', { organization, records: records.slice(0, 2) })]);
const early = records.slice(0, 2).map((record) => chain.receipt(record));
chain.mine([chain.sign('anchor-records', { organization, records: records.slice(2) })]);
const receipts: Receipt[] = [...early, ...records.slice(2).map((record) => chain.receipt(record))];

const file: ExportFile = {
  version: 1,
  kind: 'clearchart-export',
  patient: 'p-1',
  genesis: chain.genesis,
  memberChanges: [],
  blocks: [receipts[0], receipts[2]].flatMap((one) => (one === undefined ? [] : [{ header: one.header, votes: [] }])),
  anchors: [receipts[0], receipts[2]].flatMap((one) =>
    one === undefined
      ? []
      : [
          {
            transactionId: one.transactionId,
            transaction: one.transaction,
            blockHeight: one.blockHeight,
            inclusionProof: one.inclusionProof,
          },
        ],
  ),
  versions: receipts.map(({ record, recordVersion, commitment, transactionId, stateProof }, index) => ({
    record,
    recordVersion,
    commitment,
    transactionId,
    stateProof,
    ...(openings[index] === undefined ? {} : { opening: openings[index] }),
  })),
};

const verify = (value: unknown) => verifyFile(utf8(JSON.stringify(value)), chainId, chain.verifier);

test('L53 an export holds when every version in it does, and a receipt alone is a file too', () => {
  assert.deepEqual(verify(file), { ok: true, chainId, height: receipts[2]?.blockHeight, versions: 3 });
  const { patient: _, ...unnamed } = file;
  assert.equal(verify(unnamed).ok, true);
  assert.deepEqual(verify(receipts[0]), { ok: true, chainId, height: receipts[0]?.blockHeight, versions: 1 });
  assert.equal(verifyFile(utf8(JSON.stringify(file)), 'ab'.repeat(32), chain.verifier).ok, false);
  assert.equal(verifyFile(utf8('{'), chainId, chain.verifier).ok, false);
});

test('L53 an export with something missing, doubled, exchanged or added is refused', () => {
  const [first, second, third] = file.versions;
  const [block, later] = file.blocks;
  const [anchor, other] = file.anchors;
  assert.ok(first && second && third && block && later && anchor && other);
  const moved = { ...second, transactionId: third.transactionId };
  for (const [changed, reason] of [
    [{ ...file, versions: [] }, /members/],
    [{ ...file, version: 2 }, /members/],
    [{ ...file, note: 'x' }, /members/],
    [{ ...file, patient: 'p-2' }, /another patient/],
    [{ ...file, blocks: [block] }, /does not hold block/],
    [{ ...file, blocks: [block, block, later] }, /twice/],
    [{ ...file, anchors: [anchor] }, /version 3: the export does not hold the transaction/],
    [{ ...file, anchors: [anchor, { ...other, blockHeight: anchor.blockHeight }] }, /not in the block/],
    [{ ...file, versions: [first, { ...second, recordVersion: 2 }] }, /^version 2: /],
    [{ ...file, versions: [first, moved] }, /^version 2: the transaction does not anchor/],
    [{ ...file, versions: [first, { ...second, stateProof: third.stateProof }] }, /^version 2: the ledger state/],
    [{ ...file, versions: [{ ...first, opening: second.opening }, second] }, /another patient|^version 1: the content/],
    [{ ...file, kind: 'other' }, /receipt/],
    [null, /receipt/],
    [[], /receipt/],
  ] as const) {
    const answer = verify(changed);
    assert.equal(answer.ok, false);
    assert.match(answer.reason ?? '', reason);
  }
});

/** Every way to the values in a JSON value. */
function pathsOf(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, member]) => pathsOf(member, [...path, name]))];
}

function replacedAt(value: unknown, [name, ...rest]: readonly (string | number)[], other: unknown): unknown {
  if (name === undefined) return other;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string | number, unknown>;
  copy[name] = replacedAt(copy[name], rest, other);
  return copy;
}

test('L54 whatever JSON stands anywhere in an export, the answer is no and not a fault', () => {
  const travelled = JSON.parse(JSON.stringify(file));
  const paths = pathsOf(travelled).filter((path) => path.length > 0 && path[0] !== 'patient');
  for (const path of paths) {
    for (const other of [null, 'x', { toJSON: 1 }, [[]], 12]) {
      assert.equal(verify(replacedAt(travelled, path, other)).ok, false, path.join('.'));
    }
  }
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, other) => {
      const changed = replacedAt(travelled, path, other);
      assert.equal(verify(changed).ok, JSON.stringify(changed) === JSON.stringify(travelled));
    }),
    { numRuns: 200 },
  );
});
