import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBlockStore } from '@clearchart/block-store';
import { encodeBlock, transactionId } from '@clearchart/ledger';
import { SimulatedDisk } from '../simulated-disk.ts';
import { seededRandom } from '../random.ts';
import { type GrownChain, growChain, makeBlock } from './grown-chain.fixture.ts';
import { checkNothingLost, checkTold } from './nothing-lost.ts';

const TOLD = 3;

async function broken(breakIt: (chain: GrownChain) => unknown): Promise<void> {
  const chain = await growChain();
  await breakIt(chain);
  await checkNothingLost(chain.member, TOLD, chain.reference);
}

/** A disk with these blocks instead. */
async function rewrite({ member }: GrownChain, blocks: GrownChain['blocks']): Promise<void> {
  const disk = new SimulatedDisk(member.power, seededRandom(3));
  const store = await openBlockStore(disk, { acknowledgedHeight: 0 });
  for (const [index, block] of blocks.entries()) await store.append(index + 1, encodeBlock(block));
  await store.close();
  Object.assign(member, { disk });
}

test('a node that has all it told of is in order', () => broken(() => undefined));

test('a block that was told and is not in the state, or is another there, is found', async () => {
  const complaint = /Block 3 was acknowledged and is not in the state/;
  await assert.rejects(
    broken(({ member }) => member.file.headers.pop()),
    complaint,
  );
  await assert.rejects(
    broken(({ member: { file } }) => file.headers.splice(2, 1, ...file.headers.slice(0, 1))),
    complaint,
  );
});

test('a transaction that was told and has no place any more, or another, is found', async () => {
  const complaint = /A transaction of block 2 was acknowledged and is lost/;
  const idIn = ({ blocks }: GrownChain) => blocks[1]?.transactions.map(transactionId)[0] ?? assert.fail();
  await assert.rejects(
    broken((chain) => chain.member.file.places.delete(idIn(chain))),
    complaint,
  );
  await assert.rejects(
    broken((chain) => chain.member.file.places.set(idIn(chain), { height: 1, position: 0 })),
    complaint,
  );
});

test('blocks on disk that are damaged, too few, or other than those told are found', async () => {
  await assert.rejects(
    broken(({ member }) => member.disk.flipBitAt('000000000001.blocks', 60, 3)),
    /The scan finds block-damaged at block 1/,
  );
  await assert.rejects(
    broken((chain) => rewrite(chain, chain.blocks.slice(0, 2))),
    /acknowledged/,
  );
  await assert.rejects(
    broken((chain) => {
      const { blocks, genesis, hospital, member } = chain;
      const parent = { height: 2, hash: blocks[2]?.header.previousHash ?? '', time: blocks[1]?.header.time ?? 0 };
      const other = makeBlock(genesis, hospital, member.file, parent, []);
      return rewrite(chain, [...blocks.slice(0, 2), other]);
    }),
    /Block 3 on disk is another one/,
  );
});

test('what somebody was told is final and is not in the state is found', async () => {
  const { blocks, member, hospital } = await growChain();
  const [final] = blocks[0]?.transactions ?? [];
  assert.ok(final !== undefined);
  checkTold(member, transactionId(final));
  const other = transactionId(hospital.enrolment(0));
  assert.throws(() => checkTold(member, other), /said to be final and is not in the state/);
});
