import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TransactionId } from '@clearchart/ledger';
import type { SimulatedMember } from '../simulated-member.ts';
import { isTogether } from './liveness.ts';
import type { ReferenceLedger } from './reference-ledger.ts';

const HEIGHT = 9;
const WORD = 'word' as TransactionId;

interface Node {
  readonly organization: string;
  readonly isDown: boolean;
  readonly height: number;
  readonly pending: number;
  /** What it said last, when it has said anything. */
  readonly lastWord: TransactionId | undefined;
}

const WELL: Node = { organization: '1', isDown: false, height: HEIGHT, pending: 0, lastWord: WORD };

/** Two members and whatever else there is; the last words of both are one. */
function areTogether(changed: Partial<Node>): boolean {
  const reference = {
    height: HEIGHT,
    heights: new Map([[WORD, 1]]),
    members: { members: [{ organization: '1' }, { organization: '2' }] },
  } as unknown as ReferenceLedger;
  const lastWords = new Map<SimulatedMember, TransactionId>();
  const nodes = [
    { ...WELL, organization: '2' },
    { ...WELL, ...changed },
  ].map((one) => {
    const { organization, isDown, height, pending, lastWord } = one;
    const engine = isDown ? undefined : { status: () => ({ pending }) };
    const node = { organization, engine, file: { headers: { length: height } } } as unknown as SimulatedMember;
    if (lastWord !== undefined) lastWords.set(node, lastWord);
    return node;
  });
  return isTogether(nodes, reference, lastWords);
}

test('all together are those that are up, at the same height, with nothing waiting and their last word final', () => {
  assert.ok(areTogether({}));
  for (const changed of [
    { isDown: true },
    { height: HEIGHT - 1 },
    { pending: 1 },
    { lastWord: undefined },
    { lastWord: 'of nobody' as TransactionId },
  ])
    assert.ok(!areTogether(changed), JSON.stringify(changed));
});

test('one that is no member must follow, and need have said nothing', () => {
  assert.ok(areTogether({ organization: '3', lastWord: undefined, pending: 1 }));
  assert.ok(!areTogether({ organization: '3', lastWord: undefined, height: HEIGHT - 1 }));
});
