// The blocks ahead of the head, in order: the first may be in the making, the last still fills. Each builds on the one before. On a new head
// only the first is filled at once; the rest of what waits is applied when its turn comes, so that a block costs no more than a block.
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
import { inTurns, senderOf } from './fair-order.ts';
import type { Waiting } from './mempool.ts';

/** Rejections that a later block time can turn around: the open draft may be a little older than the transaction. */
const TIMELY: ReadonlySet<string> = new Set(['complete-in-future', 'replacement-too-early', 'valid-until-too-far']);
/** Rejections that the next block turns around: this one ends a change of the members. */
const NEXT_BLOCK: ReadonlySet<string> = new Set(['members-just-changed']);
/** Rejections that nothing which waits can turn around. */
const FOR_GOOD: ReadonlySet<string> = new Set(['chain-id-wrong', 'transaction-expired', 'transaction-replayed']);

export interface DraftQueuePorts {
  readonly genesis: Genesis;
  /** What the first draft builds on, and the state after it. */
  readonly head: BlockParent;
  readonly base: StateReader;
  readonly finalHeight: () => number;
  readonly clock: EngineClock;
  readonly checkSignature: (check: SignatureCheck) => boolean;
  /** It had been admitted, and no longer fits. */
  readonly onDropped: (id: TransactionId, rejection: Rejection) => void;
}

export class DraftQueue {
  readonly #ports: DraftQueuePorts;
  #head: BlockParent;
  #base: StateReader;
  #drafts: Draft[] = [];
  /** What waits and is in no draft yet; then what did not fit when its turn came, to be tried again behind all others. */
  #rest: Waiting[] = [];
  #tried: Waiting[] = [];

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
    // It may build on what waits in no draft yet, or contradict it: a key that was given up signs nothing that comes after.
    this.#fill(() => false);
    return this.#place(candidate);
  }

  #place(candidate: Waiting): Rejection | Draft {
    const { checkSignature, clock } = this.#ports;
    const draft = this.open(candidate.bytes);
    const rejection = this.#tooEarly(candidate, draft) ?? draft.add(candidate, checkSignature);
    if (rejection === undefined) return draft;
    // A draft is closed only for what then fits: else whoever sends what is too early would make a block of each transaction.
    const fitsLater =
      TIMELY.has(rejection.code) &&
      draft.waiting.length > 0 &&
      draft.wouldFitAt(clock.now(), candidate, checkSignature);
    if (!NEXT_BLOCK.has(rejection.code) && !fitsLater) return rejection;
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
    const later = this.#drafts.slice(1).flatMap(({ waiting }) => waiting);
    const behind = [...later, ...this.#rest.toReversed(), ...this.#tried];
    const inFirst = new Set(this.first?.waiting.map(senderOf));
    // The drafts were filled as things came: whoever came behind a flood has its turn now.
    if (behind.every((one) => inFirst.has(senderOf(one)))) this.#fill(() => this.isFirstFull);
    else this.rebuild(head, base, [...(this.first?.waiting ?? []), ...behind]);
  }

  /** Builds the drafts anew on this head with times of now; `isEmptyFirst`: the first of them without transactions. */
  rebuild(head: BlockParent, base: StateReader, waiting: Iterable<Waiting>, isEmptyFirst = false): void {
    this.#head = head;
    this.#base = base;
    this.#drafts = [];
    this.#rest = inTurns(waiting).reverse();
    this.#tried = [];
    if (isEmptyFirst) this.#append();
    else this.#fill(() => this.isFirstFull);
  }

  #fill(isEnough: () => boolean): void {
    while (!isEnough()) {
      const next = this.#rest.pop();
      if (next === undefined) break;
      const answer = this.#place(next);
      if (!isRejection(answer)) continue;
      // Turns may have put it before what it builds on.
      if (FOR_GOOD.has(answer.code)) this.#ports.onDropped(next.id, answer);
      else this.#tried.push(next);
    }
    if (this.#rest.length > 0) return;
    for (const again of this.#tried.splice(0)) {
      const answer = this.#place(again);
      if (isRejection(answer)) this.#ports.onDropped(again.id, answer);
    }
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
