import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Transaction, genesisParent, parentOf } from '@clearchart/ledger';
import { chanceOfWrong, foundOne, growChain, makeBlock } from './grown-chain.fixture.ts';
import { ReferenceLedger } from './reference-ledger.ts';

test('a block that is final and invalid is found', async () => {
  const { genesis, hospital } = foundOne();
  const ledger = new ReferenceLedger(genesis, chanceOfWrong(false), () => hospital.key);
  const block = makeBlock(genesis, hospital, ledger.file, genesisParent(genesis), []);
  const wrong = { ...block, header: { ...block.header, height: 2 } };
  await assert.rejects(ledger.append(wrong), /Block 2 became final and is invalid: block-height-wrong/);
  await ledger.append(block);
});

test('a transaction that becomes final twice is found even where the state has forgotten it', async () => {
  const { blocks, genesis, hospital, reference } = await growChain();
  const last = blocks.at(-1);
  assert.ok(last !== undefined);
  const again: Transaction[] = [hospital.enrolment(last.header.time)];
  const first = makeBlock(genesis, hospital, reference.file, parentOf(last.header), again);
  const before = reference.file.copy(genesis);
  await reference.append(first);
  reference.file.used.clear();
  for (const key of reference.file.entries.keys()) if (!before.entries.has(key)) reference.file.entries.delete(key);
  const second = makeBlock(genesis, hospital, reference.file, parentOf(first.header), again);
  await assert.rejects(reference.append(second), /A transaction became final twice/);
});
