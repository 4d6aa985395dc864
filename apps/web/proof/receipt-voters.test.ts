import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Receipt } from '@clearchart/ledger';
import { browserVerifier } from './browser-verifier.ts';
import { votersOfReceipt } from './receipt-voters.ts';
import { createTestChain, newcomer, type TestChain, type TestHospital } from './test-chain.fixture.ts';
import { admitNewcomer, headerAt, linkFrom } from './test-votes.fixture.ts';

const idsOf = (hospitals: readonly TestHospital[]) => hospitals.map(({ organization }) => organization as string);

/** What `votersOfReceipt` reads of a receipt of the block at a height, voted by these. */
function receiptOf(
  chain: TestChain,
  height: number,
  voters: readonly TestHospital[],
  memberChanges: Receipt['memberChanges'] = [],
): Receipt {
  const votes = voters.length === 0 ? [] : [linkFrom(chain, height, voters)];
  return { genesis: chain.genesis, header: headerAt(chain, height), memberChanges, votes } as unknown as Receipt;
}

test('only hospitals whose signature under the receipt is good are counted', () => {
  const chain = createTestChain(4);
  for (let block = 0; block < 3; block += 1) chain.enrol();
  const [first, second, third] = chain.hospitals as [TestHospital, TestHospital, TestHospital];
  assert.deepEqual(
    votersOfReceipt(receiptOf(chain, 2, [first, second, third]), browserVerifier)?.voted,
    idsOf([first, second, third]),
  );
  const thief = { ...third, signer: newcomer.signer };
  const forged = votersOfReceipt(receiptOf(chain, 2, [first, second, thief, newcomer]), browserVerifier);
  assert.deepEqual(forged?.voted, idsOf([first, second]));
  assert.equal(forged?.members.length, 4);
});

test('a hospital that joined below the block counts with the others, and one alone counts as one', () => {
  const chain = createTestChain(3);
  chain.enrol();
  const change = admitNewcomer(chain, chain.hospitals);
  chain.enrol();
  chain.enrol();
  const all = [...chain.hospitals, newcomer];
  const height = chain.blocks.length - 1;
  assert.equal(votersOfReceipt(receiptOf(chain, height, all, [change]), browserVerifier)?.voted.length, 4);
  const alone = createTestChain(1);
  alone.enrol();
  assert.deepEqual(votersOfReceipt(receiptOf(alone, 1, []), browserVerifier)?.voted, idsOf(alone.hospitals));
});
