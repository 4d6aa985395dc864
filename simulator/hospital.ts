// What a hospital sends to its ledger, made from the seed: transactions of every type, good ones and bad ones. It learns
// only from final blocks, as the real one does, so it never builds on what a crash took back.
import { toHex } from '@clearchart/crypto';
import {
  type Block,
  type Genesis,
  type OrganizationId,
  type Pseudonym,
  type SigningKey,
  type Transaction,
  type TransactionBody,
  type TransactionType,
  ROTATION_EVERY_MS,
  chainIdOf,
  draftTransaction,
  signTransaction,
} from '@clearchart/ledger';
import { createSigner } from '@clearchart/node-crypto';
import type { Signer } from '@clearchart/crypto';
import type { SeededRandom } from './random.ts';

const EASIEST_TARGET = 'f'.repeat(64);
const VALID_FOR_MS = 4 * 3_600_000;

type Person = {
  pseudonym: Pseudonym;
  key: Signer | undefined;
  isRetired: boolean;
  isReplacing: boolean;
  /** The hospital keeps the key. */
  isKept: boolean;
};
/** Types after which the person has the key of the body. */
const ENDS_REPLACEMENT: ReadonlySet<string> = new Set([
  'hand-over-custody',
  'rotate-person-key',
  'veto-key-replacement',
  'withdraw-key-replacement',
]);
const GIVES_KEY: ReadonlySet<string> = new Set([
  'bind-person-key',
  'hand-over-custody',
  'rotate-person-key',
  'take-custody',
]);
type Access = { access: string; patient: Pseudonym };

export class Hospital {
  readonly genesis: Genesis;
  readonly organization: OrganizationId;
  #random: SeededRandom;
  readonly #signers = new Map<string, Signer>();
  #key: Signer;
  readonly #people = new Map<string, Person>();
  readonly #records = new Map<string, number>();
  readonly #open = new Map<string, Access>();
  #completeMs = 0;
  /** A new key of the hospital is decided and not in force yet. */
  #isChanging = false;
  /** Block time from which the ledger takes another key of the hospital. */
  #mayRotateMs = 0;

  constructor(random: SeededRandom, foundedMs: number) {
    this.#random = random;
    this.#key = this.#newKey();
    this.organization = this.#hex(16) as OrganizationId;
    this.genesis = {
      version: 1,
      engine: 'proof-of-work',
      createdAt: foundedMs,
      target: EASIEST_TARGET,
      limits: { transactionsPerBlock: 6, blockBytes: 64 * 1024 },
      members: [{ organization: this.organization, name: 'Simulated', publicKey: toHex(this.#key.publicKey) }],
      salt: this.#hex(32),
    } as unknown as Genesis;
  }

  signerFor = (publicKey: Uint8Array): Signer | undefined => this.#signers.get(toHex(publicKey));

  /** Good for a ledger that holds exactly what has been learned and nothing else that waits. */
  transaction(nowMs: number): Transaction {
    const people = [...this.#people.values()].filter(({ isRetired }) => !isRetired);
    const person = people.length > 0 ? this.#random.pick(people) : undefined;
    if (person === undefined) return this.#enrol(nowMs);
    const { pseudonym, key } = person;
    const { organization } = this;
    const open = [...this.#open.values()];
    switch (this.#random.below(12)) {
      case 0:
      case 1:
        return this.#enrol(nowMs);
      case 2:
        if (key === undefined && this.#random.chance(0.5))
          return this.#withNewKey('take-custody', { organization, pseudonym }, nowMs, [this.#own()]);
        if (key === undefined)
          return this.#withNewKey('bind-person-key', { organization, pseudonym }, nowMs, [this.#own()]);
        if (person.isKept) {
          return this.#withNewKey('hand-over-custody', { organization, pseudonym }, nowMs, [
            this.#own(),
            { signer: pseudonym, role: 'person', key },
          ]);
        }
        if (person.isReplacing && this.#random.chance(0.3))
          return this.#signed('withdraw-key-replacement', { organization, pseudonym }, nowMs);
        if (person.isReplacing) {
          return this.#signed('veto-key-replacement', { pseudonym }, nowMs, [
            { signer: pseudonym, role: 'person', key },
          ]);
        }
        if (this.#random.chance(0.5))
          return this.#withNewKey('request-key-replacement', { organization, pseudonym }, nowMs, [this.#own()]);
        return this.#withNewKey('rotate-person-key', { pseudonym }, nowMs, [
          { signer: pseudonym, role: 'person', key },
        ]);
      case 3:
        return this.#signed('retire-person', { organization, pseudonym }, nowMs);
      case 4:
        if (this.#isChanging) return this.#signed('activate-members', { organization }, nowMs);
        if (nowMs < this.#mayRotateMs) return this.#enrol(nowMs);
        return this.#withNewKey('rotate-organization-key', { organization }, nowMs, [this.#own()]);
      case 5:
      case 6: {
        const closing = open.length > 0 ? [this.#random.pick(open)] : [];
        const closed = closing.map((one) => ({ kind: 'closed', ...one, count: 3, root: this.#hex(32) }));
        const opened = {
          kind: 'opened',
          access: this.#hex(16),
          patient: pseudonym,
          purpose: 'TREAT',
          at: nowMs,
          detail: this.#hex(32),
        };
        return this.#signed('log-accesses', { organization, entries: [opened, ...closed], completeUpTo: null }, nowMs);
      }
      case 7:
        if (nowMs <= this.#completeMs) return this.#enrol(nowMs);
        return this.#signed('log-accesses', { organization, entries: [], completeUpTo: nowMs }, nowMs);
      default:
        return this.#anchor(pseudonym, nowMs);
    }
  }

  /** Always good, whatever else waits. */
  enrolment(nowMs: number): Transaction {
    return this.#enrol(nowMs);
  }

  /** Same hospital, other chance from now on. */
  reseed(random: SeededRandom): void {
    this.#random = random;
  }

  /** Bad in a way that the ledger must see. */
  badTransaction(nowMs: number): Transaction {
    const { organization } = this;
    const enrolled = this.#random.pick([...this.#people.keys(), this.#hex(16)]);
    switch (this.#random.below(4)) {
      case 0:
        return this.#signed(
          'enrol-person',
          { organization, pseudonym: this.#hex(16), publicKey: null },
          nowMs - 2 * VALID_FOR_MS,
        );
      case 1:
        return this.#signed('retire-person', { organization, pseudonym: this.#hex(16) }, nowMs);
      case 2: {
        const thief = {
          signer: organization,
          role: 'organization',
          key: createSigner(this.#random.bytes(32)),
        } as const;
        return this.#signed('enrol-person', { organization, pseudonym: enrolled, publicKey: null }, nowMs, [thief]);
      }
      default:
        return this.#signed(
          'enrol-person',
          { organization: this.#hex(16), pseudonym: this.#hex(16), publicKey: null },
          nowMs,
        );
    }
  }

  learn(block: Block): void {
    for (const transaction of block.transactions) {
      this.#learn(transaction);
      if (transaction.type === 'activate-members') this.#mayRotateMs = block.header.time + ROTATION_EVERY_MS;
    }
  }

  #learn({ type, body }: Transaction): void {
    const facts = body as unknown as Record<string, unknown>;
    const pseudonym = facts['pseudonym'] as Pseudonym;
    const key = this.#signers.get(String(facts['publicKey']));
    const person = this.#people.get(pseudonym);
    if (type === 'enrol-person')
      this.#people.set(pseudonym, { pseudonym, key, isRetired: false, isReplacing: false, isKept: false });
    if (type === 'retire-person' && person !== undefined) person.isRetired = true;
    if (GIVES_KEY.has(type) && person !== undefined) {
      person.key = key;
      person.isKept = type === 'take-custody';
    }
    if (type === 'request-key-replacement' && person !== undefined) person.isReplacing = true;
    if (ENDS_REPLACEMENT.has(type) && person !== undefined) person.isReplacing = false;
    if (type === 'rotate-organization-key' && key !== undefined) this.#key = key;
    if (type === 'rotate-organization-key') this.#isChanging = true;
    if (type === 'activate-members') this.#isChanging = false;
    if (type === 'anchor-records') {
      for (const { record, version } of facts['records'] as { record: string; version: number }[])
        this.#records.set(record, version);
    }
    if (type === 'log-accesses') {
      this.#completeMs = Math.max(this.#completeMs, Number(facts['completeUpTo'] ?? 0));
      for (const { kind, access, patient } of facts['entries'] as (Access & { kind: string })[]) {
        if (kind === 'opened') this.#open.set(access, { access, patient });
        else this.#open.delete(access);
      }
    }
  }

  #enrol(nowMs: number): Transaction {
    const body = { organization: this.organization, pseudonym: this.#hex(16) };
    if (this.#random.chance(0.5)) return this.#signed('enrol-person', { ...body, publicKey: null }, nowMs);
    return this.#withNewKey('enrol-person', body, nowMs, [this.#own()]);
  }

  #anchor(subject: Pseudonym, nowMs: number): Transaction {
    const known = [...this.#records];
    const records = Array.from({ length: 1 + this.#random.below(3) }, () => this.#anchored(this.#hex(16), 1, subject));
    if (known.length > 0 && this.#random.chance(0.5)) {
      const [record, version] = this.#random.pick(known);
      records.push(this.#anchored(record, version + 1, subject));
    }
    return this.#signed('anchor-records', { organization: this.organization, records }, nowMs);
  }

  #anchored(record: string, version: number, subject: Pseudonym) {
    return { record, version, subject, categoryTag: this.#hex(16), commitment: this.#hex(32) };
  }

  #withNewKey(
    type: TransactionType,
    body: { pseudonym?: string; organization?: string },
    nowMs: number,
    signers: SigningKey[],
  ): Transaction {
    const key = this.#newKey();
    const signer = body.pseudonym ?? this.organization;
    const all: SigningKey[] = [...signers, { signer, role: 'new-key', key }];
    return this.#signed(type, { ...body, publicKey: toHex(key.publicKey) }, nowMs, all);
  }

  #signed(
    type: TransactionType,
    body: object,
    nowMs: number,
    signers: readonly SigningKey[] = [this.#own()],
  ): Transaction {
    const draft = draftTransaction({
      chainId: chainIdOf(this.genesis),
      type,
      body: body as TransactionBody<TransactionType>,
      validUntil: nowMs + VALID_FOR_MS,
      nonce: this.#hex(16),
    });
    return signTransaction(draft, signers) as Transaction;
  }

  #own(): SigningKey {
    return { signer: this.organization, role: 'organization', key: this.#key };
  }

  #newKey(): Signer {
    const key = createSigner(this.#random.bytes(32));
    this.#signers.set(toHex(key.publicKey), key);
    return key;
  }

  #hex(bytes: number): string {
    return toHex(this.#random.bytes(bytes));
  }
}
