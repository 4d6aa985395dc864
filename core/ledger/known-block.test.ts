import assert from 'node:assert/strict';
import { test } from 'node:test';
import { utf8 } from '@clearchart/crypto';
import { type Checkpoint, checkFinal, type MemberChange, openExport, verifyFile, verifyReceipt } from './index.ts';
import { createTestChain, type TestChain } from './test-chain.fixture.ts';
import { activation, admission, candidate } from './transactions/member-change.fixture.ts';
import { changeBy, checkpointOf, finalBy, headerAt, membersProof } from './votes.fixture.ts';

/** Founded by one. Block 2 admits another, block 4 brings that into force, block 5 anchors. */
function grownNetwork() {
  const chain = createTestChain();
  const founder = { organization: chain.organization, signer: chain.signer };
  chain.mine([]);
  const { header } = chain.mine([admission(chain, founder)]);
  const stateProof = membersProof(chain, header);
  chain.mine([]);
  chain.mine([activation(chain, founder)]);
  const late = anchorOn(chain);
  chain.mine([]);
  chain.mine([]);
  const change: MemberChange = changeBy({ header, votes: [] }, stateProof);
  return { chain, late, change, both: [founder, candidate] };
}

function anchorOn(chain: TestChain) {
  const anchored = chain.anchored(null);
  chain.mine([chain.sign('anchor-records', { organization: chain.organization, records: [anchored] })]);
  return anchored;
}

const { chain, late, change, both } = grownNetwork();
const { chainId, genesis, verifier } = chain;
const decision = checkpointOf(change.header);

/** The same founder, with the same first key, as if nobody had ever joined. */
function forgedReceipt() {
  const forged = createTestChain();
  for (let height = 1; height < 5; height += 1) forged.mine([]);
  const anchored = anchorOn(forged);
  assert.equal(forged.chainId, chainId);
  return { ...forged.receipt(anchored), votes: [] };
}

test('L83 a founder that shows a history of its own is believed, unless the reader was told of a decision', () => {
  const forged = forgedReceipt();
  assert.equal(verifyReceipt(forged, chainId, verifier).ok, true);
  const answer = verifyReceipt(forged, chainId, verifier, decision);
  assert.match(answer.ok ? 'believed' : answer.reason, /block 5 is not shown to belong to the history with .* block 2/);
});

test('L83 a block above the decision, the decision, and a block that headers join with it are of its history', () => {
  const answerTo = (proof: object, changes: readonly MemberChange[], known: Checkpoint) =>
    checkFinal(proof as never, genesis, chainId, changes, verifier, known).ok;
  for (const height of [3, 5]) assert.equal(answerTo(finalBy(chain, height, both), [change], decision), true);
  assert.equal(answerTo(change, [change], decision), true);
  const third = checkpointOf(headerAt(chain, 3));
  assert.equal(answerTo(finalBy(chain, 3, both, 5), [change], checkpointOf(headerAt(chain, 5))), true);
  assert.equal(answerTo(finalBy(chain, 5, both), [change], third), false, 'no decision, and not shown');
  assert.equal(answerTo({ header: headerAt(chain, 1), votes: [] }, [], decision), false, 'below it');
  assert.equal(answerTo(finalBy(chain, 5, both), [change], { ...decision, hash: 'ab'.repeat(32) }), false);
});

test('L83 receipts and exports are held to it, and name the decision for comparing', () => {
  const { header: _, ...proof } = finalBy(chain, 5, both);
  const receipt = { ...chain.receipt(late, [change]), ...proof };
  const verify = (value: object, known?: Checkpoint) =>
    verifyFile(utf8(JSON.stringify(value)), chainId, verifier, known);
  assert.deepEqual(verify(receipt), { ok: true, chainId, height: 5, versions: 1, decision });
  assert.equal(verify(receipt, decision).ok, true);
  assert.equal(verify(forgedReceipt()).decision, undefined);
  const other = { ...decision, hash: 'cd'.repeat(32) };
  assert.equal(verify(receipt, other).ok, false);
  const { record, recordVersion, commitment, transactionId, inclusionProof, transaction, blockHeight } = receipt;
  const file = {
    version: 1,
    kind: 'clearchart-export',
    genesis,
    memberChanges: [change],
    blocks: [{ header: receipt.header, ...proof }],
    anchors: [{ transactionId, transaction, blockHeight, inclusionProof }],
    versions: [{ record, recordVersion, commitment, transactionId, stateProof: receipt.stateProof }],
  };
  assert.equal(verify(file, decision).ok, true);
  assert.equal(openExport(file, chainId, verifier, other).ok, false);
});
