/** What the blocks say about this hospital: gathered by the checker while it reads them, to hold the records against. */
import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import {
  type AccessEntry,
  type Block,
  encodeTransaction,
  type Genesis,
  type MembershipApplication,
  type Transaction,
  transactionId,
} from '@clearchart/ledger';
import { createAccessTables, openAccessEntries } from '../accesses/index.ts';

export interface LedgerTransaction {
  readonly height: number;
  /** SHA-256 over the whole bytes, signatures too; hex. */
  readonly hash: string;
}

export function hashOfBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Signed by a person, of this hospital or another: they name no organization. */
const BY_PERSON: ReadonlySet<string> = new Set(['rotate-person-key', 'veto-key-replacement']);

/** Once they are in a block. */
const ENDS_CUSTODY: ReadonlySet<string> = new Set([
  'complete-key-replacement',
  'hand-over-custody',
  'retire-person',
  'rotate-person-key',
]);

export class LedgerContents {
  /** 64 hex by `record/version`. */
  readonly commitments = new Map<string, string>();
  /** This hospital's own, by id. */
  readonly own = new Map<string, LedgerTransaction>();
  /** Of people, by id. */
  readonly byPerson = new Map<string, LedgerTransaction>();
  /** Public keys in custody here, by pseudonym. */
  readonly kept = new Map<string, string>();
  readonly opened = new Map<string, AccessEntry>();
  readonly closed = new Map<string, AccessEntry>();
  /** The tables a node derives from blocks, derived again. */
  readonly derived = new DatabaseSync(':memory:');
  readonly organization: string;
  readonly #entries;
  /** Of the organization, as the last block leaves it; hex. */
  publicKey: string | undefined;
  /** All it ever had. */
  readonly publicKeys: Set<string>;
  /** As the founding file or its application names it; undefined before it is admitted. */
  name: string | undefined;
  height = 0;

  /** @param heldKeys Those with which the hospital signs now; hex. */
  constructor(organization: string, genesis: Genesis, heldKeys: readonly string[]) {
    this.organization = organization;
    const founder = genesis.members.find((member) => member.organization === organization);
    this.publicKeys = new Set(founder === undefined ? heldKeys : [founder.publicKey, ...heldKeys]);
    this.publicKey = founder?.publicKey;
    this.name = founder?.name;
    createAccessTables(this.derived);
    this.#entries = openAccessEntries(this.derived);
  }

  add(block: Block): void {
    this.height = block.header.height;
    this.#entries.apply(block);
    for (const transaction of block.transactions) {
      const { body } = transaction;
      if (transaction.type === 'take-custody' && transaction.body.organization === this.organization)
        this.kept.set(transaction.body.pseudonym, transaction.body.publicKey);
      else if (ENDS_CUSTODY.has(transaction.type) && 'pseudonym' in body) this.kept.delete(body.pseudonym);
      // One that joined later than the founding is introduced by its own application.
      if (transaction.type === 'admit-organization' && transaction.body.application.organization === this.organization)
        this.#admitted(transaction.body.application);
      if ('organization' in body && body.organization === this.organization) {
        this.#addOwn(transaction, block.header.height);
      } else if (BY_PERSON.has(transaction.type)) {
        const hash = hashOfBytes(encodeTransaction(transaction));
        this.byPerson.set(transactionId(transaction), { height: block.header.height, hash });
      }
    }
  }

  #admitted({ name, publicKey }: MembershipApplication): void {
    this.name = name;
    this.#changeKey(publicKey);
  }

  #changeKey(publicKey: string): void {
    this.publicKeys.add(publicKey);
    this.publicKey = publicKey;
  }

  #addOwn(transaction: Transaction, height: number): void {
    this.own.set(transactionId(transaction), { height, hash: hashOfBytes(encodeTransaction(transaction)) });
    if (transaction.type === 'anchor-records') {
      for (const { record, version, commitment } of transaction.body.records) {
        this.commitments.set(`${record}/${version}`, commitment);
      }
    } else if (transaction.type === 'log-accesses') {
      for (const entry of transaction.body.entries) {
        (entry.kind === 'opened' ? this.opened : this.closed).set(entry.access, entry);
      }
    } else if (transaction.type === 'rotate-organization-key') {
      this.#changeKey(transaction.body.publicKey);
    }
  }

  close(): void {
    this.derived.close();
  }
}
