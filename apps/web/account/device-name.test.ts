import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deviceName } from './device-name.ts';

test('a device is named by its browser and system', () => {
  assert.equal(
    deviceName('Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0 Safari/537.36'),
    'Chrome · Linux',
  );
  assert.equal(
    deviceName('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/150.0 Safari/537.36 Edg/150.0'),
    'Edge · Windows',
  );
  assert.equal(
    deviceName('Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1'),
    'Safari · iPhone',
  );
  assert.equal(deviceName('Mozilla/5.0 (Linux; Android 16) Chrome/153 Mobile Safari/537.36'), 'Chrome · Android');
});

test('a program keeps the name it gave, cut where it is long', () => {
  assert.equal(deviceName('curl/8.9'), 'curl/8.9');
  assert.equal(deviceName('x'.repeat(500)).length, 60);
});
