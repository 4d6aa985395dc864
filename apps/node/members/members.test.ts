import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { isRejection, type OrganizationId } from '@clearchart/ledger';
import { checkDataFolder } from '../compose-operator.ts';
import { startDefinitions, type Definitions } from '../clinical/index.ts';
import { startNetwork, type TestNetwork } from '../network.fixture.ts';
import { FILES } from '../storage/data-folder.ts';

let definitions: Definitions;
let network: TestNetwork;

before(async () => {
  definitions = await startDefinitions();
  network = await startNetwork(4, { definitions });
});

after(async () => {
  await network.close();
  await definitions.close();
});

const patient = (family: string) => ({
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [
    {
      resource: { resourceType: 'Patient', name: [{ family }], birthDate: '1980-02-03' },
      request: { method: 'POST', url: 'Patient' },
    },
  ],
});

async function written(index: number, family: string): Promise<void> {
  await network.node(index).importBundle(patient(family));
  assert.equal(await network.node(index).hospital.settled(30_000), true, 'what was written became final');
}

test('what each of four hospitals writes stands in the same state at all of them', async () => {
  for (const index of [0, 1, 2, 3]) await written(index, `Family ${index}`);
  await network.equal();
});

test('a hospital takes a new key: it goes on writing, also after a restart, and its folder is whole', async () => {
  const folder = network.folderOf(1);
  const { hospital } = network.node(1);
  const keyBefore = keyOf(0, 1);
  const ballot = await hospital.members.rotateKey();
  assert.ok(!isRejection(ballot), JSON.stringify(ballot));
  await until(() => !existsSync(join(folder, FILES.nextOrganizationSeed)));
  await written(1, 'Written with the new key');
  await network.equal();
  assert.notEqual(keyOf(0, 1), keyBefore);
  await network.stop(1);
  const report = await checkDataFolder({ dataFolder: folder, definitions }, () => undefined);
  assert.deepEqual(report.faults, []);
  await network.start(1);
  await written(1, 'After the restart');
  await network.equal();
});

test('who is a member is decided by more than two thirds: with two votes one stays, with three it goes', async () => {
  const leaving = network.organizationOf(3);
  for (const voter of [0, 1]) assert.ok(!isRejection(await network.node(voter).hospital.members.retire(leaving)));
  // The second vote is final where it was cast a moment before it is so here.
  await until(() => network.node(0).hospital.peers.view().ballots[0]?.votes.length === 2);
  assert.equal(standingOf(leaving), 'member');
  const again = await network.node(0).hospital.members.retire(leaving);
  assert.ok(isRejection(again) && again.code === 'ballot-already-cast');
  assert.ok(!isRejection(await network.node(2).hospital.members.retire(leaving)));
  await until(() => standingOf(leaving) === undefined);
  await written(0, 'After one has left');
});

test('nobody is admitted who has not applied', async () => {
  const answer = await network.node(0).hospital.members.admit('ab'.repeat(16) as OrganizationId);
  assert.ok(isRejection(answer) && answer.code === 'organization-unknown');
});

function keyOf(seenBy: number, index: number): string | undefined {
  const members = network.node(seenBy).hospital.reader.members();
  return members.find(({ organization }) => organization === network.organizationOf(index))?.publicKey;
}

function standingOf(organization: OrganizationId): string | undefined {
  return network
    .node(0)
    .hospital.peers.view()
    .members.find((one) => one.organization === organization)?.standing;
}

async function until(isSo: () => boolean, withinMs = 30_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!isSo()) {
    if (Date.now() > end) throw new Error('it did not come to pass in time');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
