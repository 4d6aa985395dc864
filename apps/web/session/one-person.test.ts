import type { Session } from '@clearchart/api';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adopt, currentSession, onParting, reachThrough } from './index.ts';

const sessionOf = (accountId: string): Session => ({
  accountId,
  role: 'practitioner',
  state: 'active',
  name: accountId,
  email: `${accountId}@city.example`,
  keyBound: true,
  csrfToken: 'a token',
  signedInAt: 0,
  expiresAt: 1,
});

test('who came with a page that the node drew is parted from by the next one, and by nobody else', async () => {
  let partings = 0;
  onParting(() => {
    partings += 1;
  });
  const answer = (accountId: string) => {
    reachThrough(() => Promise.resolve(Response.json({ session: sessionOf(accountId) })));
    return currentSession();
  };
  adopt(sessionOf('a'.repeat(32)));
  assert.equal(partings, 0);
  await answer('b'.repeat(32));
  assert.equal(partings, 1);
  await answer('b'.repeat(32));
  assert.equal(partings, 1);
  reachThrough(undefined);
});
