import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nodeAead, nodeRandom } from '@clearchart/node-crypto';
import { sealEnvelope } from './envelope.ts';
import { toBase64Url, utf8 } from './text.ts';
import {
  createVault,
  openVault,
  parseVault,
  renewRecovery,
  rewrapVault,
  updateVault,
  type VaultContents,
} from './vault.ts';

const ports = { aead: nodeAead, random: nodeRandom };
const account = 'a1'.repeat(16);
const exportKey = new Uint8Array(64).fill(1);
const recoveryEntropy = new Uint8Array(32).fill(2);
const key = {
  chainId: 'c'.repeat(64),
  organizationId: 'd'.repeat(32),
  pseudonym: 'e'.repeat(32),
  seed: 'f'.repeat(64),
};
const contents: VaultContents = { version: 1, createdAt: 5, keys: [key], receivingSeed: '0'.repeat(64) };
const vault = createVault(ports, account, contents, { exportKey, recoveryEntropy });

test('a vault opens with the password and with the recovery words, to the same contents', () => {
  assert.deepEqual(openVault(nodeAead, account, vault, { exportKey })?.contents, contents);
  assert.deepEqual(openVault(nodeAead, account, vault, { recoveryEntropy })?.contents, contents);
});

test('another secret, another account or a changed byte opens nothing', () => {
  const wrong = new Uint8Array(64).fill(9);
  assert.equal(openVault(nodeAead, account, vault, { exportKey: wrong }), undefined);
  assert.equal(openVault(nodeAead, account, vault, { recoveryEntropy: wrong }), undefined);
  assert.equal(openVault(nodeAead, 'b2'.repeat(16), vault, { exportKey }), undefined);
  const letter = vault.sealed[30] === 'A' ? 'B' : 'A';
  const changed = { ...vault, sealed: vault.sealed.slice(0, 30) + letter + vault.sealed.slice(31) };
  assert.equal(openVault(nodeAead, account, changed, { exportKey }), undefined);
  const swapped = { ...vault, wraps: { password: vault.wraps.recovery, recovery: vault.wraps.password } };
  assert.equal(openVault(nodeAead, account, swapped, { exportKey }), undefined);
});

test('new words keep keys and password, and the words before open it no more', () => {
  const opened = openVault(nodeAead, account, vault, { exportKey });
  assert.ok(opened);
  const next = new Uint8Array(32).fill(4);
  const renewed = renewRecovery(ports, account, vault, opened.vaultKey, next);
  assert.deepEqual(openVault(nodeAead, account, renewed, { recoveryEntropy: next })?.contents, contents);
  assert.deepEqual(openVault(nodeAead, account, renewed, { exportKey })?.contents, contents);
  assert.equal(openVault(nodeAead, account, renewed, { recoveryEntropy }), undefined);
  assert.equal(renewed.sealed, vault.sealed);
});

test('a new password keeps keys and recovery words, and the old password opens it no more', () => {
  const opened = openVault(
    nodeAead,
    account,
    { ...vault, wraps: { recovery: vault.wraps.recovery } },
    { recoveryEntropy },
  );
  assert.ok(opened);
  const next = new Uint8Array(64).fill(3);
  const rewrapped = rewrapVault(ports, account, vault, opened.vaultKey, next);
  assert.deepEqual(openVault(nodeAead, account, rewrapped, { exportKey: next })?.contents, contents);
  assert.deepEqual(openVault(nodeAead, account, rewrapped, { recoveryEntropy })?.contents, contents);
  assert.equal(openVault(nodeAead, account, rewrapped, { exportKey }), undefined);
});

test('new contents open under the same wraps', () => {
  const opened = openVault(nodeAead, account, vault, { exportKey });
  assert.ok(opened);
  const more = { ...contents, checkpoint: { height: 7, headerHash: 'a'.repeat(64) } };
  const updated = updateVault(ports, account, vault, opened.vaultKey, more);
  assert.deepEqual(openVault(nodeAead, account, updated, { recoveryEntropy })?.contents, more);
});

test('the length of a vault does not tell whether it holds a key', () => {
  const empty = createVault(ports, account, { ...contents, keys: [] }, { exportKey, recoveryEntropy });
  assert.equal(empty.sealed.length, vault.sealed.length);
});

test('only the exact shape within its limits is a vault', () => {
  assert.deepEqual(parseVault(JSON.parse(JSON.stringify(vault))), vault);
  for (const bad of [
    null,
    [],
    {},
    { ...vault, more: 1 },
    { ...vault, version: 2 },
    { ...vault, sealed: '' },
    { ...vault, sealed: 'a'.repeat(65 * 1024) },
    { ...vault, wraps: { password: vault.wraps.password } },
    { ...vault, wraps: { ...vault.wraps, password: '++' } },
  ]) {
    assert.equal(parseVault(bad), undefined);
  }
});

test('a secret shorter than 32 bytes is refused', () => {
  const short = new Uint8Array(16);
  assert.throws(() => createVault(ports, account, contents, { exportKey: short, recoveryEntropy }), RangeError);
});

test('contents out of shape are neither sealed nor believed', () => {
  const secrets = { exportKey, recoveryEntropy };
  const bad: readonly unknown[] = [
    { ...contents, createdAt: -1 },
    { ...contents, createdAt: '5' },
    { ...contents, more: 1 },
    { ...contents, receivingSeed: '0'.repeat(63) },
    { ...contents, keys: Array.from({ length: 65 }, () => key) },
    { ...contents, keys: [{ ...key, seed: 'F'.repeat(64) }] },
    { ...contents, checkpoint: { height: 1.5, headerHash: 'a'.repeat(64) } },
    { ...contents, checkpoint: { height: 7, headerHash: 'a'.repeat(62) } },
    { ...contents, checkpoint: { height: 7, headerHash: 'a'.repeat(64), more: 1 } },
  ];
  for (const value of bad) {
    assert.throws(
      () => createVault(ports, account, value as VaultContents, secrets),
      RangeError,
      JSON.stringify(value),
    );
  }
});

test('the most keys a vault may hold still fit its limit', () => {
  const full = createVault(
    ports,
    account,
    { ...contents, keys: Array.from({ length: 64 }, () => key) },
    { exportKey, recoveryEntropy },
  );
  assert.deepEqual(parseVault(full), full);
  assert.equal(openVault(nodeAead, account, full, { exportKey })?.contents.keys.length, 64);
});

test('a vault whose contents were sealed under its key by someone else in another shape does not open', () => {
  const opened = openVault(nodeAead, account, vault, { exportKey });
  assert.ok(opened);
  const label = utf8(`clearchart/vault/v1/contents/${account}`);
  for (const text of ['{}', 'null', 'not JSON', JSON.stringify({ ...contents, version: 2 })]) {
    const sealed = toBase64Url(sealEnvelope(nodeAead, nodeRandom, opened.vaultKey, utf8(text), label));
    assert.equal(openVault(nodeAead, account, { ...vault, sealed }, { exportKey }), undefined, text);
  }
  const good = toBase64Url(sealEnvelope(nodeAead, nodeRandom, opened.vaultKey, utf8(JSON.stringify(contents)), label));
  assert.ok(openVault(nodeAead, account, { ...vault, sealed: good }, { exportKey }));
});
