import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDefinitions } from './clinical/index.ts';
import { foundNetwork } from './compose-operator.ts';
import { createNode, type Node } from './create-node.ts';

const PATIENT = {
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [{ resource: { resourceType: 'Patient' }, request: { method: 'POST', url: 'Patient' } }],
};

type Started = { failing: Node; well: Node; log: string[]; ready(node: Node): Promise<number> };

/** Two hospitals in one process, one of which is about to fail. */
async function withTwoNodes(act: (started: Started) => Promise<void>): Promise<void> {
  const parent = mkdtempSync(join(tmpdir(), 'clearchart-node-'));
  const definitions = await startDefinitions();
  const log: string[] = [];
  const start = async (name: string) => {
    const dataFolder = join(parent, name);
    await foundNetwork({ dataFolder, name, administratorEmail: 'desk@city.example' });
    return createNode(
      { dataFolder, host: '127.0.0.1', port: 0, logLevel: 'error' },
      { definitions, logLine: (line) => log.push(line) },
    );
  };
  const failing = await start('failing');
  const well = await start('well');
  try {
    await act({ failing, well, log, ready: async ({ url }) => (await fetch(`${url}/readyz`)).status });
  } finally {
    await Promise.allSettled([failing.close(), well.close()]);
    await definitions.close();
    rmSync(parent, { recursive: true, force: true });
  }
}

test('a node whose disk fails is no longer ready, says so, and takes nothing of the other node of its process with it', () =>
  withTwoNodes(async ({ failing, well, log, ready }) => {
    assert.deepEqual([await ready(failing), await ready(well)], [200, 200]);

    Object.assign(failing.hospital.blocks, { append: () => Promise.reject(new Error('EIO: no such sector')) });
    await failing.importBundle(PATIENT);
    await well.importBundle(PATIENT);
    assert.match(String(await failing.hospital.failed), /EIO/);

    assert.deepEqual([await ready(failing), await ready(well)], [503, 200]);
    assert.equal((await fetch(`${failing.url}/healthz`)).status, 200);
    assert.ok(log.some((line) => line.includes('the ledger engine stopped')));
    assert.equal(await well.hospital.settled(10_000), true);
  }));

test('a node whose records cannot be committed is no longer ready, says so, and takes no write any more', () =>
  withTwoNodes(async ({ failing, well, log, ready }) => {
    const { database } = failing.hospital;
    const exec = database.exec.bind(database);
    Object.assign(database, {
      exec(sql: string) {
        if (sql === 'COMMIT') throw new Error('EIO: no such sector');
        exec(sql);
      },
    });
    await assert.rejects(failing.importBundle(PATIENT), /EIO/);
    assert.match(String(await failing.hospital.failed), /EIO/);
    Object.assign(database, { exec });

    assert.deepEqual([await ready(failing), await ready(well)], [503, 200]);
    assert.ok(log.some((line) => line.includes('the records stopped')));
    await assert.rejects(failing.importBundle(PATIENT), /EIO/);
    await well.importBundle(PATIENT);
  }));
