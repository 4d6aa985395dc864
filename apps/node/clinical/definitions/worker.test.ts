// The definitions are read from 60 MB of JSON and take half of that. The broken variant this catches: what reading left behind is kept
// for as long as the process lives.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import type { Question } from './definitions.ts';

const MEGABYTE = 1_000_000;

test('once it has read the definitions the validation worker holds little more than them', async (context) => {
  const worker = new Worker(new URL('./worker.ts', import.meta.url));
  context.after(() => worker.terminate());
  await once(worker, 'message');
  const question: Question = { id: 1, kind: 'examine', json: '{"resourceType":"Patient"}' };
  worker.postMessage([question]);
  await once(worker, 'message');
  const { total_heap_size: held, used_heap_size: used } = await worker.getHeapStatistics();
  assert.ok(used > 10 * MEGABYTE, `the definitions take ${used} bytes`);
  assert.ok(held < 80 * MEGABYTE, `the worker holds ${held} bytes`);
});
