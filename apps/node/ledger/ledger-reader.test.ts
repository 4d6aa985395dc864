import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type Signer, toHex } from '@clearchart/crypto';
import {
  applyBlock,
  type Block,
  type BlockStore,
  chainIdOf,
  checkFinal,
  draftBlock,
  draftTransaction,
  encodeBlock,
  type Engine,
  type Genesis,
  genesisParent,
  headerHash,
  type HeaderHash,
  headerSignatureMessage,
  isRejection,
  organizationIdOf,
  parentOf,
  type Signature,
  signApplication,
  signTransaction,
  signVote,
  type SupermajorityLink,
  type Transaction,
  type TransactionBody,
  transactionId,
  type TransactionId,
  type TransactionType,
  verifyReceipt,
} from '@clearchart/ledger';
import { createSigner, nodeRandom, nodeVerifier } from '@clearchart/node-crypto';
import { openStateStore } from '@clearchart/state-store';
import { LedgerReader } from './ledger-reader.ts';

const folder = mkdtempSync(join(tmpdir(), 'clearchart-reader-'));
const hospital = (digit: number) => {
  const signer = createSigner(new Uint8Array(32).fill(digit));
  return { organization: organizationIdOf(signer.publicKey), signer };
};
const [first, second, third, candidate] = [1, 2, 3, 4].map(hospital) as [Hospital, Hospital, Hospital, Hospital];
type Hospital = { organization: ReturnType<typeof organizationIdOf>; signer: Signer };

const genesis = {
  version: 1,
  engine: 'proof-of-work',
  createdAt: 1_795_000_000_000,
  target: 'f'.repeat(64),
  limits: { transactionsPerBlock: 100, blockBytes: 1024 * 1024 },
  members: [first, second, third].map(({ organization, signer }, index) => ({
    organization,
    name: `Hospital ${index}`,
    publicKey: toHex(signer.publicKey),
  })),
  salt: '5'.repeat(64),
} as unknown as Genesis;
const chainId = chainIdOf(genesis);
const state = openStateStore(join(folder, 'state.db'), genesis, { durability: 'scratch' });
after(() => {
  state.close();
  rmSync(folder, { recursive: true });
});
const blocks: Block[] = [];
const isValid = (check: { publicKey: Uint8Array; message: Uint8Array; signature: Uint8Array }) =>
  nodeVerifier.verify(check.publicKey, check.message, check.signature);

function sign<T extends TransactionType>(by: Hospital, type: T, body: TransactionBody<T>): Transaction {
  const validUntil = genesis.createdAt + 3_600_000;
  const draft = draftTransaction({ chainId, type, body, validUntil, nonce: toHex(nodeRandom.bytes(16)) });
  const own = { signer: by.organization, role: 'organization', key: by.signer } as const;
  return signTransaction(draft, [own]) as Transaction;
}

function mine(...transactions: Transaction[]): void {
  const last = blocks.at(-1);
  const parent = last === undefined ? genesisParent(genesis) : parentOf(last.header);
  const drafted = draftBlock(transactions, state, parent, genesis, first.organization, parent.time + 1_000, isValid);
  assert.ok(!isRejection(drafted));
  const signature = toHex(first.signer.sign(headerSignatureMessage(drafted.template))) as Signature;
  const block = { header: { ...drafted.template, nonce: '0'.repeat(16), signature }, transactions };
  const changes = applyBlock(block, state, parent, genesis, isValid);
  assert.ok(!isRejection(changes));
  state.commit({ header: block.header, hash: headerHash(block.header), ids: transactions.map(transactionId) }, changes);
  blocks.push(block);
}

function anchorOf(digit: string) {
  const record = { record: digit.repeat(32), version: 1, subject: null, categoryTag: digit.repeat(32) };
  const records = [{ ...record, commitment: digit.repeat(64) }] as never;
  const anchor = sign(first, 'anchor-records', { organization: first.organization, records });
  return { anchor, version: { record: record.record, version: 1, transactionId: transactionId(anchor) } };
}

/** Block 2 decides on a fourth member, which block 5 brings into force. */
const anchored = ['a', 'b', 'c', 'd', 'e', 'f'].map(anchorOf);
const application = signApplication(chainId, { name: 'Hill', address: 'https://hill.example' }, candidate.signer);
for (const [index, { anchor }] of anchored.entries()) {
  const members = [first, second, third];
  const also: Transaction[][] = [
    [],
    members.map((by) => sign(by, 'admit-organization', { organization: by.organization, application })),
    [],
    [],
    [sign(second, 'activate-members', { organization: second.organization })],
    [],
  ];
  mine(anchor, ...(also[index] ?? []));
}

/** Everybody's, for blocks 1, 3, 5 and 6 only: the others are final by a later one. */
function linkFrom(height: number): SupermajorityLink | undefined {
  const from = [1, 3, 5, 6].find((one) => one >= height);
  const header = from === undefined ? undefined : blocks[from - 1]?.header;
  if (from === undefined || header === undefined) return undefined;
  const child = blocks[from]?.header;
  const hash = child === undefined ? ('7'.repeat(64) as HeaderHash) : headerHash(child);
  const link = { source: { height: from, hash: headerHash(header) }, target: { height: from + 1, hash } };
  const voters = from < 3 ? [first, second, third] : [first, second, third, candidate];
  const signatures = voters.map(({ organization, signer }) => ({
    organization,
    signature: signVote(chainId, organization, link, signer).signature,
  }));
  return { ...link, signatures };
}

const engine = { finality: () => 'final', pending: () => [] } as unknown as Engine;
const stored: BlockStore = {
  height: blocks.length,
  append: () => Promise.reject(new Error('nothing is written here')),
  read: async (height) => encodeBlock(blocks[height - 1] as Block),
  close: async () => undefined,
};
const reader = new LedgerReader({ genesis, engine, blocks: stored, state, consensus: { linkFrom } });
const readerWithoutVotes = new LedgerReader({ genesis, engine, blocks: stored, state });

test('a transaction in a block that is not final is found there', async () => {
  const transaction = blocks[0]?.transactions[0] as Transaction;
  const included = { unsettled: () => transaction, placeOf: () => ({ height: 9, position: 0 }) } as unknown as Engine;
  const above = new LedgerReader({ genesis, engine: included, blocks: stored, state });
  const id = 'cd'.repeat(32) as TransactionId;
  assert.deepEqual(await above.transaction(id), { transaction, height: 9 });
});

test('L48 L49 L51 a receipt of any block holds, before, in and after a change of members', async () => {
  for (const [index, { version }] of anchored.entries()) {
    const receipt = JSON.parse(JSON.stringify(await reader.receipt(version)));
    const verdict = verifyReceipt(receipt, chainId, nodeVerifier);
    assert.ok(verdict.ok, `block ${index + 1}: ${verdict.ok ? '' : verdict.reason}`);
    const without = await readerWithoutVotes.receipt(version);
    assert.equal(verifyReceipt(without, chainId, nodeVerifier).ok, false);
  }
});

test('L48 the newest block is final with every decision so far', () => {
  const header = reader.header(reader.height);
  assert.ok(header);
  const changes = reader.memberChanges();
  assert.deepEqual(
    changes.map(({ header: { height }, following }) => [height, following?.length]),
    [[2, 1]],
  );
  const final = checkFinal(reader.finalityProof(header), genesis, chainId, changes, nodeVerifier);
  assert.ok(final.ok);
  assert.equal(final.set.members.length, 4);
});

test('the list of nodes tells each member’s standing and since when it votes', () => {
  const told = reader.nodes().map(({ organization, standing, since }) => [organization, standing, since]);
  const founded = [first, second, third].map(({ organization }) => [organization, 'member', genesis.createdAt]);
  const joined = [candidate.organization, 'member', blocks[4]?.header.time];
  assert.deepEqual(new Set(told.map(String)), new Set([...founded, joined].map(String)));
});
