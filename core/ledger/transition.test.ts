import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toHex, uint64 } from '@clearchart/crypto';
import fc from 'fast-check';
import {
  applyBlock,
  type Block,
  encodeBlock,
  genesisParent,
  genesisState,
  type Header,
  headerHash,
  headerSignatureMessage,
  isRejection,
  meetsTarget,
  parentOf,
  parseBlock,
  signTransaction,
  type Transaction,
} from './index.ts';
import { createTestChain, keyNamed, MemoryState } from './test-chain.fixture.ts';

const chain = createTestChain();
const { organization } = chain;
const HOUR = 3_600_000;

function enrolment(validForMs = HOUR): Transaction {
  return chain.sign('enrol-person', { organization, pseudonym: chain.pseudonym(), publicKey: null }, validForMs);
}

const sorted = ({ entries }: MemoryState): Map<string, Uint8Array> =>
  new Map([...entries.keys()].sort().map((key) => [key, entries.get(key) as Uint8Array]));

/** A block with some of its header replaced, signed and mined again. */
function remade(block: Block, changed: Partial<Header>, key = chain.signer): Block {
  const { nonce: _nonce, signature: _signature, ...covered } = { ...block.header, ...changed };
  const signature = toHex(key.sign(headerSignatureMessage(covered))) as Header['signature'];
  for (let nonce = 0; ; nonce += 1) {
    const header = { ...covered, nonce: toHex(uint64(nonce)), signature };
    if (meetsTarget(headerHash(header), chain.genesis.target)) return { header, transactions: block.transactions };
  }
}

const before = chain.snapshot();
const parent = chain.parent;
const block = chain.mine([enrolment(), enrolment()]);

function codeOf(candidate: Block): string {
  const outcome = applyBlock(candidate, before, parent, chain.genesis, chain.checkSignature);
  return isRejection(outcome) ? outcome.code : 'valid';
}

test('L40 a block made again with nothing changed is valid', () => {
  assert.equal(codeOf(block), 'valid');
  assert.equal(codeOf(remade(block, {})), 'valid');
});

test('L32 L33 another height, parent or chain and a time that does not rise are refused', () => {
  const other = 'ab'.repeat(32);
  assert.equal(codeOf(remade(block, { height: 2 })), 'block-height-wrong');
  assert.equal(codeOf(remade(block, { previousHash: other as Header['previousHash'] })), 'block-previous-hash-wrong');
  assert.equal(codeOf(remade(block, { chainId: other as Header['chainId'] })), 'chain-id-wrong');
  assert.equal(codeOf(remade(block, { time: parent.time })), 'block-time-not-rising');
  assert.equal(codeOf(remade(block, { time: parent.time + 1 })), 'valid');
});

test('L34 another target is refused, and a header without its work', () => {
  const easy = 'f'.repeat(64) as Header['target'];
  assert.equal(codeOf(remade(block, { target: easy })), 'block-target-wrong');
  const idle = Array.from({ length: 1_000 }, (_, nonce) => ({ ...block.header, nonce: toHex(uint64(nonce)) }));
  const header = idle.find((one) => !meetsTarget(headerHash(one), one.target)) as Header;
  assert.equal(codeOf({ ...block, header }), 'block-work-too-small');
});

test('L34 a hash equal to the target is not below it', () => {
  const hash = headerHash(block.header);
  assert.ok(!meetsTarget(hash, hash as string as Header['target']));
  assert.ok(meetsTarget(`${'0'.repeat(63)}1` as never, `${'0'.repeat(63)}2` as never));
  assert.ok(!meetsTarget(`1${'0'.repeat(63)}` as never, `0${'f'.repeat(63)}` as never));
});

test('L35 a stranger, another member set and another key are refused', () => {
  const stranger = 'ab'.repeat(16) as Header['proposer'];
  assert.equal(codeOf(remade(block, { proposer: stranger })), 'block-proposer-unknown');
  assert.equal(codeOf(remade(block, { memberSetHash: 'ab'.repeat(32) as never })), 'block-member-set-wrong');
  assert.equal(codeOf(remade(block, {}, keyNamed('stranger'))), 'block-signature-invalid');
});

test('L36 L37 L39 other transactions, another root and a refused transaction make a block invalid', () => {
  const [first, second] = block.transactions as [Transaction, Transaction];
  for (const transactions of [[first], [second, first], [first, second, second], []]) {
    assert.equal(codeOf({ ...block, transactions }), 'block-transactions-root-wrong');
  }
  assert.equal(codeOf(remade(block, { stateRoot: 'ab'.repeat(32) as never })), 'block-state-root-wrong');
  const forged = signTransaction(enrolment(), [
    { signer: organization, role: 'organization', key: keyNamed('stranger') },
  ]);
  assert.throws(() => chain.mine([forged]), /signature-invalid.*"position":0/);
});

test('L38 a block keeps to the limits of its chain, by count and by bytes', () => {
  const limited = (limits: object) => {
    const genesis = { ...chain.genesis, limits: { ...chain.genesis.limits, ...limits } };
    const tight = createTestChain(1, genesis.limits);
    const list = [1, 2].map(() =>
      tight.sign('enrol-person', { organization, pseudonym: tight.pseudonym(), publicKey: null }),
    );
    return () => tight.mine(list);
  };
  const bytes = encodeBlock(block).length;
  limited({ transactionsPerBlock: 2, blockBytes: bytes })();
  assert.throws(limited({ transactionsPerBlock: 1 }), /block-too-large/);
  assert.throws(limited({ blockBytes: bytes - 1 }), /block-too-large/);
});

test('L2 L31 a block is read from its canonical bytes only', () => {
  const bytes = encodeBlock(block);
  assert.deepEqual(parseBlock(bytes), block);
  const text = new TextDecoder().decode(bytes);
  const outcome = (changed: string) => {
    const parsed = parseBlock(new TextEncoder().encode(changed));
    return isRejection(parsed) ? parsed.code : 'read';
  };
  assert.equal(outcome(text), 'read');
  assert.equal(outcome(text.replace('{"header"', '{ "header"')), 'encoding-not-canonical');
  assert.equal(
    outcome(text.replace('"type":"enrol-person"', '"type":"enrol-person","type":"enrol-person"')),
    'encoding-not-canonical',
  );
  assert.equal(outcome(text.replace('"version":1}', '"version":1,"x":1}')), 'shape-invalid');
  assert.equal(outcome('{"code":"x","detail":{}}'), 'shape-invalid');
});

test('L13 an id is used once, in one block and across blocks, even signed anew', () => {
  const transaction = enrolment();
  assert.throws(() => chain.mine([transaction, transaction]), /transaction-replayed.*"position":1/);
  chain.mine([transaction]);
  assert.equal(chain.offer(transaction)?.code, 'transaction-replayed');
});

test('L13 the bucket of the hour under way stays: what is used in it is used until it ends', () => {
  const begun = createTestChain();
  const enrol = (validForMs: number) =>
    begun.sign('enrol-person', { organization, pseudonym: begun.pseudonym(), publicKey: null }, validForMs);
  begun.mine([], (Math.floor(begun.time / HOUR) + 1) * HOUR);
  const first = enrol(HOUR - 1);
  begun.mine([first]);
  begun.mine([enrol(HOUR - 2_000)]);
  assert.equal(begun.offer(first)?.code, 'transaction-replayed');
});

test('L13 an hour that is over is dropped by the first block with a transaction, and by no empty one', () => {
  const hoursOf = () => (chain.valueOf('replay') as { hours: number[] }).hours;
  chain.mine([enrolment(1_000)]);
  const [hour] = hoursOf();
  const later = (Math.max(...hoursOf()) + 1) * HOUR;
  chain.mine([], later);
  assert.equal(hoursOf()[0], hour);
  const root = toHex(chain.state.root);
  chain.mine([], later + 1);
  assert.equal(toHex(chain.state.root), root, 'L45');
  chain.mine([enrolment()], later + 2);
  assert.deepEqual(hoursOf(), [Math.floor((later + 1 + HOUR) / HOUR)]);
  assert.equal(chain.valueOf(`replay/${hour}`), null);
});

test('L43 blocks replayed from their bytes, from the genesis file alone, give the same roots', () => {
  const state = new MemoryState();
  state.apply(genesisState(chain.genesis));
  let last = genesisParent(chain.genesis);
  for (const one of chain.blocks) {
    const read = parseBlock(encodeBlock(one));
    assert.ok(!isRejection(read));
    const changes = applyBlock(read, state, last, chain.genesis, chain.checkSignature);
    assert.ok(!isRejection(changes));
    state.apply(changes);
    last = parentOf(read.header);
  }
  assert.equal(toHex(state.root), toHex(chain.state.root));
  assert.deepEqual(sorted(state), sorted(chain.state));
});

test('L43 one block or one for each transaction: the facts about people and records are the same', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }), (cuts) => {
      const [together, apart] = [createTestChain(), createTestChain()];
      const person = together.pseudonym();
      const record = together.anchored(person);
      const versions = cuts.map((_, index) => ({ ...record, version: index + 1 }));
      const list = [
        together.sign('enrol-person', { organization, pseudonym: person, publicKey: null }),
        ...versions.map((version) => together.sign('anchor-records', { organization, records: [version] })),
      ];
      together.mine(list);
      for (let at = 0; at < list.length; ) {
        const end = cuts.indexOf(true, at) + 1 || list.length;
        apart.mine(list.slice(at, Math.max(end, at + 1)));
        at = Math.max(end, at + 1);
      }
      assert.deepEqual(sorted(apart.state), sorted(together.state));
      assert.equal(toHex(apart.state.root), toHex(together.state.root));
    }),
    { numRuns: 20 },
  );
});
