import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toHex } from '@clearchart/crypto';
import { createTestChain } from './test-chain.fixture.ts';
import {
  applyBlock,
  genesisParent,
  isRejection,
  parseBlock,
  encodeBlock,
  verifyReceipt,
  chainIdOf,
  headerHash,
  type ChainId,
} from './index.ts';

test('L40 a block made from accepted transactions is accepted, and its receipt proves the record on this chain alone', () => {
  const chain = createTestChain();
  const person = chain.pseudonym();
  const enrol = chain.sign('enrol-person', { organization: chain.organization, pseudonym: person, publicKey: null });
  const anchored = chain.anchored(person);
  const anchor = chain.sign('anchor-records', { organization: chain.organization, records: [anchored] });
  const block = chain.mine([enrol, anchor]);
  const again = parseBlock(encodeBlock(block));
  assert.ok(!isRejection(again));
  assert.equal(headerHash(again.header), headerHash(block.header));
  const receipt = chain.receipt(anchored);
  const verdict = verifyReceipt(JSON.parse(JSON.stringify(receipt)), chainIdOf(chain.genesis), chain.verifier);
  assert.equal(verdict.ok, true, verdict.ok ? '' : verdict.reason);
  assert.equal(verifyReceipt(receipt, toHex(new Uint8Array(32)) as ChainId, chain.verifier).ok, false);
  assert.equal(verifyReceipt({ ...receipt, recordVersion: 2 }, chainIdOf(chain.genesis), chain.verifier).ok, false);
});

test('L41 a changed byte anywhere in a block makes it refused', () => {
  const chain = createTestChain();
  const enrol = chain.sign('enrol-person', {
    organization: chain.organization,
    pseudonym: chain.pseudonym(),
    publicKey: null,
  });
  const before = chain.snapshot();
  const bytes = encodeBlock(chain.mine([enrol]));
  for (let at = 0; at < bytes.length; at += 7) {
    const changed = bytes.slice();
    changed[at] = (changed[at] as number) ^ 1;
    const parsed = parseBlock(changed);
    if (isRejection(parsed)) continue;
    const outcome = applyBlock(parsed, before, genesisParent(chain.genesis), chain.genesis, chain.checkSignature);
    assert.ok(isRejection(outcome), `byte ${at} was changed and nobody noticed`);
  }
});
