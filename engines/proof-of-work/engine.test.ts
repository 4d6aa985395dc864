import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Pseudonym,
  type TransactionBody,
  draftTransaction,
  encodeBlock,
  headerHash,
  isRejection,
  meetsTarget,
  parseBlock,
  signTransaction,
  transactionId,
} from '@clearchart/ledger';
import { createSigner, nodeVerifier } from '@clearchart/node-crypto';
import { toHex } from '@clearchart/crypto';
import { LedgerFault, createThreadMiner, openProofOfWork, systemClock } from './index.ts';
import { createTestLedger, inlineMiner, seededBytes } from './test-ledger.fixture.ts';

const SHORTLY_MS = 5_000;

test('a transaction is admitted, mined and final, and the block holds exactly its bytes', async () => {
  const ledger = createTestLedger();
  const stores = ledger.stores();
  const engine = await openProofOfWork(ledger.options(stores));
  const transaction = ledger.enrol();
  const id = transactionId(transaction);
  assert.equal(engine.finality(id), undefined);
  assert.deepEqual(await engine.submit(transaction), { transactionId: id, block: 1 });
  assert.equal(engine.finality(id), 'pending');
  assert.equal(await engine.whenFinal(id, SHORTLY_MS), 'final');
  assert.deepEqual(engine.placeOf(id), { height: 1, position: 0 });
  const [bytes] = stores.blocks.blocks;
  assert.ok(bytes);
  const block = parseBlock(bytes);
  assert.ok(!isRejection(block));
  assert.deepEqual(encodeBlock(block), bytes);
  assert.deepEqual(block.transactions, [transaction]);
  await engine.close();
});

test('what is submitted together lands in one block, and what does not fit in the next, as answered', async () => {
  const ledger = createTestLedger();
  const stores = ledger.stores();
  const engine = await openProofOfWork(ledger.options(stores));
  const transactions = Array.from({ length: 120 }, () => ledger.enrol());
  const answers = await Promise.all(transactions.map((transaction) => engine.submit(transaction)));
  await Promise.all(transactions.map((transaction) => engine.whenFinal(transactionId(transaction), SHORTLY_MS)));
  for (const [index, transaction] of transactions.entries()) {
    const answer = answers[index];
    assert.ok(answer !== undefined && !isRejection(answer));
    assert.equal(engine.placeOf(transactionId(transaction))?.height, answer.block);
  }
  assert.equal(stores.blocks.height, 3);
  await engine.close();
});

test('a transaction may build on one that still waits, even when both come at once', async () => {
  const ledger = createTestLedger();
  const engine = await openProofOfWork(ledger.options(ledger.stores()));
  const pseudonym = ledger.next(16) as Pseudonym;
  const key = createSigner(seededBytes('person'));
  const draft = draftTransaction({
    chainId: ledger.chainId,
    type: 'bind-person-key',
    body: {
      organization: ledger.organization,
      pseudonym,
      publicKey: toHex(key.publicKey),
    } as TransactionBody<'bind-person-key'>,
    validUntil: Date.now() + 1_000_000,
    nonce: ledger.next(16),
  });
  const bind = signTransaction(draft, [
    { signer: ledger.organization, role: 'organization', key: ledger.signer },
    { signer: pseudonym, role: 'new-key', key },
  ]);
  const answers = await Promise.all([
    engine.submit(ledger.enrol(pseudonym)),
    engine.submit(bind),
    engine.submit(ledger.anchor(pseudonym)),
  ]);
  assert.deepEqual(answers.filter(isRejection), []);
  assert.equal(await engine.whenFinal(transactionId(bind), SHORTLY_MS), 'final');
  await engine.close();
});

test('what the ledger would refuse in a block is refused at the door, with the ledger’s own reason', async () => {
  const ledger = createTestLedger();
  const engine = await openProofOfWork(ledger.options(ledger.stores()));
  const code = async (transaction: Parameters<typeof engine.submit>[0]) => {
    const answer = await engine.submit(transaction);
    return isRejection(answer) ? answer.code : 'admitted';
  };
  const pseudonym = ledger.next(16) as Pseudonym;
  const enrol = ledger.enrol(pseudonym);
  assert.equal(await code(ledger.anchor(pseudonym)), 'person-unknown');
  assert.equal(await code(enrol), 'admitted');
  assert.equal(await code(enrol), 'duplicate-transaction');
  assert.equal(await code(ledger.enrol(pseudonym)), 'person-already-enrolled');
  await engine.whenFinal(transactionId(enrol), SHORTLY_MS);
  assert.equal(await code(enrol), 'transaction-replayed');
  const body = { organization: ledger.organization, pseudonym: ledger.next(16) as Pseudonym, publicKey: null };
  assert.equal(await code(ledger.sign('enrol-person', body, Date.now() - 1)), 'transaction-expired');
  assert.equal(await code(ledger.sign('enrol-person', body, Date.now() + 90_000_000)), 'valid-until-too-far');
  const forged = ledger.sign('enrol-person', body, Date.now() + 1_000, createSigner(seededBytes('a thief')));
  assert.equal(await code(forged), 'signature-invalid');
  await engine.close();
});

test('a full mempool says so, and one signer cannot fill it', async () => {
  const ledger = createTestLedger();
  const mempoolLimits = { transactions: 100, bytes: 1_000_000, transactionsPerSender: 4 };
  const never = {
    ...inlineMiner(),
    search: () => new Promise<undefined>((resolve) => void stops.push(() => resolve(undefined))),
  };
  const stops: (() => void)[] = [];
  const engine = await openProofOfWork(
    ledger.options(ledger.stores(), {
      mempoolLimits,
      miner: { ...never, stop: () => stops.forEach((stop) => stop()) },
    }),
  );
  const answers = await Promise.all(Array.from({ length: 6 }, () => engine.submit(ledger.enrol())));
  assert.deepEqual(
    answers.map((answer) => isRejection(answer) && answer.code),
    [false, false, false, false, 'mempool-signer-limit', 'mempool-signer-limit'],
  );
  assert.equal(engine.pending().length, 4);
  await engine.close();
});

test('nobody is told before the block is on disk and the state committed; after a disk fault nobody is told at all', async () => {
  const ledger = createTestLedger();
  const stores = ledger.stores();
  let finishSync: (() => void) | undefined;
  const append = stores.blocks.append.bind(stores.blocks);
  stores.blocks.append = async (height, bytes) => {
    await new Promise<void>((resolve) => {
      finishSync = resolve;
    });
    await append(height, bytes);
  };
  const faults: Error[] = [];
  const engine = await openProofOfWork(ledger.options(stores, { onFault: (error) => faults.push(error) }));
  const transaction = ledger.enrol();
  await engine.submit(transaction);
  const id = transactionId(transaction);
  assert.equal(await engine.whenFinal(id, 50), 'pending');
  assert.equal(engine.status().height, 0);
  finishSync?.();
  assert.equal(await engine.whenFinal(id, SHORTLY_MS), 'final');

  stores.blocks.append = () => Promise.reject(new Error('EIO'));
  const second = ledger.enrol();
  await engine.submit(second);
  await assert.rejects(engine.whenFinal(transactionId(second), SHORTLY_MS), /EIO/);
  await assert.rejects(engine.submit(ledger.enrol()), /EIO/);
  await assert.rejects(engine.mine(), /EIO/);
  assert.equal(faults.length, 1);
  await engine.close();
});

test('a state behind its blocks catches up at the start; one of other blocks, or ahead of them, is refused', async () => {
  const ledger = createTestLedger();
  const stores = ledger.stores();
  const engine = await openProofOfWork(ledger.options(stores));
  for (let count = 0; count < 3; count += 1) {
    await engine.submit(ledger.enrol());
    await engine.mine();
  }
  await engine.close();
  const anew = { blocks: stores.blocks, state: ledger.stores().state };
  const again = await openProofOfWork(ledger.options(anew));
  assert.deepEqual(anew.state.root, stores.state.root);
  assert.equal(again.status().height, 3);
  await again.close();
  stores.state.headHash = 'a'.repeat(64);
  await assert.rejects(
    openProofOfWork(ledger.options(stores)),
    (error) => error instanceof LedgerFault && error.code === 'state-of-another-history',
  );
  stores.blocks.blocks.pop();
  await assert.rejects(
    openProofOfWork(ledger.options(stores)),
    (error) => error instanceof LedgerFault && error.code === 'blocks-missing',
  );
  const [first, second] = stores.blocks.blocks;
  assert.ok(first && second);
  stores.blocks.blocks[1] = first;
  await assert.rejects(
    openProofOfWork(ledger.options({ blocks: stores.blocks, state: ledger.stores().state })),
    (error) => error instanceof LedgerFault && error.code === 'block-invalid' && error.height === 2,
  );
});

test('blocks are really mined in threads: every header hash is below the target', async () => {
  const ledger = createTestLedger({ target: `00ff${'f'.repeat(60)}` } as object);
  const stores = ledger.stores();
  const engine = await openProofOfWork(ledger.options(stores, { miner: createThreadMiner(2) }));
  for (let count = 0; count < 5; count += 1) {
    const { header } = await engine.mine();
    assert.ok(meetsTarget(headerHash(header), ledger.genesis.target));
  }
  await engine.close();
  await assert.rejects(engine.mine(), /closed/);
});

test('closing during a search ends it, and what waits is told', async () => {
  const ledger = createTestLedger({ target: `${'0'.repeat(60)}ffff` } as object);
  const engine = await openProofOfWork(ledger.options(ledger.stores(), { miner: createThreadMiner(1) }));
  const transaction = ledger.enrol();
  await engine.submit(transaction);
  const waiting = assert.rejects(engine.whenFinal(transactionId(transaction), 60_000), /closed/);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await engine.close();
  await waiting;
});

test('a draft that waited too long is dated anew, and what expired meanwhile is dropped and said', async () => {
  const ledger = createTestLedger();
  let offsetMs = 0;
  const clock = { ...systemClock, now: () => Date.now() + offsetMs };
  const answers: ((nonce: string | undefined) => void)[] = [];
  const held = {
    ...inlineMiner(),
    search: () => new Promise<string | undefined>((resolve) => void answers.push(resolve)),
  };
  const engine = await openProofOfWork(ledger.options(ledger.stores(), { clock, miner: held }));
  const first = engine.mine();
  const body = { organization: ledger.organization, pseudonym: ledger.next(16) as Pseudonym, publicKey: null };
  const brief = ledger.sign('enrol-person', body, Date.now() + 2_000);
  const lasting = ledger.enrol();
  await engine.submit(brief);
  await engine.submit(lasting);
  const dropped = assert.rejects(engine.whenFinal(transactionId(brief), SHORTLY_MS), /transaction-expired/);
  offsetMs = 60_000;
  answers.shift()?.('0'.repeat(16));
  await first;
  while (answers.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  answers.shift()?.('0'.repeat(16));
  assert.equal(await engine.whenFinal(transactionId(lasting), SHORTLY_MS), 'final');
  await dropped;
  assert.equal(engine.finality(transactionId(brief)), undefined);
  await engine.close();
});

test('a verifier is asked once for each signature', async () => {
  const ledger = createTestLedger();
  let asked = 0;
  const verifier = {
    verify(...check: Parameters<typeof nodeVerifier.verify>) {
      asked += 1;
      return nodeVerifier.verify(...check);
    },
  };
  const engine = await openProofOfWork(ledger.options(ledger.stores(), { verifier }));
  await Promise.all(Array.from({ length: 20 }, () => engine.submit(ledger.enrol())));
  await engine.mine();
  assert.equal(asked, 20);
  await engine.close();
});
