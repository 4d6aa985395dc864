// What a hospital sends to its ledger, made from the seed: transactions of every type, good ones and bad ones. It learns
// only from final blocks, as the real one does, so it never builds on what a crash took back.
import { toHex } from '@clearchart/crypto';
import {
  type Block,
  type ChainId,
  type Evidence,
  type MembershipApplication,
  type OrganizationId,
  type Pseudonym,
  type SigningKey,
  type Transaction,
  type TransactionBody,
  type TransactionType,
  draftTransaction,
  inReportOrder,
  organizationIdOf,
  signApplication,
  signTransaction,
} from '@clearchart/ledger';
import type { Signer } from '@clearchart/crypto';
import { HospitalMemory } from './hospital-memory.ts';
import type { SeededRandom } from './random.ts';

/** Of those enrolled; to look at a new key takes long, so most have none. */
const KEYLESS_RATE = 0.85;
const VALID_FOR_MS = 4 * 3_600_000;
/** Some expire soon, so that a replay finds their hour over. */
const VALID_CHOICES_MS = [120_000, 2_400_000, VALID_FOR_MS];

export class Hospital {
  readonly organization: OrganizationId;
  readonly #name: string;
  #random: SeededRandom;
  #chainId: ChainId | undefined;
  readonly #signers = new Map<string, Signer>();
  #key: Signer;
  readonly #memory: HospitalMemory;
  /** The members are changing, and no further change is taken. */
  #isChanging = false;
  readonly #createSigner: (seed: Uint8Array) => Signer;

  constructor(random: SeededRandom, name: string, createSigner: (seed: Uint8Array) => Signer) {
    this.#random = random;
    this.#name = name;
    this.#createSigner = createSigner;
    this.#key = this.#newKey();
    this.organization = organizationIdOf(this.#key.publicKey);
    this.#memory = new HospitalMemory(this.organization, this.#signers);
  }

  /** The chain it belongs to, or will. */
  joinChain(chainId: ChainId): void {
    this.#chainId = chainId;
  }

  get key(): Signer {
    return this.#key;
  }

  signerFor = (publicKey: Uint8Array): Signer | undefined => this.#signers.get(toHex(publicKey));

  /** Good for a ledger that holds exactly what has been learned and nothing else that waits. */
  transaction(nowMs: number): Transaction {
    const people = [...this.#memory.people.values()].filter(({ isRetired }) => !isRetired);
    const person = people.length > 0 ? this.#random.pick(people) : undefined;
    if (person === undefined) return this.#enrol(nowMs);
    const { pseudonym, key } = person;
    const { organization } = this;
    const open = [...this.#memory.open.values()];
    switch (this.#random.below(13)) {
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
        if (this.#isChanging) return this.#enrol(nowMs);
        return this.#withNewKey('rotate-organization-key', { organization }, nowMs, [this.#own()]);
      case 5:
      case 6: {
        const closing = open.length > 0 ? [this.#random.pick(open)] : [];
        const closed = closing.map((one) => ({ kind: 'closed', ...one, count: 3, root: this.#hex(32) }));
        const opened = {
          kind: 'opened',
          access: this.#hex(16),
          patient:
            this.#memory.others.length > 0 && this.#random.chance(0.3)
              ? this.#random.pick(this.#memory.others)
              : pseudonym,
          purpose: 'TREAT',
          at: nowMs,
          detail: this.#hex(32),
        };
        return this.#signed('log-accesses', { organization, entries: [opened, ...closed], completeUpTo: null }, nowMs);
      }
      case 7:
        if (nowMs <= this.#memory.completeMs) return this.#enrol(nowMs);
        return this.#signed('log-accesses', { organization, entries: [], completeUpTo: nowMs }, nowMs);
      case 8:
        return this.#signed('announce-address', { organization, address: this.#address() }, nowMs);
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

  /** Bad in a way that the ledger must see, whatever else is on it. */
  badTransaction(nowMs: number): Transaction {
    const { organization } = this;
    const enrolled = this.#random.pick([...this.#memory.people.keys(), this.#hex(16)]) as Pseudonym;
    const former = this.#memory.formerKeys.length > 0 ? this.#random.pick(this.#memory.formerKeys) : undefined;
    const unknown = { organization, pseudonym: this.#hex(16), publicKey: null };
    switch (this.#random.below(6)) {
      case 0:
        return this.#signed('enrol-person', unknown, nowMs - 2 * VALID_FOR_MS);
      case 1:
        return this.#signed('retire-person', { organization, pseudonym: unknown.pseudonym }, nowMs);
      case 2: {
        const key = this.#createSigner(this.#random.bytes(32));
        return this.#signed('enrol-person', unknown, nowMs, [{ signer: organization, role: 'organization', key }]);
      }
      case 3:
        return this.#signed('enrol-person', { ...unknown, organization: this.#hex(16) }, nowMs);
      default: {
        const pseudonym = former?.pseudonym ?? enrolled;
        const key = former?.key ?? this.#createSigner(this.#random.bytes(32));
        return this.#withNewKey('rotate-person-key', { pseudonym }, nowMs, [
          { signer: pseudonym, role: 'person', key },
        ]);
      }
    }
  }

  /** A member's vote that a candidate is admitted, on the candidate's own application. */
  admission(candidate: Hospital, nowMs: number): Transaction {
    const application = candidate.#application();
    return this.#signed('admit-organization', { organization: this.organization, application }, nowMs);
  }

  retirement(member: OrganizationId, nowMs: number): Transaction {
    return this.#signed('retire-organization', { organization: this.organization, member }, nowMs);
  }

  report(evidence: Evidence, nowMs: number): Transaction {
    const [first, second] = inReportOrder(evidence.first, evidence.second);
    return this.#signed('report-misbehaviour', { organization: this.organization, first, second }, nowMs);
  }

  /** What has become final. */
  learn(block: Block, isChanging: boolean): void {
    for (const transaction of block.transactions) this.#memory.learn(transaction);
    this.#key = this.#memory.newKey ?? this.#key;
    this.#isChanging = isChanging;
  }

  #application(): MembershipApplication {
    return signApplication(this.#chain(), { name: this.#name, address: this.#address() }, this.#key);
  }

  #address(): string {
    return `https://${this.organization}.example`;
  }

  #chain(): ChainId {
    if (this.#chainId === undefined) throw new Error('It belongs to no chain yet');
    return this.#chainId;
  }

  #enrol(nowMs: number): Transaction {
    const body = { organization: this.organization, pseudonym: this.#hex(16) };
    if (this.#random.chance(KEYLESS_RATE)) return this.#signed('enrol-person', { ...body, publicKey: null }, nowMs);
    return this.#withNewKey('enrol-person', body, nowMs, [this.#own()]);
  }

  #anchor(subject: Pseudonym, nowMs: number): Transaction {
    const known = [...this.#memory.records];
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
      chainId: this.#chain(),
      type,
      body: body as TransactionBody<TransactionType>,
      validUntil: nowMs + this.#random.pick(VALID_CHOICES_MS),
      nonce: this.#hex(16),
    });
    return signTransaction(draft, signers) as Transaction;
  }

  #own(): SigningKey {
    return { signer: this.organization, role: 'organization', key: this.#key };
  }

  #newKey(): Signer {
    const key = this.#createSigner(this.#random.bytes(32));
    this.#signers.set(toHex(key.publicKey), key);
    return key;
  }

  #hex(bytes: number): string {
    return toHex(this.#random.bytes(bytes));
  }
}
