/** A short chain for tests: blocks of random facts made with the ledger's own rules on whatever state is given. */
import { labelledHash, toHex, utf8 } from '@clearchart/crypto';
import {
  type Block,
  type BlockParent,
  type CommittedBlock,
  type Genesis,
  type Header,
  type Pseudonym,
  type StateChanges,
  type StateReader,
  type Transaction,
  type TransactionBody,
  type TransactionType,
  applyBlock,
  chainIdOf,
  draftBlock,
  draftTransaction,
  encodeBlock,
  genesisParent,
  headerHash,
  headerSignatureMessage,
  isRejection,
  parentOf,
  signTransaction,
  transactionId,
} from '@clearchart/ledger';
import { createSigner, nodeVerifier } from '@clearchart/node-crypto';

const FOUNDED_MS = 1_795_000_000_000;
const signer = createSigner(bytes('signer'));
const renewed = createSigner(bytes('renewed signer'));
/** The block that decides on another key of the hospital, and the one that brings it into force. */
export const DECIDED_AT = 2;
export const ACTIVATED_AT = 4;
const organization = toHex(bytes('organization').subarray(0, 16)) as Header['proposer'];

export const genesis = {
  version: 1,
  engine: 'proof-of-work',
  createdAt: FOUNDED_MS,
  target: 'f'.repeat(64),
  limits: { transactionsPerBlock: 100, blockBytes: 1024 * 1024 },
  members: [{ organization, name: 'City General', publicKey: toHex(signer.publicKey) }],
  salt: toHex(bytes('salt')),
} as unknown as Genesis;

export const checkSignature = (check: { publicKey: Uint8Array; message: Uint8Array; signature: Uint8Array }) =>
  nodeVerifier.verify(check.publicKey, check.message, check.signature);

export type MadeBlock = { block: Block; bytes: Uint8Array; committed: CommittedBlock; changes: StateChanges };

/** Makes blocks one after the other; hours pass between some, so that buckets of used ids are dropped. */
export function createChain() {
  let parent: BlockParent = genesisParent(genesis);
  let counter = 0;
  const people: Pseudonym[] = [];
  const hex = (length: number): string => {
    counter += 1;
    return toHex(bytes(`value ${counter}`).subarray(0, length));
  };
  const sign = (type: TransactionType, body: object, time: number): Transaction => {
    const draft = draftTransaction({
      chainId: chainIdOf(genesis),
      type,
      body: body as TransactionBody<TransactionType>,
      validUntil: time + 60_000 * (1 + (counter % 300)),
      nonce: hex(16),
    });
    const by = parent.height < DECIDED_AT ? signer : renewed;
    const own = { signer: organization, role: 'organization', key: by } as const;
    const taken = { signer: organization, role: 'new-key', key: renewed } as const;
    return signTransaction(draft, type === 'rotate-organization-key' ? [own, taken] : [own]) as Transaction;
  };
  /** What changes the members in the next block, last of all. */
  const change = (time: number): Transaction[] => {
    const publicKey = toHex(renewed.publicKey);
    if (parent.height + 1 === DECIDED_AT) return [sign('rotate-organization-key', { organization, publicKey }, time)];
    return parent.height + 1 === ACTIVATED_AT ? [sign('activate-members', { organization }, time)] : [];
  };
  const transaction = (index: number, time: number): Transaction => {
    if (index % 3 === 0 || people.length === 0) {
      const pseudonym = hex(16) as Pseudonym;
      people.push(pseudonym);
      return sign('enrol-person', { organization, pseudonym, publicKey: null }, time);
    }
    const record = { record: hex(16), version: 1, subject: people[0], categoryTag: hex(16), commitment: hex(32) };
    return sign('anchor-records', { organization, records: [record] }, time);
  };
  return {
    next(state: StateReader, transactions: number): MadeBlock {
      const time = parent.time + (parent.height % 4 === 3 ? 2 * 3_600_000 : 1_000);
      const facts = Array.from({ length: transactions }, (_, index) => transaction(index, time));
      const list = [...facts, ...change(time)];
      const drafted = draftBlock(list, state, parent, genesis, organization, time, checkSignature);
      if (isRejection(drafted)) throw new Error(drafted.code);
      const by = parent.height < ACTIVATED_AT ? signer : renewed;
      const signature = toHex(by.sign(headerSignatureMessage(drafted.template))) as Header['signature'];
      const block = { header: { ...drafted.template, nonce: '0'.repeat(16), signature }, transactions: list };
      const changes = applyBlock(block, state, parent, genesis, checkSignature);
      if (isRejection(changes)) throw new Error(changes.code);
      parent = parentOf(block.header);
      const committed = { header: block.header, hash: headerHash(block.header), ids: list.map(transactionId) };
      return { block, bytes: encodeBlock(block), committed, changes };
    },
  };
}

function bytes(name: string): Uint8Array {
  return labelledHash('clearchart/test', utf8(name));
}
