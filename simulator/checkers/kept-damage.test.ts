import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EvidenceFolder, keepIn } from '../simulated-evidence.ts';
import { growChain } from './grown-chain.fixture.ts';
import { checkDamageKept, foundDamage } from './kept-damage.ts';

const SEGMENT = '000000000001.blocks';

test('damage that is kept as it was is in order; of other bytes, or of none, it is not', async () => {
  const { member } = await growChain();
  const evidence = new EvidenceFolder();
  const keep = keepIn(evidence, member.disk, member.power);
  await keep({ where: 'block 1', detail: 'whole' }).copy(SEGMENT);
  member.disk.flipBitAt(SEGMENT, 60, 3);
  const damage = await foundDamage(member);
  assert.ok(damage !== undefined);
  const complaint = /The damage to 000000000001.blocks was mended and is not kept/;
  assert.throws(() => checkDamageKept(new EvidenceFolder(), [damage]), complaint);
  assert.throws(() => checkDamageKept(evidence, [damage]), complaint);
  await keep({ where: 'block 1', detail: 'damaged' }).copy(SEGMENT);
  checkDamageKept(evidence, [damage]);
});

test('what is whole is no damage, nor what a crash leaves above the state; the same with the state lost is', async () => {
  const { member } = await growChain();
  assert.equal(await foundDamage(member), undefined);
  member.disk.flipBitAt(SEGMENT, member.disk.contentOf(SEGMENT).length - 1, 0);
  assert.equal((await foundDamage(member))?.segment, SEGMENT);
  member.file.headers.pop();
  assert.equal(await foundDamage(member), undefined);
  member.file.headers.splice(0);
  assert.equal((await foundDamage(member))?.segment, SEGMENT);
});
