import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memberArcs, ROSETTE, ringParts } from './seal-shape.ts';

test('the ring has one arc for each hospital up to eight, then a single one', () => {
  for (let members = 1; members <= 8; members++) assert.equal(memberArcs(members).length, members);
  assert.equal(memberArcs(9).length, 1);
});

test('arcs drawn and faint add up to the members, and none is drawn before a hospital confirmed', () => {
  for (let confirmed = 0; confirmed <= 4; confirmed++) {
    const { drawn, faint } = ringParts(4, confirmed);
    assert.deepEqual([drawn.length, faint.length], [confirmed, 4 - confirmed]);
  }
});

test('beyond eight hospitals the ring fills by share and is whole only when all confirmed', () => {
  assert.deepEqual([ringParts(12, 0).drawn.length, ringParts(12, 12).faint.length], [0, 0]);
  assert.deepEqual([ringParts(12, 5).drawn.length, ringParts(12, 5).faint.length], [1, 1]);
});

test('the rosette is a closed curve of fourteen scallops', () => {
  assert.equal(ROSETTE.match(/A/g)?.length, 14);
  assert.ok(ROSETTE.endsWith('Z'));
});
