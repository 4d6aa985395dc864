/**
 * What giving a state costs is bounded. The broken variants these catch: a copy for each asker, one that is never thrown away, one asker
 * that holds up all others, a state given by a member that has not its history itself.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  encodeSnapshotQuestion,
  type OrganizationId,
  parseSnapshotAnswer,
  type SnapshotOffer,
} from '@clearchart/ledger';
import type { SnapshotGiver } from './give-snapshots.ts';
import { TestLedger } from './giving.fixture.ts';
import { COPY_EVERY_MS, MOST_WAITING_OF_ONE } from './limits.ts';

let ledger: TestLedger;
before(() => {
  ledger = new TestLedger();
  ledger.mine(50);
});
after(() => ledger.close());

const asker = (digit: string): OrganizationId => digit.repeat(32) as OrganizationId;
const WANTED = encodeSnapshotQuestion({ kind: 'snapshot', atLeast: 1 });

async function ask(giver: SnapshotGiver, from = asker('1'), question = WANTED) {
  return parseSnapshotAnswer((await giver.answer(from, question)) ?? new Uint8Array());
}

async function offered(giver: SnapshotGiver): Promise<SnapshotOffer> {
  for (let tries = 0; tries < 100; tries += 1) {
    const answer = await ask(giver);
    if (answer !== undefined && answer !== 'soon') return answer;
    await new Promise<void>((resolve) => ledger.time.timers.after(10, resolve));
  }
  throw new Error('no copy was made');
}

test('J1 one copy is for all who ask while it is new, and a later one is of a later state', async () => {
  const giver = ledger.giver('one');
  assert.equal(await ask(giver), 'soon');
  const first = await offered(giver);
  ledger.mine(3);
  assert.equal((await offered(giver)).final.header.height, first.final.header.height);
  ledger.time.pass(COPY_EVERY_MS);
  assert.equal(await ask(giver), 'soon');
  assert.equal((await offered(giver)).final.header.height, ledger.blocks.length);
  await giver.close();
  assert.equal(existsSync(join(ledger.folder, 'one.db')), false);
});

test('J1 who has as many transactions itself is given nothing, and no copy is made for it', async () => {
  const giver = ledger.giver('enough');
  const atLeast = ledger.state.transactionCount + 1;
  const answer = await giver.answer(asker('1'), encodeSnapshotQuestion({ kind: 'snapshot', atLeast }));
  assert.equal(Buffer.from(answer ?? []).toString(), 'null');
  assert.equal(existsSync(join(ledger.folder, 'enough.db')), false);
  await giver.close();
});

test('J2 parts of another state than the one that is copied are not given', async () => {
  const giver = ledger.giver('other');
  await offered(giver);
  const { stateRoot } = (ledger.blocks[0] as (typeof ledger.blocks)[number]).header;
  ledger.mine(1);
  for (const question of [
    { kind: 'state-part', stateRoot, path: '' },
    { kind: 'used-ids', stateRoot, hour: 1, from: 0 },
  ] as const) {
    const answer = await giver.answer(asker('1'), encodeSnapshotQuestion(question));
    assert.equal(Buffer.from(answer ?? []).toString(), 'null');
  }
  await giver.close();
});

test('J9 a member that lacks older blocks itself gives nothing', async () => {
  const giver = ledger.giver('lacking', false);
  assert.equal(Buffer.from((await giver.answer(asker('1'), WANTED)) ?? []).toString(), 'null');
  await giver.close();
});

test('one that asks much at a time is put off, and others are answered', async () => {
  const giver = ledger.giver('much');
  await offered(giver);
  const many = Array.from({ length: 3 * MOST_WAITING_OF_ONE }, () => ask(giver));
  const other = ask(giver, asker('2'));
  const answers = await Promise.all(many);
  assert.equal(answers.filter((answer) => answer !== 'soon').length, MOST_WAITING_OF_ONE);
  assert.notEqual(await other, 'soon');
  await giver.close();
});

test('what is no question about a snapshot is left to the engine', async () => {
  const giver = ledger.giver('engine');
  assert.equal(await giver.answer(asker('1'), Buffer.from('{"kind":"chain","locator":[]}')), undefined);
  await giver.close();
});
