import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { toHex } from '@clearchart/crypto';
import { ApiError } from '../http/errors.ts';
import { requestCheck } from './check-request.ts';
import { MEMBER_LIMIT, STRANGERS_LIMIT } from './limits.ts';
import { city, coast, type Headers, hill, identityOf, type Party, signed, stranger } from './peers.fixture.ts';
import type { PeerIdentity } from './ports.ts';
import { PEER_PATHS, type PeerPath } from './signed-request.ts';

const { messages, questions } = PEER_PATHS;
const clock = { now: () => clock.at, at: Date.now() };
let check: ReturnType<typeof checkOf>;
beforeEach(() => {
  check = checkOf({});
});

/** The code of the refusal; 'taken' without one. Requests are over at once. */
function checkOf(identity: Partial<PeerIdentity>) {
  const one = requestCheck({ ...identityOf(coast), clock, ...identity }, { isBanned: () => false });
  return (headers: Headers, path: PeerPath = messages, address = '192.0.2.1'): string => {
    try {
      one({ path, headers, address }).release();
      return 'taken';
    } catch (fault) {
      if (fault instanceof ApiError) return fault.code;
      throw fault;
    }
  };
}

const fresh = (from: Party, path: PeerPath = messages): Headers => signed(from, coast, path, 'b', { clock });

test('N3 a signature holds for one sender, also where two have the same key', () => {
  const shared = checkOf({ keysOf: () => [toHex(city.signer.publicKey)] });
  assert.equal(shared({ ...fresh(city), 'clearchart-organization': hill.organization }), 'not-signed-by-peer');
  assert.equal(shared(fresh(city)), 'taken');
});

test('N8 more requests than its limit are put off, of that organization alone; forged ones do not count', () => {
  const most = MEMBER_LIMIT.requestsPerSecond * MEMBER_LIMIT.burstSeconds;
  const forged = { ...fresh(city), 'clearchart-signature': '11'.repeat(64) };
  for (let count = 0; count < most; count += 1) {
    if (count % 10 === 0) assert.equal(check(forged), 'not-signed-by-peer');
    assert.equal(check(fresh(city)), 'taken', String(count));
  }
  assert.equal(check(fresh(city)), 'too-many-requests');
  assert.equal(check(fresh(hill)), 'taken');
  clock.at += 1_000;
  for (let count = 0; count < MEMBER_LIMIT.requestsPerSecond; count += 1) assert.equal(check(fresh(city)), 'taken');
  assert.equal(check(fresh(city)), 'too-many-requests');
});

test('N8 a request that was put off may come again: it has not been taken', () => {
  const most = MEMBER_LIMIT.requestsPerSecond * MEMBER_LIMIT.burstSeconds;
  for (let count = 0; count < most; count += 1) check(fresh(city));
  const headers = fresh(city);
  assert.equal(check(headers), 'too-many-requests');
  clock.at += 1_000;
  assert.deepEqual([check(headers), check(headers)], ['taken', 'peer-request-repeated']);
});

test('N7 all strangers together have a limit, from however many networks they come', () => {
  const most = STRANGERS_LIMIT.requestsPerSecond * STRANGERS_LIMIT.burstSeconds;
  for (let count = 0; count < most; count += 1)
    assert.equal(check(fresh(stranger, questions), questions, `198.51.100.${count}`), 'taken');
  assert.equal(check(fresh(stranger, questions), questions, '203.0.113.1'), 'too-many-requests');
  assert.equal(check(fresh(city, questions), questions, '203.0.113.1'), 'taken');
});
