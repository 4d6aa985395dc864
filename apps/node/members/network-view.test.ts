import assert from 'node:assert/strict';
import { test } from 'node:test';
import { networkSchema } from '@clearchart/api';
import type { OlderBlocks } from '../ledger/older-blocks.ts';
import type { MemberDirectory } from './member-directory.ts';
import { networkView } from './network-view.ts';

function viewWith(older: OlderBlocks | undefined) {
  return networkSchema.parse(
    networkView({
      organization: '1'.repeat(32) as never,
      directory: { set: { members: [] } } as unknown as MemberDirectory,
      applications: { list: () => [] } as never,
      heads: () => [],
      peerStates: () => [],
      bansOf: () => 0,
      reasonsOf: () => [],
      isBanned: () => false,
      evidence: () => [],
      repairs: () => [],
      entriesOf: () => [],
      older: () => older,
      blockTime: () => 0,
    }),
  );
}

test('J9 the node page says how many older blocks are here, until all are', () => {
  const nodesOf = () => ({ node: () => undefined });
  const at = (have: number): OlderBlocks => ({ have, base: 101, memberChanges: [], nodesOf });
  assert.deepEqual(viewWith(at(20)).history, { have: 20, of: 100 });
  // Those above the snapshot are not counted.
  assert.deepEqual(viewWith(at(130)).history, { have: 100, of: 100 });
  assert.equal(viewWith(undefined).history, undefined);
});
