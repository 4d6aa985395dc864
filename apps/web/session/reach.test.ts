import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createReach } from './reach.ts';

function hospital() {
  let up = true;
  let time = 1_000;
  const later: (() => void)[] = [];
  const reach = createReach({
    fetch: () => (up ? Promise.resolve(new Response('{}')) : Promise.reject(new TypeError('Failed to fetch'))),
    now: () => (time += 1),
    after: (_delay, act) => later.push(act),
  });
  return { reach, later, set: (now: boolean) => (up = now) };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('the first request without an answer tells since when, and the hospital is looked for until it answers', async () => {
  const { reach, later, set } = hospital();
  let told = 0;
  reach.watch(() => (told += 1));
  set(false);
  await assert.rejects(reach.fetch('/a', {}));
  await assert.rejects(reach.fetch('/b', {}));
  assert.equal(reach.silentSince(), 1_001);
  later.shift()?.();
  await settled();
  assert.equal(reach.silentSince(), 1_001);
  set(true);
  later.shift()?.();
  await settled();
  assert.deepEqual([reach.silentSince(), told, later.length], [undefined, 2, 0]);
});

test('a request that the page itself gave up says nothing of the hospital', async () => {
  const { reach, set } = hospital();
  set(false);
  const gone = new AbortController();
  gone.abort();
  await assert.rejects(reach.fetch('/a', { signal: gone.signal }));
  assert.equal(reach.silentSince(), undefined);
});
