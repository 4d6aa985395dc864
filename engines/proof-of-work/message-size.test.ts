import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeBlock, isRejection, type Transaction } from '@clearchart/ledger';
import { nodeVerifier } from '@clearchart/node-crypto';
import { CatchUp } from './catch-up.ts';
import { MadeChain } from './made-chain.fixture.ts';
import { Outgoing } from './outgoing.ts';
import { MESSAGE_TRANSACTIONS } from './peer-limits.ts';
import { parseMessage } from './peer-messages.ts';
import { PeerRecord } from './peer-record.ts';

/** What a node takes; docs/protocol/peers.md. */
const MOST_BYTES = 8 * 1024 * 1024;
const MIB = 1024 * 1024;

async function sentOf(fill: (outgoing: Outgoing) => void): Promise<Uint8Array[]> {
  const sent: Uint8Array[] = [];
  fill(new Outgoing((message) => sent.push(message)));
  await Promise.resolve();
  return sent;
}

test('N13 what goes out in one turn is cut into messages that every receiver takes', async () => {
  const made = new MadeChain();
  const one = made.network.enrolment(1);
  const large = { ...one, body: { ...one.body, more: 'x'.repeat(3 * MIB) } } as unknown as Transaction;
  const block = made.block(made.genesisPlace, 1);
  const largeBlock = { ...block, transactions: [large] };
  assert.ok(encodeBlock(largeBlock).length > 3 * MIB);
  const sent = await sentOf((outgoing) => {
    for (const transaction of [large, large, large]) outgoing.add({ transaction });
    for (let count = 0; count < MESSAGE_TRANSACTIONS + 1; count += 1) outgoing.add({ transaction: one });
    outgoing.add({ block: largeBlock });
    outgoing.add({ block: largeBlock });
    outgoing.add({ block: largeBlock });
  });
  assert.ok(sent.every(({ length }) => length <= MOST_BYTES));
  assert.ok(sent.length > 5);
});

test('a block goes out before the votes for it, and what is sent reads', async () => {
  const made = new MadeChain();
  const block = made.block(made.genesisPlace, 1);
  const vote = made.vote(1, { source: made.genesisPlace, target: { height: 1, hash: 'ab'.repeat(32) } });
  const sent = await sentOf((outgoing) => {
    outgoing.add({ vote });
    outgoing.add({ block });
    outgoing.add({ transaction: made.network.enrolment(1) });
  });
  const messages = sent.map(parseMessage);
  const kinds = messages.map((one) => [one?.transactions.length, one?.blocks.length, one?.votes.length]);
  assert.deepEqual(kinds, [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]);
});

test('N13 an answer holds as many blocks as it may in bytes, and one at least', async () => {
  const made = new MadeChain();
  const { blocks, state, consensus } = made.network.member(0);
  let head: { height: number; hash: string } = made.genesisPlace;
  for (const size of [2 * MIB, 4 * MIB - 1, 4 * MIB - 1]) {
    const added = await made.chain.check(made.block(head, 1));
    if (isRejection(added)) throw new Error(added.code);
    head = made.chain.add({ ...added, bytes: new Uint8Array(size).fill(0x20) });
  }
  const clock = { now: () => made.now, after: () => () => undefined };
  const catchUp = new CatchUp({
    genesis: made.network.genesis,
    chain: made.chain,
    blocks,
    state,
    consensus,
    network: { peers: () => [], send: () => undefined, ask: () => Promise.reject(new Error('nobody')) },
    record: new PeerRecord(clock),
    clock,
    verifier: nodeVerifier,
    takeBlocks: async () => [],
    takeVotes: async () => undefined,
  });
  const fromStart = await catchUp.answer([made.genesisPlace]);
  assert.ok(fromStart.length < 3 * MIB, 'the second would pass the limit');
  const second = made.chain.tree.headBlock?.parent?.parent;
  const fromFirst = await catchUp.answer([{ height: 1, hash: second?.hash ?? '' }]);
  assert.ok(fromFirst.length > 3 * MIB && fromFirst.length < MOST_BYTES);
});
