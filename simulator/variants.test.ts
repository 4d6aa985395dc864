import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StateStore } from '@clearchart/ledger';
import { type Break, loadBroken } from './broken-engine.fixture.ts';
import { type Build, SOUND } from './build.ts';
import { PromiseBroken, simulate } from './index.ts';

/** Seeds a broken variant gets to show itself in. */
const SEEDS = 100;

async function assertCaught(build: Build, complaint: RegExp): Promise<void> {
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    try {
      await simulate({ seed, build });
    } catch (error) {
      assert.ok(error instanceof PromiseBroken, String((error as Error).stack));
      assert.match(error.message, complaint);
      return;
    }
  }
  assert.fail('no checker noticed');
}

/** Remembers used ids of the newest blocks alone. */
function openForgetful(store: StateStore): StateStore {
  const isUsed: StateStore['isUsed'] = (id) =>
    (store.placeOf(id)?.height ?? Number.NEGATIVE_INFINITY) > store.height - 5;
  return new Proxy(store, { get: (target, name) => (name === 'isUsed' ? isUsed : Reflect.get(target, name)) });
}

const BY_PORT: readonly [string, Partial<Build>, RegExp][] = [
  ['believes every signature', { verifier: { verify: () => true } }, /bad transaction|invalid|signed a|is accused/],
  ['sends a vote before it is on disk', { isVoteSynced: false }, /An honest member signed a (double|surround)-vote/],
  [
    'forgets too early which ids were used',
    { openState: openForgetful },
    /admitted again|final twice|transaction-replayed/,
  ],
  [
    'tells of a block before it is on disk',
    { isBlockSynced: false },
    /does not start|not on disk|acknowledged|different blocks|The scan finds/,
  ],
  ['has no checksums', { isChecksummed: false }, /was not found/],
  ['cuts the blocks off at the first damage', { isKeepingDamage: false }, /acknowledged/],
];

for (const [what, change, complaint] of BY_PORT)
  test(`a node that ${what} is caught`, () => assertCaught({ ...SOUND, ...change }, complaint));

const BY_TEXT: readonly [string, string, Break, RegExp][] = [
  [
    'votes twice for one height',
    'votes',
    {
      file: 'engines/proof-of-work/voter.ts',
      from: 'head.height <= last.target.height || source.height < last.source.height',
      to: 'head.hash === last.target.hash',
    },
    /An honest member signed a (double|surround)-vote/,
  ],
  [
    'follows the longest chain whatever is justified',
    'longest',
    {
      file: 'engines/proof-of-work/block-tree.ts',
      from: 'return this.#justified === undefined;',
      to: 'return true;',
    },
    /do not come together/,
  ],
  [
    'takes a block with a refused transaction',
    'refused',
    {
      file: 'core/ledger/transition.ts',
      from: `time: header.time, checkSignature };
  for (const [position, transaction] of transactions.entries()) {
    const refused = applyTransaction(transaction, overlay, context);
    if (refused !== undefined) return`,
      to: `time: header.time, checkSignature };
  for (const [position, transaction] of transactions.entries()) {
    const refused = applyTransaction(transaction, overlay, context);
    if (refused !== undefined) continue; else if (refused) return`,
    },
    /became final and is invalid|A bad transaction became final/,
  ],
  [
    'leaves accesses out of the running hash',
    'unlogged',
    {
      file: 'core/ledger/transactions/log-accesses.ts',
      from: '  extendAccessLog(state, patient, { entry, organization }, context);\n',
      to: '',
    },
    /log of a patient’s accesses is not complete/,
  ],
];

for (const [what, name, change, complaint] of BY_TEXT) {
  test(`an engine that ${what} is caught`, async () =>
    assertCaught({ ...SOUND, open: await loadBroken(name, [change]) }, complaint));
}
