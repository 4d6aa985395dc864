// What a hospital knows of its people and records: learned from final blocks alone.
import type { Signer } from '@clearchart/crypto';
import type { OrganizationId, Pseudonym, Transaction, TransactionType } from '@clearchart/ledger';

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

export class HospitalMemory {
  readonly people = new Map<string, Person>();
  /** People of other hospitals. */
  readonly others: Pseudonym[] = [];
  /** Newest versions. */
  readonly records = new Map<string, number>();
  /** Windows of access that are not closed. */
  readonly open = new Map<string, Access>();
  /** Keys that were given up: whoever signs with one is a thief. */
  readonly formerKeys: { pseudonym: Pseudonym; key: Signer }[] = [];
  completeMs = 0;
  /** The organization's, when it has changed. */
  newKey: Signer | undefined;
  readonly #organization: OrganizationId;
  readonly #signers: ReadonlyMap<string, Signer>;

  constructor(organization: OrganizationId, signers: ReadonlyMap<string, Signer>) {
    this.#organization = organization;
    this.#signers = signers;
  }

  learn({ type, body }: Transaction): void {
    const facts = body as unknown as Record<string, unknown>;
    if (type === 'enrol-person') this.#learnOf(facts);
    const person = this.people.get(String(facts['pseudonym']));
    if (person !== undefined) this.#learnAbout(person, type, facts);
    if (facts['organization'] !== this.#organization) return;
    if (type === 'rotate-organization-key') this.newKey = this.#keyIn(facts) ?? this.newKey;
    if (type === 'anchor-records') {
      for (const { record, version } of facts['records'] as { record: string; version: number }[])
        this.records.set(record, version);
    }
    if (type === 'log-accesses') {
      this.completeMs = Math.max(this.completeMs, Number(facts['completeUpTo'] ?? 0));
      for (const { kind, access, patient } of facts['entries'] as (Access & { kind: string })[]) {
        if (kind === 'opened') this.open.set(access, { access, patient });
        else this.open.delete(access);
      }
    }
  }

  #learnOf(facts: Record<string, unknown>): void {
    const pseudonym = facts['pseudonym'] as Pseudonym;
    const person = { pseudonym, key: this.#keyIn(facts), isRetired: false, isReplacing: false, isKept: false };
    if (facts['organization'] === this.#organization) this.people.set(pseudonym, person);
    else this.others.push(pseudonym);
  }

  #learnAbout(person: Person, type: TransactionType, facts: Record<string, unknown>): void {
    const { pseudonym, key } = person;
    const isNewKey = GIVES_KEY.has(type);
    if (key !== undefined && (isNewKey || type === 'retire-person')) this.formerKeys.push({ pseudonym, key });
    if (type === 'retire-person') person.isRetired = true;
    if (isNewKey) {
      person.key = this.#keyIn(facts);
      person.isKept = type === 'take-custody';
    }
    if (type === 'request-key-replacement') person.isReplacing = true;
    if (ENDS_REPLACEMENT.has(type)) person.isReplacing = false;
  }

  #keyIn(facts: Record<string, unknown>): Signer | undefined {
    return this.#signers.get(String(facts['publicKey']));
  }
}
