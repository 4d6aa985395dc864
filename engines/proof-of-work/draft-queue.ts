// The blocks ahead of the head, in order: the first may be in the making, the last still fills. Each builds on the one before.
import {
  type BlockParent,
  type Genesis,
  type Rejection,
  type SignatureCheck,
  type StateReader,
  type TransactionId,
  chainIdOf,
  isRejection,
  reject,
} from '@clearchart/ledger';
import type { EngineClock } from './clock.ts';
import { Draft } from './draft.ts';
import type { Waiting } from './mempool.ts';

/** Rejections that a later block time can turn around: the open draft may be a little older than the transaction. */
const TIMELY: ReadonlySet<string> = new Set(['complete-in-future', 'replacement-too-early', 'valid-until-too-far']);
/** Rejections that the next block turns around: this one ends a change of the members. */
const NEXT_BLOCK: ReadonlySet<string> = new Set(['members-just-changed']);

export interface DraftQueuePorts {
  readonly genesis: Genesis;
  /** What the first draft builds on, and the state after it. */
  readonly head: BlockParent;
  readonly base: StateReader;
  readonly finalHeight: () => number;
  readonly clock: EngineClock;
  readonly checkSignature: (check: SignatureCheck) => boolean;
}

export class DraftQueue {
  readonly #ports: DraftQueuePorts;
  #head: BlockParent;
  #base: StateReader;
  #drafts: Draft[] = [];

  constructor(ports: DraftQueuePorts) {
    this.#ports = ports;
    this.#head = ports.head;
    this.#base = ports.base;
  }

  /** The block that the first draft follows. */
  get head(): BlockParent {
    return this.#head;
  }

  get first(): Draft | undefined {
    return this.#drafts[0];
  }

  /** Whether another draft was begun because the first could take no more. */
  get isFirstFull(): boolean {
    return this.#drafts.length > 1;
  }

  /** The draft a transaction of this size would join. */
  open(bytes: number): Draft {
    const last = this.#drafts.at(-1);
    if (last?.hasRoom(bytes) && last.waiting.length > 0) return last;
    // An empty draft that nobody is making a block of has only an old time to offer.
    if (last?.waiting.length === 0 && !last.isSealed) this.#drafts.pop();
    return this.#append();
  }

  admit(candidate: Waiting): Rejection | Draft {
    const { checkSignature, clock } = this.#ports;
    const draft = this.open(candidate.bytes);
    const rejection = this.#tooEarly(candidate, draft) ?? draft.add(candidate, checkSignature);
    if (rejection === undefined) return draft;
    const isLaterTime = draft.waiting.length > 0 && clock.now() > draft.time;
    if (!NEXT_BLOCK.has(rejection.code) && !(TIMELY.has(rejection.code) && isLaterTime)) return rejection;
    const later = this.#append();
    return later.add(candidate, checkSignature) ?? later;
  }

  /** The first draft, made when there is none: an empty block is wanted. */
  firstOrEmpty(): Draft {
    return this.first ?? this.#append();
  }

  /** The first draft has become the head. */
  advance(head: BlockParent, base: StateReader): void {
    this.#head = head;
    this.#base = base;
    this.#drafts.shift();
  }

  /** Builds all drafts anew on this head with times of now; returns what does not fit. */
  rebuild(
    head: BlockParent,
    base: StateReader,
    waiting: Iterable<Waiting>,
  ): { id: TransactionId; rejection: Rejection }[] {
    const dropped: { id: TransactionId; rejection: Rejection }[] = [];
    this.#head = head;
    this.#base = base;
    this.#drafts = [];
    for (const candidate of waiting) {
      const admitted = this.admit(candidate);
      if (isRejection(admitted)) dropped.push({ id: candidate.id, rejection: admitted });
    }
    return dropped;
  }

  /** What puts a decision in force that is not final: nobody would vote for the block. It is said again when the time has come. */
  #tooEarly({ transaction }: Waiting, draft: Draft): Rejection | undefined {
    if (transaction.type !== 'activate-members') return undefined;
    const decidedAt = draft.members.next?.decidedAt;
    if (decidedAt === undefined || decidedAt <= this.#ports.finalHeight()) return undefined;
    return reject('activation-too-early', { decidedAt, height: draft.height });
  }

  #append(): Draft {
    const { clock, genesis } = this.#ports;
    const last = this.#drafts.at(-1);
    const base = last?.ahead() ?? this.#base;
    const before = last ?? this.#head;
    const time = Math.max(before.time + 1, clock.now());
    const draft = new Draft(chainIdOf(genesis), genesis.limits, base, before.height + 1, time);
    this.#drafts.push(draft);
    return draft;
  }
}
