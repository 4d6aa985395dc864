import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OperatorRefusal, refuseWithoutHistory } from './refusal.ts';

test('J9 what needs the whole history is refused in plain words while older blocks are lacking', () => {
  const older = { have: 20, base: 101, memberChanges: [], nodesOf: () => ({ node: () => undefined }) };
  assert.throws(
    () => refuseWithoutHistory(older, 'a backup'),
    (fault) =>
      fault instanceof OperatorRefusal && fault.kind === 'not-yet' && /20 of 100 older blocks/.test(fault.message),
  );
  refuseWithoutHistory(undefined, 'a backup');
});
