import assert from 'node:assert/strict';
import { test } from 'node:test';
import { servedFolder } from './served-folder.ts';

test('the folder to look at first is that of the flag, then of the environment, then the demo’s own', () => {
  const environment = { CLEARCHART_DATA: 'e' };
  assert.equal(servedFolder(['node', '--data', 'd', '--port', '1'], environment), 'd');
  assert.equal(servedFolder(['node', '--data=d'], environment), 'd');
  assert.equal(servedFolder(['node'], environment), 'e');
  assert.equal(servedFolder(['demo', '--reset'], {}), '.clearchart');
  for (const words of [
    ['node'],
    ['node', '--help', '--data', 'd'],
    ['status', '--data', 'd'],
    ['node', '--data'],
    [],
  ]) {
    assert.equal(servedFolder(words, {}), undefined, words.join(' '));
  }
});
