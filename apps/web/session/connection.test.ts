import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createConnection } from './connection.ts';

const REFUSED = { type: 'about:blank', title: 'x', status: 401, code: 'bad-credentials' };

/** Answers when it is told to. */
function slowNode() {
  const waiting: ((status: number) => void)[] = [];
  const connection = createConnection({
    origin: '',
    fetch: () =>
      new Promise((resolve) => {
        waiting.push((status) => resolve(new Response(JSON.stringify(status === 200 ? {} : REFUSED), { status })));
      }),
  });
  let ended = 0;
  connection.onSessionEnded(() => (ended += 1));
  return { connection, answer: (at: number, status: number) => waiting[at]?.(status), ended: () => ended };
}

test('a session that the node no longer knows is told once', async () => {
  const { connection, answer, ended } = slowNode();
  connection.setCsrfToken('first');
  const requests = [connection.request('/a'), connection.request('/b')];
  answer(0, 401);
  answer(1, 401);
  await Promise.allSettled(requests);
  assert.equal(ended(), 1);
});

test('what was asked under the session before a sign-in, and is answered during or after it, ends nothing', async () => {
  const { connection, answer, ended } = slowNode();
  connection.setCsrfToken('first');
  const early = [connection.request('/a'), connection.request('/b')];
  const signIn = connection.changingSession(async () => {
    await connection.send('/finish');
    connection.setCsrfToken('second');
  });
  answer(0, 401);
  await assert.rejects(early[0] as Promise<unknown>);
  answer(2, 200);
  await signIn;
  answer(1, 401);
  await assert.rejects(early[1] as Promise<unknown>);
  assert.equal(ended(), 0);
  const late = connection.request('/c');
  answer(3, 401);
  await assert.rejects(late);
  assert.equal(ended(), 1);
});
