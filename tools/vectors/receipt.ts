import { sha256, toHex, utf8 } from '@clearchart/crypto';
import {
  type AccessId,
  type Commitment,
  commitmentBytes,
  type OpenedAccess,
  proveInclusion,
  proveState,
  type Receipt,
  recordKey,
  runningHashOf,
  transactionId,
  verifyReceipt,
  verifyOpening,
  type DeclaredAccess,
  nextRunningHash,
  EMPTY_ACCESS_LOG,
  type Hash,
} from '@clearchart/ledger';
import { nodeVerifier } from '@clearchart/node-crypto';
import { chainId, genesis, hospital, person, seededBytes, seededHex } from './actors.ts';
import { makeChain } from './chain.ts';

function goodReceipt(): Receipt {
  const { state, blocks, anchor } = makeChain();
  const [block, last] = blocks;
  const [anchored] = anchor.body.records;
  if (block === undefined || last === undefined || anchored === undefined)
    throw new Error('vectors: the chain is short');
  const { record, version, commitment, subject, categoryTag } = anchored;
  const root = Uint8Array.from(Buffer.from(block.header.stateRoot, 'hex'));
  const value = { categoryTag, commitment, custodian: hospital.organization, subject };
  return {
    version: 1,
    record,
    recordVersion: version,
    commitment,
    transactionId: transactionId(anchor),
    transaction: anchor,
    finality: 'final',
    blockHeight: 1,
    genesis,
    memberChanges: [],
    header: block.header,
    votes: [],
    inclusionProof: proveInclusion(block.transactions, 1),
    stateProof: proveState(state, root, recordKey(record, version), value),
  };
}

function flip(digits: string): string {
  return (digits.startsWith('0') ? '1' : '0') + digits.slice(1);
}

type Change = (good: Receipt) => unknown;

const TAMPERED: readonly { readonly why: string; readonly change: Change }[] = [
  { why: 'another version of the format', change: (good) => ({ ...good, version: 2 }) },
  { why: 'another commitment', change: (good) => ({ ...good, commitment: flip(good.commitment) }) },
  { why: 'another version of the record', change: (good) => ({ ...good, recordVersion: 2 }) },
  { why: 'another record', change: (good) => ({ ...good, record: flip(good.record) }) },
  { why: 'another transaction id', change: (good) => ({ ...good, transactionId: flip(good.transactionId) }) },
  {
    why: 'a transaction changed after it was included',
    change: (good) => ({ ...good, transaction: { ...good.transaction, validUntil: good.transaction.validUntil + 1 } }),
  },
  { why: 'another height', change: (good) => ({ ...good, blockHeight: 2 }) },
  {
    why: 'a header changed after it was signed',
    change: ({ header, ...good }) => ({ ...good, header: { ...header, time: header.time + 1 } }),
  },
  {
    why: 'a header with another nonce',
    change: ({ header, ...good }) => ({ ...good, header: { ...header, nonce: 'f'.repeat(16) } }),
  },
  {
    why: 'the founding file of another chain',
    change: (good) => ({ ...good, genesis: { ...good.genesis, createdAt: good.genesis.createdAt + 1 } }),
  },
  { why: 'votes where none are understood', change: (good) => ({ ...good, votes: [{}] }) },
  {
    why: 'another place in the block',
    change: (good) => ({ ...good, inclusionProof: { ...good.inclusionProof, index: 0 } }),
  },
  {
    why: 'no path in the block',
    change: (good) => ({ ...good, inclusionProof: { ...good.inclusionProof, path: [] } }),
  },
  {
    why: 'another value in the state',
    change: (good) => ({ ...good, stateProof: { ...good.stateProof, value: null } }),
  },
  {
    why: 'a state proof of another key',
    change: (good) => ({ ...good, stateProof: { ...good.stateProof, key: 'members' } }),
  },
  { why: 'a member more', change: (good) => ({ ...good, note: 'believe me' }) },
  { why: 'a member less', change: (good) => ({ ...good, stateProof: undefined }) },
  { why: 'null', change: () => null },
];

export function receiptVectors(): unknown {
  const good = goodReceipt();
  const cases = [{ why: 'as the chain made it', change: (receipt: Receipt): unknown => receipt }, ...TAMPERED];
  return {
    sentences: 'L47 L48 L49 L51 L54',
    about:
      'Each receipt, checked against chainId, has this verdict. Reasons are in words and not part of the protocol.',
    chainId,
    receipts: cases.map(({ why, change }) => {
      const receipt: unknown = JSON.parse(JSON.stringify(change(good)));
      return { why, ok: verifyReceipt(receipt, chainId, nodeVerifier).ok, receipt };
    }),
  };
}

export function commitmentVectors(): unknown {
  const content = {
    resourceType: 'Observation',
    status: 'final',
    valueQuantity: { value: 6.3, unit: 'mmol/L' },
    note: 'süß',
  };
  const canonical =
    '{"note":"süß","resourceType":"Observation","status":"final","valueQuantity":{"unit":"mmol/L","value":6.3}}';
  const commitmentKey = seededBytes('commitment-key');
  const sealedHash = sha256(seededBytes('sealed'));
  const salt = seededBytes('commitment-salt');
  const commitment = toHex(commitmentBytes(commitmentKey, sealedHash, salt, utf8(canonical))) as Commitment;
  const opening = { commitmentKey: toHex(commitmentKey), sealedHash: toHex(sealedHash), salt: toHex(salt), content };
  const cases = [
    { why: 'as it was sealed', opening },
    { why: 'another content', opening: { ...opening, content: { ...content, status: 'amended' } } },
    { why: 'another salt', opening: { ...opening, salt: toHex(seededBytes('commitment-salt', 1)) } },
    { why: 'another key', opening: { ...opening, commitmentKey: toHex(seededBytes('commitment-key', 1)) } },
    { why: 'other sealed bytes', opening: { ...opening, sealedHash: toHex(sha256(seededBytes('sealed', 1))) } },
  ];
  return {
    sentences: 'L52',
    canonicalContent: toHex(utf8(canonical)),
    commitment,
    openings: cases.map((one) => ({ ...one, ok: verifyOpening(one.opening, commitment) })),
  };
}

export function accessLogVectors(): unknown {
  const { organization } = hospital;
  const opened = (index: number, purpose: OpenedAccess['purpose']): OpenedAccess => ({
    kind: 'opened',
    access: seededHex('access', 16, index),
    patient: person.pseudonym,
    purpose,
    at: genesis.createdAt + index,
    detail: seededHex('detail', 32, index),
  });
  const closed = {
    kind: 'closed',
    access: seededHex<AccessId>('access', 16, 1),
    patient: person.pseudonym,
    count: 2,
    root: seededHex<Hash>('reads', 32, 1),
  } as const;
  const list = [opened(1, 'TREAT'), opened(2, 'ETREAT'), closed].map(
    (entry): DeclaredAccess => ({ entry, organization }),
  );
  let runningHash = EMPTY_ACCESS_LOG;
  const steps = list.map((declared) => {
    runningHash = nextRunningHash(runningHash, declared);
    return { ...declared, runningHash };
  });
  if (runningHashOf(list) !== runningHash) throw new Error('vectors: the running hash is not the one of the list');
  return { sentences: 'L27', before: EMPTY_ACCESS_LOG, steps };
}
