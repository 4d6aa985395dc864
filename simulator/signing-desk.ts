// A hospital's keys, all that it and its people ever had, and transactions signed with them.
import { type Signer, toHex } from '@clearchart/crypto';
import {
  type ChainId,
  type OrganizationId,
  type SigningKey,
  type Transaction,
  type TransactionBody,
  type TransactionType,
  draftTransaction,
  organizationIdOf,
  signTransaction,
} from '@clearchart/ledger';
import type { SeededRandom } from './random.ts';

const VALID_FOR_MS = 4 * 3_600_000;
/** Some expire soon, so that a replay finds their hour over. */
const VALID_CHOICES_MS = [120_000, 2_400_000, VALID_FOR_MS];

export class SigningDesk {
  readonly organization: OrganizationId;
  readonly signers = new Map<string, Signer>();
  /** The organization's, now. */
  key: Signer;
  random: SeededRandom;
  readonly #createSigner: (seed: Uint8Array) => Signer;
  #chainId: ChainId | undefined;

  constructor(random: SeededRandom, createSigner: (seed: Uint8Array) => Signer) {
    this.random = random;
    this.#createSigner = createSigner;
    this.key = this.newKey();
    this.organization = organizationIdOf(this.key.publicKey);
  }

  get chainId(): ChainId {
    if (this.#chainId === undefined) throw new Error('It belongs to no chain yet');
    return this.#chainId;
  }

  set chainId(chainId: ChainId) {
    this.#chainId = chainId;
  }

  signed(
    type: TransactionType,
    body: object,
    nowMs: number,
    signers: readonly SigningKey[] = [this.own()],
  ): Transaction {
    const draft = draftTransaction({
      chainId: this.chainId,
      type,
      body: body as TransactionBody<TransactionType>,
      validUntil: nowMs + this.random.pick(VALID_CHOICES_MS),
      nonce: this.hex(16),
    });
    return signTransaction(draft, signers) as Transaction;
  }

  withNewKey(
    type: TransactionType,
    body: { pseudonym?: string; organization?: string },
    nowMs: number,
    signers: readonly SigningKey[],
  ): Transaction {
    const key = this.newKey();
    const signer = body.pseudonym ?? this.organization;
    const all: SigningKey[] = [...signers, { signer, role: 'new-key', key }];
    return this.signed(type, { ...body, publicKey: toHex(key.publicKey) }, nowMs, all);
  }

  own(): SigningKey {
    return { signer: this.organization, role: 'organization', key: this.key };
  }

  newKey(): Signer {
    const key = this.strangersKey();
    this.signers.set(toHex(key.publicKey), key);
    return key;
  }

  /** Nobody on the ledger has it. */
  strangersKey(): Signer {
    return this.#createSigner(this.random.bytes(32));
  }

  hex(bytes: number): string {
    return toHex(this.random.bytes(bytes));
  }
}
