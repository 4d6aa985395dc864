import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createSigner, nodeAead, nodeRandom } from '@clearchart/node-crypto';
import { type Definitions, startDefinitions } from '../clinical/index.ts';
import { systemClock } from '../clock.ts';
import { foundNetwork } from '../compose-operator.ts';
import { createNode, type Node } from '../create-node.ts';
import { organizationTransactions } from '../ledger/organization-transactions.ts';
import { loadOrganizationSeed } from '../storage/load.ts';

const parent = mkdtempSync(join(tmpdir(), 'clearchart-verbs-'));
const dataFolder = join(parent, 'data');
let definitions: Definitions;
let node: Node;

before(async () => {
  await foundNetwork({ dataFolder, name: 'City Hospital', administratorEmail: 'desk@city.example' });
  definitions = await startDefinitions();
  node = await createNode({ dataFolder, host: '127.0.0.1', port: 0, logLevel: 'error' }, { definitions });
});
after(async () => {
  await node.close();
  await definitions.close();
  rmSync(parent, { recursive: true, force: true });
});

/** A person enrolled without a key, signed by this hospital. */
function enrolment(): { signatures: { signature: string }[]; nonce: string } {
  const { chainId, organization, keys } = node.hospital;
  const signer = createSigner(loadOrganizationSeed(dataFolder, keys, nodeAead));
  const own = organizationTransactions({ chainId, organization, signer, random: nodeRandom, clock: systemClock });
  const { bytes } = own.enrol(Buffer.from(nodeRandom.bytes(16)).toString('hex'));
  return JSON.parse(Buffer.from(bytes).toString('utf8'));
}

const ask = async (path: string, body?: object) => {
  const posted = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(`${node.url}/api/ledger/${path}`, body === undefined ? {} : posted);
  return { status: response.status, body: (await response.json()) as Record<string, never> };
};

test('transactions/new: 400 for missing values, 406 for an invalid transaction, 201 names the block', async () => {
  const missing = await ask('transactions/new', { type: 'enrol-person' });
  assert.deepEqual([missing.status, missing.body['code']], [400, 'missing-values']);

  const forged = enrolment();
  forged.nonce = forged.nonce.replace(/./, (digit) => (digit === '0' ? '1' : '0'));
  const refused = await ask('transactions/new', forged);
  assert.deepEqual([refused.status, refused.body['rejection']], [406, 'signature-invalid']);

  const transaction = enrolment();
  const taken = await ask('transactions/new', transaction);
  assert.equal(taken.status, 201);
  assert.match(String(taken.body['message']), /^Transaction will be added to block \d+$/);
  await node.hospital.engine.whenFinal(taken.body['transactionId'] as never, 10_000);
  const found = await ask(`transactions/${taken.body['transactionId']}`);
  assert.equal(found.body['finality'], 'final');
  assert.equal(`Transaction will be added to block ${found.body['blockHeight']}`, taken.body['message']);

  assert.equal((await ask('transactions/new', transaction)).status, 406);
});

test('chain, nodes/get and nodes/resolve tell the blocks, the members and that there is nobody to compare with', async () => {
  const status = await ask('status');
  const chain = await ask('chain?from=1&limit=100');
  assert.equal(chain.body['length'], status.body['height']);
  const { createdAt: since } = (await ask('genesis')).body['genesis'] as unknown as { createdAt: number };
  const members = status.body['members'] as unknown as readonly object[];
  const nodes = members.map((member) => ({ ...member, standing: 'member', since }));
  assert.deepEqual((await ask('nodes/get')).body, { nodes, total: 1, joining: [] });
  const resolved = await ask('nodes/resolve');
  assert.deepEqual([resolved.status, resolved.body['replaced'], resolved.body['asked']], [200, false, 0]);
  assert.equal(resolved.body['headHash'], status.body['headHash']);
});
