import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPresence } from './presence.ts';

test('a minute after the last touch requests say that nobody is there, until the next', () => {
  let now = 5;
  const presence = createPresence(() => now);
  const marks = () => {
    const { headers } = presence.marked({ method: 'GET', headers: { accept: 'application/json' } });
    assert.equal(new Headers(headers).get('accept'), 'application/json');
    return new Headers(headers).get('x-unattended');
  };
  now += 59_999;
  assert.equal(marks(), null);
  now += 1;
  assert.equal(marks(), '1');
  presence.touched();
  assert.equal(marks(), null);
});
