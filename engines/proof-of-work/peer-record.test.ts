import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PeerRecord } from './peer-record.ts';

test('of a peer each reason is told once, where it stood last, and only the newest sixteen', () => {
  const record = new PeerRecord({ now: () => 0, after: () => () => undefined });
  record.blame('a', 1, 'one', 'two');
  record.blame('a', 1, 'one');
  assert.deepEqual(record.reasonsOf('a'), ['two', 'one']);
  assert.deepEqual(record.reasonsOf('b'), []);
  const many = Array.from({ length: 20 }, (_, number) => `reason-${number}`);
  record.blame('a', 1, ...many);
  assert.deepEqual(record.reasonsOf('a'), many.slice(4));
});
