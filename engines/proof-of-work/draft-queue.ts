// The blocks ahead of the head, in order: the first may be in the making, the last still fills. Each builds on the one before. On a new head
// what waits is applied anew, in turns and a little at a time: nothing here holds up the loop of events, however much waits.
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
import { TurnQueue } from './fair-order.ts';
import { PLACED_AT_ONCE } from './limits.ts';
import type { Waiting } from './mempool.ts';
import { UNKNOWN_SENDER } from './sender.ts';

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

/** What is to be admitted: it is judged when its turn comes. */
export interface Candidate {
  readonly waiting: Waiting;
  /** Asked just before it is placed. */
  readonly checkRoom: (sender: string) => Rejection | undefined;
  /** Called once, perhaps at once. */
  readonly answer: (answer: Rejection | Draft) => void;
}

export class DraftQueue {
  readonly #ports: DraftQueuePorts;
  #head: BlockParent;
  #base: StateReader;
  #drafts: Draft[] = [];
  /** What waits and is in no draft yet; then what did not fit when its turn came, to be tried again behind all others. */
  #rest = new TurnQueue<Waiting>();
  #tried: Waiting[] = [];
  /** Among these, what is not admitted yet. */
  readonly #candidates = new Map<TransactionId, Candidate>();

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

  /** Something waits that is in no draft yet. */
  get isBehind(): boolean {
    return !this.#rest.isEmpty || this.#tried.length > 0;
  }

  /** Somebody waits for the answer whether a transaction is admitted. */
  get hasCandidates(): boolean {
    return this.#candidates.size > 0;
  }

  /** The draft a transaction of this size would join. */
  open(bytes: number): Draft {
    const last = this.#drafts.at(-1);
    if (last?.hasRoom(bytes) && last.waiting.length > 0) return last;
    // An empty draft that nobody is making a block of has only an old time to offer.
    if (last?.waiting.length === 0 && !last.isSealed) this.#drafts.pop();
    return this.#append();
  }

  /** At once when nothing else waits for a draft; else in its sender's turn, behind all that this sender has admitted. */
  admit(candidate: Candidate): void {
    const { waiting } = candidate;
    this.#candidates.set(waiting.id, candidate);
    // It may build on what waits in no draft yet, or contradict it: a key that was given up signs nothing that comes after.
    if (this.isBehind) return this.#rest.add(waiting.sender, waiting);
    const answer = this.#place(waiting);
    if (isRejection(answer)) this.#refuse(waiting, answer);
    else this.#accept(waiting, answer);
  }

  /** Places a little of what waits. Refusals of what may build on something else that waits come last. */
  place(): void {
    this.#fill(() => false);
  }

  /** The same for the first draft alone. @returns whether that holds all it will: it is full, or nothing else waits. */
  placeInFirst(): boolean {
    this.#fill(() => this.isFirstFull);
    return this.isFirstFull || !this.isBehind;
  }

  #place(one: Waiting): Rejection | Draft {
    const { checkSignature, clock } = this.#ports;
    const draft = this.open(one.bytes);
    const sender = one.sender === UNKNOWN_SENDER ? draft.senderOf(one.transaction) : one.sender;
    const rejection =
      this.#candidates.get(one.id)?.checkRoom(sender) ?? this.#tooEarly(one, draft) ?? draft.add(one, checkSignature);
    if (rejection === undefined) return draft;
    // A draft is closed only for what then fits: else whoever sends what is too early would make a block of each transaction.
    const fitsLater =
      TIMELY.has(rejection.code) && draft.waiting.length > 0 && draft.wouldFitAt(clock.now(), one, checkSignature);
    if (!NEXT_BLOCK.has(rejection.code) && !fitsLater) return rejection;
    const later = this.#append();
    return later.add(one, checkSignature) ?? later;
  }

  #accept(one: Waiting, draft: Draft): void {
    // It fits, so its signer is known now.
    if (one.sender === UNKNOWN_SENDER) one.sender = draft.senderOf(one.transaction);
    const candidate = this.#candidates.get(one.id);
    this.#candidates.delete(one.id);
    candidate?.answer(draft);
  }

  #refuse({ id }: Waiting, rejection: Rejection): void {
    const candidate = this.#candidates.get(id);
    this.#candidates.delete(id);
    if (candidate === undefined) this.#ports.onDropped(id, rejection);
    else candidate.answer(rejection);
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
    const behind = [...later, ...this.#rest.items(), ...this.#tried];
    const inFirst = new Set(this.first?.waiting.map(({ sender }) => sender));
    // The drafts were filled as things came: whoever came behind a flood has its turn now.
    if (behind.every(({ sender }) => inFirst.has(sender))) this.#fill(() => this.isFirstFull);
    else this.rebuild(head, base, [...(this.first?.waiting ?? []), ...behind]);
  }

  /** Builds the drafts anew on this head with times of now; `isEmptyFirst`: the first of them without transactions. */
  rebuild(head: BlockParent, base: StateReader, waiting: Iterable<Waiting>, isEmptyFirst = false): void {
    this.#head = head;
    this.#base = base;
    this.#drafts = [];
    this.#rest = new TurnQueue();
    this.#tried = [];
    for (const one of waiting) if (!this.#candidates.has(one.id)) this.#rest.add(one.sender, one);
    for (const candidate of this.#candidates.values()) this.#rest.add(candidate.waiting.sender, candidate.waiting);
    if (isEmptyFirst) this.#append();
    else this.#fill(() => this.isFirstFull);
  }

  #fill(isEnough: () => boolean): void {
    for (let count = 0; count < PLACED_AT_ONCE && !isEnough(); count += 1) {
      const [next] = this.#rest.take(1);
      const one = next ?? this.#tried.shift();
      if (one === undefined) return;
      const answer = this.#place(one);
      if (!isRejection(answer)) this.#accept(one, answer);
      else if (next === undefined || FOR_GOOD.has(answer.code)) this.#refuse(one, answer);
      // Turns may have put it before what it builds on.
      else this.#tried.push(one);
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
