import { nodeAead, nodeRandom } from '@clearchart/node-crypto';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Attempts } from './attempts.ts';
import { KnownDevices } from './known-devices.ts';
import { networkOf } from './network.ts';
import { Sealing } from './sealing.ts';

const DAY_MS = 24 * 60 * 60_000;

test('A18 one /64 of IPv6 is one network', () => {
  const same = networkOf('2001:db8:1:2::1');
  for (const other of ['2001:db8:1:2:ffff::9', '2001:0DB8:0001:0002:0:0:0:1', '2001:db8:1:2::203.0.113.7%eth0'])
    assert.equal(networkOf(other), same, other);
  assert.notEqual(networkOf('2001:db8:1:3::1'), same);
  assert.equal(networkOf('::1'), '0:0:0:0');
});

test('A18 an IPv4 address is itself in every spelling that a socket or a translator gives it', () => {
  for (const spelling of [
    '::ffff:203.0.113.7',
    '::ffff:cb00:7107',
    '::FFFF:CB00:7107',
    '0:0:0:0:0:ffff:cb00:7107',
    '0000:0000:0000:0000:0000:ffff:203.0.113.7',
    '64:ff9b::203.0.113.7',
    '64:ff9b::cb00:7107',
  ])
    assert.equal(networkOf(spelling), '203.0.113.7', spelling);
  assert.notEqual(networkOf('::ffff:cb00:7108'), networkOf('::ffff:cb00:7107'));
});

function openAttempts() {
  let now = 1_700_000_000_000;
  const attempts = new Attempts({ clock: { now: () => now }, random: nodeRandom });
  const sealing = new Sealing({ key: new Uint8Array(32).fill(5), aead: nodeAead, random: nodeRandom });
  return {
    attempts,
    devices: new KnownDevices({ sealing, random: nodeRandom }),
    now: () => now,
    advance: (milliseconds: number) => (now += milliseconds),
  };
}

/** How many of these networks are let in, each trying as often as it may for ten minutes. */
function guessFromEverywhere(attempts: Attempts, advance: (milliseconds: number) => void): number {
  let taken = 0;
  for (let second = 0; second < 600; second += 1) {
    advance(1_000);
    for (let network = 0; network < 40; network += 1) {
      try {
        attempts.begin('meera', { address: `198.51.100.${network}` });
        taken += 1;
      } catch {
        // Braked.
      }
    }
  }
  return taken;
}

test('A18 guesses from many networks are few, and a device that has signed in before is not kept out by them', () => {
  const { attempts, devices, now, advance } = openAttempts();
  const cookie = devices.remember(undefined, 'meera', now());
  const taken = guessFromEverywhere(attempts, advance);
  assert.ok(taken > 100 && taken < 250, `${taken} tries`);
  assert.throws(() => attempts.begin('meera', { address: '203.0.113.7' }), /too-many-requests/);
  const knownDevice = devices.deviceOf(cookie, 'meera', now());
  assert.ok(knownDevice !== undefined);
  attempts.begin('meera', { address: '198.51.100.1', knownDevice });
});

test('A18 a known device has a small allowance of its own, and takes nothing off the brakes of strangers', () => {
  const { attempts, advance } = openAttempts();
  const known = { address: '203.0.113.7', knownDevice: 'device' };
  for (let tried = 0; tried < 5; tried += 1) attempts.begin('meera', known);
  assert.throws(() => attempts.begin('meera', known), /too-many-requests/);
  guessFromEverywhere(attempts, advance);
  attempts.succeeded('meera', known);
  attempts.begin('meera', known);
  assert.throws(() => attempts.begin('meera', { address: '203.0.113.9' }), /too-many-requests/);
});

test('A24 a device is known to the account it signed in to, until its day, and only by what this node made', () => {
  const { devices, now } = openAttempts();
  const cookie = devices.remember(undefined, 'meera', now());
  assert.ok(devices.deviceOf(cookie, 'meera', now()) !== undefined);
  assert.equal(devices.deviceOf(cookie, 'bilal', now()), undefined);
  assert.equal(devices.deviceOf(cookie, 'meera', now() + 180 * DAY_MS), undefined);
  const longer = cookie.replace(/\.(\d{13})\./, (_, until: string) => `.${Number(until) + DAY_MS}.`);
  const another = openAttempts().devices.remember(undefined, 'bilal', now());
  for (const bad of [undefined, '', 'x', longer, another, `${cookie}x`, cookie.toUpperCase(), '~'.repeat(100)])
    assert.equal(devices.deviceOf(bad, 'meera', now()), undefined, bad);
});

test('A24 one browser is known to the last sixteen accounts that signed in with it, under one name each, in less than 3 kB', () => {
  const { devices, now } = openAttempts();
  const accounts = Array.from({ length: 16 }, (_, at) => `account ${at}`);
  let cookie = '';
  const ids = accounts.map((account) => {
    cookie = devices.remember(cookie, account, now());
    return devices.deviceOf(cookie, account, now());
  });
  assert.equal(new Set(ids).size, 16);
  assert.deepEqual(
    accounts.map((account) => devices.deviceOf(cookie, account, now())),
    ids,
  );
  cookie = devices.remember(cookie, 'account 0', now());
  assert.equal(devices.deviceOf(cookie, 'account 0', now()), ids[0]);
  cookie = devices.remember(cookie, 'one more', now());
  assert.equal(devices.deviceOf(cookie, 'account 1', now()), undefined);
  for (const account of [...accounts.toSpliced(1, 1), 'one more'])
    assert.ok(devices.deviceOf(cookie, account, now()) !== undefined, account);
  assert.ok(cookie.length < 3_000, `${cookie.length} bytes`);
});
