import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nodeAead, nodeRandom } from '@clearchart/node-crypto';
import { openAccountStore } from './store.ts';

const NOW = 1_700_000_000_000;

test('A32 a mailed link, for which anybody can ask, ends no slip of the desk; another slip does', () => {
  const store = openAccountStore({
    path: ':memory:',
    key: new Uint8Array(32).fill(5),
    aead: nodeAead,
    random: nodeRandom,
    clock: { now: () => NOW },
  });
  const about = { role: 'patient', accountId: 'a1' } as const;
  const slip = store.codes.issue('new-key', about, NOW);
  assert.ok(slip);
  store.codes.issue('recovery', about, NOW);
  assert.equal(store.codes.findNewKey(slip.code, NOW)?.kind, 'new-key');
  store.codes.issue('new-key', about, NOW);
  assert.equal(store.codes.findNewKey(slip.code, NOW), undefined);
  store.close();
});
