import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressKey, encodeCanonical, isRejection, parseTransaction } from '../index.ts';
import { createTestChain } from '../test-chain.fixture.ts';

const chain = createTestChain();
const { organization } = chain;
const announcement = (address: string) => chain.sign('announce-address', { organization, address });

function isRead(address: string): boolean {
  return !isRejection(parseTransaction(encodeCanonical(announcement(address))));
}

test('L69 the newest address of an organization counts', () => {
  chain.mine([announcement('https://a.example')]);
  chain.mine([announcement('http://[fd00::1]:8443')]);
  assert.deepEqual(chain.valueOf(addressKey(organization)), { address: 'http://[fd00::1]:8443' });
});

test('L69 an address is an origin and nothing more', () => {
  for (const address of [
    'http://localhost:8080',
    'https://10.0.0.7:1',
    'https://city-general.hospital.example',
    'https://a.example:65535',
    `https://${'a'.repeat(192)}`,
  ]) {
    assert.ok(isRead(address), address);
  }
  for (const address of [
    'https://a.example/',
    'https://a.example/path',
    'https://a.example?x=1',
    'https://a.example#x',
    'https://user@a.example',
    'https://user:secret@a.example',
    'https://a.example:65536',
    'https://a.example:080',
    'https://a.example:',
    'https://A.example',
    'https://a..example',
    'https://',
    'ftp://a.example',
    'javascript:alert(1)',
    'a.example',
    ' https://a.example',
    'https://a.example\n',
    `https://${'a'.repeat(193)}`,
  ]) {
    assert.ok(!isRead(address), address);
  }
});
