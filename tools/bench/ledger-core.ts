// What the ledger's pure core costs, one thread, no disk and no signatures: one transaction from bytes to state, one key of
// the state tree, one receipt, and the size of a state proof when the tree is large.
import { sha256, toHex, utf8 } from '@clearchart/crypto';
import {
  applyTransaction,
  chainIdOf,
  draftBlock,
  draftTransaction,
  encodeTransaction,
  type Genesis,
  genesisParent,
  genesisState,
  type Header,
  headerSignatureMessage,
  isRejection,
  keyHashOf,
  type NodeReader,
  parseTransaction,
  proveInclusion,
  proveState,
  recordKey,
  type StateChanges,
  type StateNode,
  StateOverlay,
  type StateReader,
  signTransaction,
  type Transaction,
  transactionId,
  verifyReceipt,
  verifyState,
} from '@clearchart/ledger';
import { createSigner, nodeVerifier } from '@clearchart/node-crypto';
import { randomBytes } from 'node:crypto';

const TRANSACTIONS = 5_000;
const TREE_KEYS = 100_000;
const LARGE_TREE_KEYS = Number(process.env['BENCH_STATE_KEYS'] ?? 1_000_000);
const ROUNDS = 5;

const hex = (length: number) => randomBytes(length).toString('hex');
const signer = createSigner(randomBytes(32));
const organization = hex(16);
const genesis = {
  version: 1,
  engine: 'proof-of-work',
  createdAt: 1_795_000_000_000,
  target: 'f'.repeat(64),
  limits: { transactionsPerBlock: 500, blockBytes: 4 * 1024 * 1024 },
  members: [{ organization, name: 'Bench', publicKey: toHex(signer.publicKey) }],
  salt: hex(32),
} as unknown as Genesis;
const chainId = chainIdOf(genesis);
const time = genesis.createdAt + 1_000;

/** Nodes by the first six bytes of their hash: two million of them in 150 MB. */
class NodeTable implements NodeReader {
  readonly #nodes = new Map<number, Uint8Array>();
  #chunk = new Uint8Array(0);
  #used = 0;

  #name(hash: Uint8Array): number {
    let name = 0;
    for (let index = 0; index < 6; index += 1) name = name * 256 + (hash[index] as number);
    return name;
  }
  node(hash: Uint8Array): StateNode | undefined {
    return this.#nodes.get(this.#name(hash));
  }
  add(node: StateNode): void {
    if (this.#used + node.length > this.#chunk.length) {
      this.#chunk = new Uint8Array(65 * 16_384);
      this.#used = 0;
    }
    this.#chunk.set(node, this.#used);
    this.#nodes.set(this.#name(sha256(node)), this.#chunk.subarray(this.#used, this.#used + node.length));
    this.#used += node.length;
  }
}

class MemoryState extends NodeTable implements StateReader {
  root: Uint8Array = new Uint8Array(32);
  readonly #entries = new Map<string, Uint8Array>();
  get(key: string): Uint8Array | undefined {
    return this.#entries.get(key);
  }
  isUsed(): boolean {
    return false;
  }
  take(changes: StateChanges): void {
    this.root = changes.root;
    for (const [key, value] of changes.entries) if (value !== undefined) this.#entries.set(key, value);
    for (const node of changes.nodes.values()) this.add(node);
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[values.length >> 1] ?? Number.NaN;
}

/** Median over the rounds of the mean of one piece of work; processor time, so that neighbours on the machine count less. */
function microseconds(pieces: number, work: (round: number) => void): number {
  const rounds = Array.from({ length: ROUNDS + 1 }, (_, round) => {
    const start = process.cpuUsage();
    work(round);
    return process.cpuUsage(start).user / pieces;
  });
  return median(rounds.slice(1));
}

function print(name: string, value: number, unit: string, against: string, reference: number, note: string): void {
  const line = {
    name,
    value: Number(value.toPrecision(4)),
    unit,
    against,
    ratio: Number((value / reference).toFixed(3)),
    note,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function anchorBytes(): Uint8Array {
  const record = { record: hex(16), version: 1, subject: null, categoryTag: hex(16), commitment: hex(32) };
  const draft = draftTransaction({
    chainId,
    type: 'anchor-records',
    body: { organization, records: [record] } as never,
    validUntil: time + 3_600_000,
    nonce: hex(16),
  });
  return encodeTransaction(signTransaction(draft, [{ signer: organization, role: 'organization', key: signer }]));
}

function parsed(bytes: Uint8Array): Transaction {
  const transaction = parseTransaction(bytes);
  if (isRejection(transaction)) throw new Error(transaction.code);
  return transaction;
}

function benchTransactions(): void {
  const state = new MemoryState();
  state.take(genesisState(genesis));
  const rounds = Array.from({ length: ROUNDS + 1 }, () => Array.from({ length: TRANSACTIONS }, anchorBytes));
  const hashing = microseconds(TRANSACTIONS, (round) => {
    for (const bytes of rounds[round] ?? []) sha256(bytes);
  });
  const against = `SHA-256 of its bytes once, ${hashing.toFixed(2)} µs`;
  const length = rounds[0]?.[0]?.length;
  const parsing = microseconds(TRANSACTIONS, (round) => {
    for (const bytes of rounds[round] ?? []) transactionId(parsed(bytes));
  });
  print('transaction: parse and id', parsing, 'µs', against, hashing, `anchor-records of one record, ${length} bytes`);
  const context = { chainId, height: 1, time, checkSignature: () => true };
  const whole = microseconds(TRANSACTIONS, (round) => {
    const overlay = new StateOverlay(state);
    for (const bytes of rounds[round] ?? []) {
      const refused = applyTransaction(parsed(bytes), overlay, context);
      if (refused !== undefined) throw new Error(refused.code);
    }
  });
  print(
    'transaction: parse, id and apply',
    whole,
    'µs',
    against,
    hashing,
    'the same; signature not verified, tree not yet updated',
  );
  const settled = microseconds(TRANSACTIONS, (round) => {
    const overlay = new StateOverlay(state);
    for (const bytes of rounds[round] ?? []) applyTransaction(parsed(bytes), overlay, context);
    overlay.finish(time);
  });
  print(
    'transaction: parse, id, apply and state root',
    settled,
    'µs',
    against,
    hashing,
    `the same, ${TRANSACTIONS} in one block`,
  );
}

/** A tree of so many keys; built in slices by the first byte of the key's hash, so that few nodes are made twice. */
function growTree(keys: number): { state: MemoryState; names: string[] } {
  const state = new MemoryState();
  const names = Array.from({ length: keys }, (_, index) => `record/${index}/1`);
  const slices: string[][] = Array.from({ length: 16 }, () => []);
  for (const name of names) slices[(keyHashOf(name)[0] as number) >> 4]?.push(name);
  for (const slice of slices) {
    const overlay = new StateOverlay(state);
    for (const name of slice) overlay.write(name as never, 1 as never);
    state.take(overlay.finish(time));
  }
  return { state, names };
}

function benchTree(): void {
  const { state } = growTree(TREE_KEYS);
  let next = 0;
  const batch = (size: number): void => {
    const overlay = new StateOverlay(state);
    for (let index = 0; index < size; index += 1) overlay.write(`new/${(next += 1)}` as never, 1 as never);
    overlay.finish(time);
  };
  const single = microseconds(500, () => {
    for (let index = 0; index < 500; index += 1) batch(1);
  });
  const many = microseconds(10_000, () => {
    for (let index = 0; index < 10; index += 1) batch(1_000);
  });
  const node = new Uint8Array(65);
  const hashing = microseconds(20_000, () => {
    for (let index = 0; index < 20_000; index += 1) sha256(node);
  });
  const against = `SHA-256 of one node, ${hashing.toFixed(2)} µs`;
  print('state tree: one key, alone', single, 'µs', against, hashing, `${TREE_KEYS} keys in memory`);
  print('state tree: one key of a batch of 1,000', many, 'µs', against, hashing, `${TREE_KEYS} keys in memory`);
}

function benchProof(): void {
  const { state, names } = growTree(LARGE_TREE_KEYS);
  const root = toHex(state.root) as Header['stateRoot'];
  const chosen = Array.from({ length: 500 }, (_, index) => names[Math.floor((index * names.length) / 500)] as string);
  const present = chosen.map((key) => proveState(state, state.root, key, 1));
  const absent = chosen.map((key) => proveState(state, state.root, `no/${key}`, undefined));
  const sizes = [...present, ...absent].map((proof) => utf8(JSON.stringify(proof)).length);
  const note = `${LARGE_TREE_KEYS} keys, 500 present and 500 absent, as JSON with key and value; largest ${Math.max(...sizes)}`;
  print('state proof, median', median(sizes), 'bytes', 'goal 1,024 bytes', 1_024, note);
  const cost = microseconds(1_000, () => {
    for (const proof of [...present, ...absent])
      if (!verifyState(root, proof)) throw new Error('A proof does not hold');
  });
  print('state proof, checked', cost / 1_000, 'ms', 'goal 5 ms', 5, 'the same proofs');
}

function benchReceipt(): void {
  const state = new MemoryState();
  state.take(genesisState(genesis));
  const transactions = Array.from({ length: 500 }, () => parsed(anchorBytes())) as Transaction<'anchor-records'>[];
  const parent = genesisParent(genesis);
  const proposer = organization as Header['proposer'];
  const drafted = draftBlock(transactions, state, parent, genesis, proposer, time, () => true);
  if (isRejection(drafted)) throw new Error(drafted.code);
  const signature = toHex(signer.sign(headerSignatureMessage(drafted.template)));
  const header = { ...drafted.template, nonce: '0'.repeat(16), signature };
  state.take(drafted.changes);
  const transaction = transactions[250] as Transaction<'anchor-records'>;
  const anchored = transaction.body.records[0];
  if (anchored === undefined) throw new Error('The transaction anchors nothing');
  const { categoryTag, commitment, record } = anchored;
  const value = { categoryTag, commitment, custodian: organization, subject: null };
  const receipt = {
    version: 1,
    record,
    recordVersion: 1,
    commitment,
    transactionId: transactionId(transaction),
    transaction,
    finality: 'final',
    blockHeight: 1,
    genesis,
    memberChanges: [],
    header,
    votes: [],
    inclusionProof: proveInclusion(transactions, 250),
    stateProof: proveState(state, state.root, recordKey(record, 1), value),
  };
  const text = JSON.stringify(receipt);
  const cost = microseconds(50, () => {
    for (let index = 0; index < 50; index += 1) {
      const verdict = verifyReceipt(JSON.parse(text), chainId, nodeVerifier);
      if (!verdict.ok) throw new Error(verdict.reason);
    }
  });
  const message = headerSignatureMessage(header as never);
  const raw = microseconds(50, () => {
    for (let index = 0; index < 50; index += 1)
      nodeVerifier.verify(signer.publicKey, message, Uint8Array.from(Buffer.from(signature, 'hex')));
  });
  const note = `one of 500 transactions, ${text.length} bytes of JSON, parsed; one signature in it`;
  print(
    'receipt, checked',
    cost / 1_000,
    'ms',
    `one signature verified, ${(raw / 1_000).toFixed(3)} ms`,
    raw / 1_000,
    note,
  );
}

benchTransactions();
benchTree();
benchReceipt();
benchProof();
