import { toHex } from '@clearchart/crypto';
import {
  type AccessId,
  encodeCanonical,
  encodeTransaction,
  type Hash,
  isRejection,
  parseTransaction,
  signatureMessage,
  type Transaction,
  transactionId,
} from '@clearchart/ledger';
import {
  anchored,
  asHospital,
  chainId,
  FOUNDED_AT,
  hospital,
  hospitalNext,
  otherHospital,
  person,
  personNext,
  privateKeys,
  seededHex,
  signed,
} from './actors.ts';
import { application, conflictingVotes } from './members.ts';

const { organization } = hospital;
const { pseudonym } = person;

export function everyType(): Transaction[] {
  const access = seededHex<AccessId>('access', 16);
  const detail = seededHex<Hash>('detail', 32);
  const root = seededHex<Hash>('reads', 32);
  const entries = [
    { kind: 'opened', access, patient: pseudonym, purpose: 'TREAT', at: FOUNDED_AT + 500, detail },
    { kind: 'closed', access, patient: pseudonym, count: 3, root },
  ] as const;
  const bindsPerson = { signer: pseudonym, role: 'new-key', key: person.key } as const;
  return [
    signed('enrol-person', { organization, pseudonym, publicKey: null }, [asHospital], 1),
    signed('enrol-person', { organization, pseudonym, publicKey: person.publicKey }, [asHospital, bindsPerson], 2),
    signed('bind-person-key', { organization, pseudonym, publicKey: person.publicKey }, [asHospital, bindsPerson], 3),
    signed(
      'rotate-person-key',
      { pseudonym, publicKey: personNext.publicKey },
      [
        { signer: pseudonym, role: 'person', key: person.key },
        { signer: pseudonym, role: 'new-key', key: personNext.key },
      ],
      4,
    ),
    signed('retire-person', { organization, pseudonym }, [asHospital], 5),
    signed('anchor-records', { organization, records: [anchored(1, pseudonym), anchored(2, null)] }, [asHospital], 6),
    signed('log-accesses', { organization, entries, completeUpTo: FOUNDED_AT + 900 }, [asHospital], 7),
    signed(
      'rotate-organization-key',
      { organization, publicKey: hospitalNext.publicKey },
      [asHospital, { signer: organization, role: 'new-key', key: hospitalNext.key }],
      8,
    ),
    signed(
      'request-key-replacement',
      { organization, pseudonym, publicKey: personNext.publicKey },
      [asHospital, { signer: pseudonym, role: 'new-key', key: personNext.key }],
      9,
    ),
    signed('veto-key-replacement', { pseudonym }, [{ signer: pseudonym, role: 'person', key: person.key }], 10),
    signed('complete-key-replacement', { organization, pseudonym }, [asHospital], 11),
    signed('take-custody', { organization, pseudonym, publicKey: person.publicKey }, [asHospital, bindsPerson], 12),
    signed(
      'hand-over-custody',
      { organization, pseudonym, publicKey: personNext.publicKey },
      [
        asHospital,
        { signer: pseudonym, role: 'new-key', key: personNext.key },
        { signer: pseudonym, role: 'person', key: person.key },
      ],
      13,
    ),
    signed('withdraw-key-replacement', { organization, pseudonym }, [asHospital], 14),
    signed('admit-organization', { organization, application: application() }, [asHospital], 15),
    signed('retire-organization', { organization, member: otherHospital.organization }, [asHospital], 16),
    signed('activate-members', { organization }, [asHospital], 17),
    signed('announce-address', { organization, address: 'https://sued.example:8443' }, [asHospital], 18),
    signed('report-misbehaviour', { organization, ...conflictingVotes() }, [asHospital], 19),
  ];
}

type Change = (transaction: Transaction) => unknown;

const first = (transaction: Transaction) => transaction.signatures[0];

const REFUSED: readonly { readonly why: string; readonly change: Change }[] = [
  { why: 'a member more', change: (one) => ({ ...one, note: 'x' }) },
  { why: 'another version', change: (one) => ({ ...one, version: 2 }) },
  { why: 'an unknown type', change: (one) => ({ ...one, type: 'grant-everything' }) },
  { why: 'a member more in the body', change: (one) => ({ ...one, body: { ...one.body, note: 'x' } }) },
  { why: 'upper-case digits', change: (one) => ({ ...one, nonce: one.nonce.toUpperCase() }) },
  { why: 'no signature', change: (one) => ({ ...one, signatures: [] }) },
  { why: 'a signature twice', change: (one) => ({ ...one, signatures: [first(one), first(one)] }) },
  { why: 'five signatures', change: (one) => ({ ...one, signatures: Array.from({ length: 5 }, () => first(one)) }) },
];

export function transactionVectors(): unknown {
  const [enrol] = everyType();
  if (enrol === undefined) throw new Error('vectors: there is no transaction');
  return {
    sentences: 'L5 L6 L7 L8 L9 L16 L17 L18 L19 L20 L21 L24 L25 L26 L56 L57 L58 L59 L61 L64 L66 L67 L68 L69 L70',
    privateKeys,
    chainId,
    transactions: everyType().map((transaction) => {
      const id = transactionId(transaction);
      const { signatures, ...draft } = transaction;
      return {
        type: transaction.type,
        withoutSignatures: toHex(encodeCanonical(draft)),
        id,
        signatures: signatures.map((one) => ({ ...one, message: toHex(signatureMessage(id, one.role)) })),
        canonical: toHex(encodeTransaction(transaction)),
      };
    }),
    refused: REFUSED.map(({ why, change }) => {
      const bytes = encodeCanonical(change(enrol));
      const parsed = parseTransaction(bytes);
      return { why, bytes: toHex(bytes), code: isRejection(parsed) ? parsed.code : 'accepted' };
    }),
  };
}
