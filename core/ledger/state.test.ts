import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toHex } from '@clearchart/crypto';
import { encodeCanonical, type StateKey, StateOverlay } from './index.ts';
import { createTestChain, keyNamed, MemoryState, publicKeyOf, seeded } from './test-chain.fixture.ts';

test('L46 the state holds the keys of the table, with their values, and no others', () => {
  const chain = createTestChain();
  const { organization } = chain;
  const patient = chain.enrol(keyNamed('person'));
  const anchored = chain.anchored(patient);
  const access = chain.access();
  const detail = toHex(seeded('detail')) as never;
  const opened = { kind: 'opened', access, patient, purpose: 'TREAT', at: chain.time, detail } as const;
  chain.mine([
    chain.sign('anchor-records', { organization, records: [anchored] }),
    chain.sign('log-accesses', { organization, entries: [opened], completeUpTo: chain.time }),
  ]);
  const { record, categoryTag, commitment } = anchored;
  const publicKey = publicKeyOf(chain.signer);
  const hour = Math.floor((chain.time + 3_600_000) / 3_600_000);
  const { runningHash } = chain.valueOf(`accesses/${patient}`) as { runningHash: string };
  const { runningHash: usedIds } = chain.valueOf(`replay/${hour}`) as { runningHash: string };
  const expected: Record<string, unknown> = {
    members: { members: [{ organization, publicKey }] },
    [`organization/${organization}`]: { name: 'City General', publicKey },
    [`person/${patient}`]: { organization, publicKey: publicKeyOf(keyNamed('person')), retired: 0 },
    [`record/${record}/1`]: { categoryTag, commitment, custodian: organization, subject: patient },
    [`custodian/${record}`]: { organization },
    [`access/${access}`]: { organization, patient, state: 'opened' },
    [`accesses/${patient}`]: { count: 1, runningHash, height: 2, time: chain.time },
    [`complete/${organization}`]: { time: chain.time - 1_000 },
    replay: { hours: [hour] },
    [`replay/${hour}`]: { count: 3, runningHash: usedIds },
  };
  const found = Object.fromEntries([...chain.state.entries.keys()].map((key) => [key, chain.valueOf(key)]));
  assert.deepEqual(found, expected);
  for (const [key, value] of Object.entries(expected)) {
    assert.deepEqual(chain.state.get(key), encodeCanonical(value), key);
  }
});

test('L45 a block without transactions leaves root, entries and used ids alone', () => {
  const chain = createTestChain();
  chain.enrol();
  const before = toHex(chain.state.root);
  chain.mine([], chain.time + 48 * 3_600_000);
  assert.equal(toHex(chain.state.root), before);
});

test('L14 what a layer wrote is seen above it at once, below it only once absorbed', () => {
  const key = 'key' as StateKey<number>;
  const below = new StateOverlay(new MemoryState());
  below.write(key, 1);
  const layer = below.layer();
  assert.equal(layer.read(key), 1);
  layer.write(key, 2);
  layer.use(1, 'ab' as never);
  assert.equal(below.read(key), 1);
  assert.ok(layer.isUsed('ab' as never) && !below.isUsed('ab' as never));
  below.absorb(layer);
  assert.equal(below.read(key), 2);
  assert.ok(below.isUsed('ab' as never));
});
