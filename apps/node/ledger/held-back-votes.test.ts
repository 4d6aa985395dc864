import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openConsensusStore } from '@clearchart/consensus-store';
import type { ChainId } from '@clearchart/ledger';
import { holdBackVotes } from './held-back-votes.ts';

const folder = mkdtempSync(join(tmpdir(), 'held-back-'));
after(() => rmSync(folder, { recursive: true }));

test('a node that lost its ledger does not know its votes, though its file does, before the others have told them', () => {
  const store = openConsensusStore(join(folder, 'consensus.db'), 'c1'.repeat(32) as ChainId, { isNewChain: true });
  assert.equal(store.knowsOwnVotes, true);
  const held = holdBackVotes(store);
  assert.equal(held.knowsOwnVotes, false);
  held.remember([]);
  assert.equal(held.knowsOwnVotes, true);
  held.close();
});
