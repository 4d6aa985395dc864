// The next block while it fills. A transaction is applied once, on its draft, when it is admitted: so what was answered
// really fits, and nothing is worked out again when the block is made.
import {
  type ChainId,
  type Genesis,
  type Hash,
  MEMBERS_KEY,
  type MemberSet,
  type Rejection,
  type SignatureCheck,
  type StateChanges,
  StateOverlay,
  type StateReader,
  type Transaction,
  applyTransaction,
  reject,
  signaturesOf,
  transactionsRoot,
} from '@clearchart/ledger';
import { AheadReader } from './ahead-reader.ts';
import type { Waiting } from './mempool.ts';
import { senderOf } from './sender.ts';

/** Room kept for a block's header and brackets. */
const HEADER_BYTES = 2_048;

export type SealedDraft = { changes: StateChanges; transactionsRoot: Hash };

export class Draft {
  readonly height: number;
  readonly time: number;
  readonly base: StateReader;
  readonly waiting: Waiting[] = [];
  readonly #limits: Genesis['limits'];
  readonly #chainId: ChainId;
  readonly #overlay: StateOverlay;
  #bytes = HEADER_BYTES;
  #sealed: SealedDraft | undefined;
  #ahead: AheadReader | undefined;

  constructor(chainId: ChainId, limits: Genesis['limits'], base: StateReader, height: number, time: number) {
    this.#chainId = chainId;
    this.#limits = limits;
    this.#overlay = new StateOverlay(base);
    this.base = base;
    this.height = height;
    this.time = time;
  }

  get transactions(): Transaction[] {
    return this.waiting.map(({ transaction }) => transaction);
  }

  /** The set of members after what it holds. */
  get members(): MemberSet {
    const set = this.#overlay.read(MEMBERS_KEY);
    if (set === undefined) throw new Error('The state has no member set');
    return set;
  }

  get isSealed(): boolean {
    return this.#sealed !== undefined;
  }

  hasRoom(bytes: number): boolean {
    if (this.#sealed !== undefined) return false;
    return (
      this.waiting.length < this.#limits.transactionsPerBlock && this.#bytes + bytes + 1 <= this.#limits.blockBytes
    );
  }

  /** Whose turn and share the transaction takes, by what this draft says already. */
  senderOf(transaction: Transaction): string {
    return senderOf(transaction, this.#overlay);
  }

  /** Which keys must have signed, by what this draft says already. */
  signaturesOf(transaction: Transaction): readonly SignatureCheck[] | Rejection {
    return signaturesOf(transaction, this.#overlay);
  }

  /** Adds the transaction, or says why it does not fit and leaves the draft as it was. The caller has checked the room. */
  add(candidate: Waiting, checkSignature: (check: SignatureCheck) => boolean): Rejection | undefined {
    if (this.#bytes + candidate.bytes > this.#limits.blockBytes) {
      return reject('transaction-too-large', { bytes: candidate.bytes });
    }
    const rejection = this.#apply(candidate, this.#overlay, this.time, checkSignature);
    if (rejection !== undefined) return rejection;
    this.waiting.push(candidate);
    this.#bytes += candidate.bytes + 1;
    return undefined;
  }

  /** Whether it would fit behind what waits here if the block had this time. */
  wouldFitAt(time: number, candidate: Waiting, checkSignature: (check: SignatureCheck) => boolean): boolean {
    return this.#apply(candidate, this.#overlay.layer(), time, checkSignature) === undefined;
  }

  /** From now on nothing is added; the state after this block is known. */
  seal(): SealedDraft {
    this.#sealed ??= {
      transactionsRoot: transactionsRoot(this.transactions),
      changes: this.#overlay.finish(this.time),
    };
    return this.#sealed;
  }

  /** What the next draft builds on; seals this one. */
  ahead(): AheadReader {
    this.#ahead ??= new AheadReader(this.base, this.seal().changes);
    return this.#ahead;
  }

  #apply(
    { transaction }: Waiting,
    state: StateOverlay,
    time: number,
    checkSignature: (check: SignatureCheck) => boolean,
  ): Rejection | undefined {
    const context = { chainId: this.#chainId, height: this.height, time, checkSignature };
    return applyTransaction(transaction, state, context);
  }
}
