import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, test } from 'node:test';
import { askRunningNode, controlSocketPath, type Operate, serveControlSocket } from './control-socket.ts';
import { OperatorRefusal } from './refusal.ts';

const folder = mkdtempSync(join(tmpdir(), 'clearchart-control-'));
after(() => rmSync(folder, { recursive: true }));

let stop = async (): Promise<void> => {};
afterEach(() => stop());

async function serve(operate: Operate): Promise<void> {
  const control = await serveControlSocket(folder, operate);
  stop = async () => {
    stop = async () => {};
    await control.close();
  };
}

const asked = { operation: 'status', parameters: {} };

test('a running node answers with progress and a result, for its own user only', async () => {
  await serve(async ({ operation }, onProgress) => {
    onProgress(1, 2);
    return { operation };
  });
  const steps: [number, number][] = [];
  const answer = await askRunningNode(folder, asked, (done, total) => steps.push([done, total]));
  assert.deepEqual([answer, steps], [{ result: { operation: 'status' } }, [[1, 2]]]);
  assert.equal(statSync(controlSocketPath(folder)).mode & 0o777, 0o600);
});

test('a refusal keeps its kind and words on the way; a fault is a fault', async () => {
  let fault: Error = new OperatorRefusal('not-there', 'there is no such patient here');
  await serve(async () => {
    throw fault;
  });
  await assert.rejects(
    askRunningNode(folder, asked, () => {}),
    { name: 'OperatorRefusal', kind: 'not-there' },
  );
  fault = new Error('the disk is full');
  await assert.rejects(
    askRunningNode(folder, asked, () => {}),
    { name: 'Error', message: 'the disk is full' },
  );
});

test('what is no socket, and nothing, is no running node', async () => {
  const path = controlSocketPath(folder);
  writeFileSync(path, '');
  assert.equal(await askRunningNode(folder, asked, () => {}), undefined);
  rmSync(path);
  assert.equal(await askRunningNode(folder, asked, () => {}), undefined);
});

test('a path too long for a socket gets a short one, the same each time', () => {
  const long = join(folder, 'x'.repeat(120));
  assert.ok(Buffer.byteLength(controlSocketPath(long)) <= 100);
  assert.equal(controlSocketPath(long), controlSocketPath(long));
  assert.notEqual(controlSocketPath(long), controlSocketPath(`${long}y`));
});
