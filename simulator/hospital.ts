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
  type Transaction,
  ROTATION_EVERY_MS,
  inReportOrder,
  signApplication,
} from '@clearchart/ledger';
import type { Signer } from '@clearchart/crypto';
import { HospitalMemory } from './hospital-memory.ts';
import type { SeededRandom } from './random.ts';
import { SigningDesk } from './signing-desk.ts';

/** Of those enrolled; to look at a new key takes long, so most have none. */
const KEYLESS_RATE = 0.85;
/** Longer ago than any transaction is valid for. */
const LONG_AGO_MS = 8 * 3_600_000;

export class Hospital {
  readonly #name: string;
  readonly #desk: SigningDesk;
  readonly #memory: HospitalMemory;
  /** Up to which it has learned. */
  learnedHeight = 0;
  /** The members are changing, and no further change is taken. */
  #isChanging = false;
  /** Block time from which the ledger takes another key of the hospital. */
  #mayRotateMs = 0;

  constructor(random: SeededRandom, name: string, createSigner: (seed: Uint8Array) => Signer) {
    this.#name = name;
    this.#desk = new SigningDesk(random, createSigner);
    this.#memory = new HospitalMemory(this.organization, this.#desk.signers);
  }

  get organization(): OrganizationId {
    return this.#desk.organization;
  }

  /** The chain it belongs to, or will. */
  joinChain(chainId: ChainId): void {
    this.#desk.chainId = chainId;
  }

  get key(): Signer {
    return this.#desk.key;
  }

  signerFor = (publicKey: Uint8Array): Signer | undefined => this.#desk.signers.get(toHex(publicKey));

  /** Good for a ledger that holds exactly what has been learned and nothing else that waits. */
  transaction(nowMs: number): Transaction {
    const people = [...this.#memory.people.values()].filter(({ isRetired }) => !isRetired);
    const person = people.length > 0 ? this.#desk.random.pick(people) : undefined;
    if (person === undefined) return this.#enrol(nowMs);
    const { pseudonym, key } = person;
    const { organization } = this;
    const open = [...this.#memory.open.values()];
    switch (this.#desk.random.below(13)) {
      case 0:
      case 1:
        return this.#enrol(nowMs);
      case 2:
        if (key === undefined && this.#desk.random.chance(0.5))
          return this.#desk.withNewKey('take-custody', { organization, pseudonym }, nowMs, [this.#desk.own()]);
        if (key === undefined)
          return this.#desk.withNewKey('bind-person-key', { organization, pseudonym }, nowMs, [this.#desk.own()]);
        if (person.isKept) {
          return this.#desk.withNewKey('hand-over-custody', { organization, pseudonym }, nowMs, [
            this.#desk.own(),
            { signer: pseudonym, role: 'person', key },
          ]);
        }
        if (person.isReplacing && this.#desk.random.chance(0.3))
          return this.#desk.signed('withdraw-key-replacement', { organization, pseudonym }, nowMs);
        if (person.isReplacing) {
          return this.#desk.signed('veto-key-replacement', { pseudonym }, nowMs, [
            { signer: pseudonym, role: 'person', key },
          ]);
        }
        if (this.#desk.random.chance(0.5))
          return this.#desk.withNewKey('request-key-replacement', { organization, pseudonym }, nowMs, [
            this.#desk.own(),
          ]);
        return this.#desk.withNewKey('rotate-person-key', { pseudonym }, nowMs, [
          { signer: pseudonym, role: 'person', key },
        ]);
      case 3:
        return this.#desk.signed('retire-person', { organization, pseudonym }, nowMs);
      case 4:
        if (this.#isChanging || nowMs < this.#mayRotateMs) return this.#enrol(nowMs);
        return this.rotation(nowMs);
      case 5:
      case 6: {
        const closing = open.length > 0 ? [this.#desk.random.pick(open)] : [];
        const closed = closing.map((one) => ({ kind: 'closed', ...one, count: 3, root: this.#desk.hex(32) }));
        const opened = {
          kind: 'opened',
          access: this.#desk.hex(16),
          patient:
            this.#memory.others.length > 0 && this.#desk.random.chance(0.3)
              ? this.#desk.random.pick(this.#memory.others)
              : pseudonym,
          purpose: 'TREAT',
          at: nowMs,
          detail: this.#desk.hex(32),
        };
        return this.#desk.signed(
          'log-accesses',
          { organization, entries: [opened, ...closed], completeUpTo: null },
          nowMs,
        );
      }
      case 7:
        if (nowMs <= this.#memory.completeMs) return this.#enrol(nowMs);
        return this.#desk.signed('log-accesses', { organization, entries: [], completeUpTo: nowMs }, nowMs);
      case 8:
        return this.#desk.signed('announce-address', { organization, address: this.#address() }, nowMs);
      default:
        return this.#anchor(pseudonym, nowMs);
    }
  }

  /** Always good, whatever else waits. */
  enrolment(nowMs: number): Transaction {
    return this.#enrol(nowMs);
  }

  /** Of somebody who has a key from the beginning. */
  enrolmentWithKey(pseudonym: string, nowMs: number): Transaction {
    const body = { organization: this.organization, pseudonym };
    return this.#desk.withNewKey('enrol-person', body, nowMs, [this.#desk.own()]);
  }

  /** The person takes a new key; who has the old one does as if it were still good. */
  newKeyAndTheft(pseudonym: string, nowMs: number): { rotation: Transaction; theft: Transaction } | undefined {
    const key = this.#memory.people.get(pseudonym)?.key;
    if (key === undefined) return undefined;
    const signers = [{ signer: pseudonym, role: 'person', key }] as const;
    const rotation = this.#desk.withNewKey('rotate-person-key', { pseudonym }, nowMs, signers);
    return { rotation, theft: this.#desk.withNewKey('rotate-person-key', { pseudonym }, nowMs, signers) };
  }

  /** Same hospital, other chance from now on. */
  reseed(random: SeededRandom): void {
    this.#desk.random = random;
  }

  /** Bad in a way that the ledger must see, whatever else is on it. */
  badTransaction(nowMs: number): Transaction {
    const { organization } = this;
    const enrolled = this.#desk.random.pick([...this.#memory.people.keys(), this.#desk.hex(16)]) as Pseudonym;
    const former = this.#memory.formerKeys.length > 0 ? this.#desk.random.pick(this.#memory.formerKeys) : undefined;
    const unknown = { organization, pseudonym: this.#desk.hex(16), publicKey: null };
    switch (this.#desk.random.below(6)) {
      case 0:
        return this.#desk.signed('enrol-person', unknown, nowMs - LONG_AGO_MS);
      case 1:
        return this.#desk.signed('retire-person', { organization, pseudonym: unknown.pseudonym }, nowMs);
      case 2: {
        const key = this.#desk.strangersKey();
        return this.#desk.signed('enrol-person', unknown, nowMs, [{ signer: organization, role: 'organization', key }]);
      }
      case 3:
        return this.#desk.signed('enrol-person', { ...unknown, organization: this.#desk.hex(16) }, nowMs);
      default: {
        const pseudonym = former?.pseudonym ?? enrolled;
        const key = former?.key ?? this.#desk.strangersKey();
        return this.#desk.withNewKey('rotate-person-key', { pseudonym }, nowMs, [
          { signer: pseudonym, role: 'person', key },
        ]);
      }
    }
  }

  /** A member's vote that a candidate is admitted, on the candidate's own application. */
  admission(candidate: Hospital, nowMs: number): Transaction {
    const application = candidate.#application();
    return this.#desk.signed('admit-organization', { organization: this.organization, application }, nowMs);
  }

  retirement(member: OrganizationId, nowMs: number): Transaction {
    return this.#desk.signed('retire-organization', { organization: this.organization, member }, nowMs);
  }

  /** It takes a new key: a change of the members. */
  rotation(nowMs: number): Transaction {
    const { organization } = this;
    return this.#desk.withNewKey('rotate-organization-key', { organization }, nowMs, [this.#desk.own()]);
  }

  activation = (nowMs: number): Transaction =>
    this.#desk.signed('activate-members', { organization: this.organization }, nowMs);

  report(evidence: Evidence, nowMs: number): Transaction {
    const [first, second] = inReportOrder(evidence.first, evidence.second);
    return this.#desk.signed('report-misbehaviour', { organization: this.organization, first, second }, nowMs);
  }

  /** A final block. */
  learn(block: Block, isChanging: boolean): void {
    this.learnedHeight = block.header.height;
    for (const transaction of block.transactions) this.#memory.learn(transaction);
    const { newKey } = this.#memory;
    if (newKey !== undefined && newKey !== this.#desk.key) {
      this.#desk.key = newKey;
      this.#mayRotateMs = block.header.time + ROTATION_EVERY_MS;
    }
    this.#isChanging = isChanging;
  }

  #application(): MembershipApplication {
    return signApplication(this.#desk.chainId, { name: this.#name, address: this.#address() }, this.key);
  }

  #address(): string {
    return `https://${this.organization}.example`;
  }

  #enrol(nowMs: number): Transaction {
    const body = { organization: this.organization, pseudonym: this.#desk.hex(16) };
    if (this.#desk.random.chance(KEYLESS_RATE))
      return this.#desk.signed('enrol-person', { ...body, publicKey: null }, nowMs);
    return this.#desk.withNewKey('enrol-person', body, nowMs, [this.#desk.own()]);
  }

  #anchor(subject: Pseudonym, nowMs: number): Transaction {
    const known = [...this.#memory.records];
    const records = Array.from({ length: 1 + this.#desk.random.below(3) }, () =>
      this.#anchored(this.#desk.hex(16), 1, subject),
    );
    if (known.length > 0 && this.#desk.random.chance(0.5)) {
      const [record, version] = this.#desk.random.pick(known);
      records.push(this.#anchored(record, version + 1, subject));
    }
    return this.#desk.signed('anchor-records', { organization: this.organization, records }, nowMs);
  }

  #anchored(record: string, version: number, subject: Pseudonym) {
    return { record, version, subject, categoryTag: this.#desk.hex(16), commitment: this.#desk.hex(32) };
  }
}
