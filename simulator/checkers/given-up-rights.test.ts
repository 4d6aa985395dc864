import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeCanonical } from '@clearchart/ledger';
import type { StateFile } from '../simulated-state.ts';
import { GivenUpRights } from './given-up-rights.ts';

/** What the state says of one holder, block after block; undefined when it says nothing any more. */
function learnAll(key: string, states: readonly (object | undefined)[]): void {
  const rights = new GivenUpRights();
  for (const state of states) {
    const entries = new Map(state === undefined ? [] : [[key, encodeCanonical(state)]]);
    rights.learn({ entries } as unknown as StateFile, [key]);
  }
}

const holder = (publicKey: string | null, retired: 0 | 1 = 0) => ({ publicKey, retired });

for (const [whose, key] of [
  ['a person', 'person/1'],
  ['an organization', 'organization/1'],
] as const) {
  test(`of ${whose}, a key that was given up and speaks again is found`, () => {
    learnAll(key, [holder(null), holder('a'), holder('b'), holder('b', 1)]);
    assert.throws(() => learnAll(key, [holder('a'), holder('b'), holder('a')]), /A key that was given up speaks again/);
    assert.throws(
      () => learnAll(key, [holder('a'), holder(null), holder('a')]),
      /A key that was given up speaks again/,
    );
  });

  test(`${whose} that had left and is back is found, and one that was taken out`, () => {
    assert.throws(() => learnAll(key, [holder('a'), holder('a', 1), holder('a')]), /Somebody who had left is back/);
    assert.throws(() => learnAll(key, [holder('a'), undefined]), /Somebody was taken out of the state/);
  });
}
