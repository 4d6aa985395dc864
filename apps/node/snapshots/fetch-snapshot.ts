/**
 * Fetches the state at one height from other members. Who gives it is believed in nothing: the header is final by votes, each part has
 * the hash due at its place in the tree, the used ids have the running hashes in it. What was fetched stays on disk, so that a second
 * try goes on where the first one ended, also when the members give a later state by then.
 */
import { equalBytes, fromHex, type SignatureVerifier } from '@clearchart/crypto';
import type { Clock, Timers } from '@clearchart/exchange';
import {
  areUsedIds,
  type Block,
  chainIdOf,
  type Checkpoint,
  checkFinal,
  EMPTY_ROOT,
  encodeSnapshotQuestion,
  type Genesis,
  type Header,
  headerHash,
  isChain,
  type OrganizationId,
  parseSnapshotAnswer,
  parseStatePart,
  parseUsedIds,
  PART_BYTES,
  refusePart,
  type SnapshotOffer,
  type SnapshotQuestion,
  type StateRow,
  type TransactionId,
  type TreePath,
  type UsedIdsBucket,
  usedIdsBuckets,
} from '@clearchart/ledger';
import { ASK_AGAIN_MS, COPY_PATIENCE_MS, OFFER_PATIENCE_MS, PATIENCE_MS, TOLD_EVERY_MS, TRIES } from './limits.ts';

/** What was fetched so far, kept on disk. */
export interface FetchedRows {
  below(path: TreePath, mostBytes: number): readonly StateRow[] | undefined;
  replaceBelow(path: TreePath, rows: readonly StateRow[]): void;
  get(key: string): Uint8Array | undefined;
}

export interface FetchPorts {
  readonly genesis: Genesis;
  readonly verifier: SignatureVerifier;
  readonly peers: () => readonly OrganizationId[];
  readonly nameOf: (organization: OrganizationId) => string | undefined;
  /** @throws when no answer comes. */
  readonly ask: (peer: OrganizationId, question: Uint8Array) => Promise<Uint8Array>;
  /** What follows a block on another member's chain. @throws when no answer comes. */
  readonly fetch: (peer: OrganizationId, after: Checkpoint) => Promise<readonly Block[]>;
  readonly rows: FetchedRows;
  /** A block that the history must hold (L83). */
  readonly known: Checkpoint | undefined;
  /** What is here already. */
  readonly own: { readonly height: number; readonly transactionCount: number };
  /** Transactions that must be lacking for a snapshot to be worth while. */
  readonly least: number;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly onNote: (words: string) => void;
}

/** All of it has been held to what is final; the rows lie where they were fetched to. */
export interface Snapshot {
  readonly offer: SnapshotOffer;
  readonly block: Block;
  /** Used ids that count still, those of the block among them. */
  readonly usedIds: readonly TransactionId[];
}

/** Longer than the word that says later. */
const SHORT_BYTES = 16;

type Place = { readonly path: TreePath; readonly due: Uint8Array };

/** @returns undefined when nobody gives one that is worth while: then everything is applied, as ever. */
export async function fetchSnapshot(ports: FetchPorts): Promise<Snapshot | undefined> {
  return await new SnapshotFetch(ports).fetch();
}

class SnapshotFetch {
  readonly #ports: FetchPorts;
  /** Who gave what was not so is not asked again. */
  readonly #liars = new Set<OrganizationId>();
  #progressAt: number;
  #toldAt: number;
  #lastGiver: OrganizationId | undefined;
  #parts = 0;
  /** Of one hour, that were ever here: the same once more are no progress. */
  #mostIds = 0;

  constructor(ports: FetchPorts) {
    this.#ports = ports;
    this.#progressAt = ports.clock.now();
    this.#toldAt = ports.clock.now();
  }

  async fetch(): Promise<Snapshot | undefined> {
    let offer = await this.#offer();
    this.#progressAt = this.#ports.clock.now();
    while (offer !== undefined) {
      const snapshot = await this.#fetch(offer);
      if (snapshot !== undefined) return snapshot;
      if (!(await this.#mayGoOn())) return undefined;
      offer = await this.#offer();
    }
    return undefined;
  }

  /** Undefined when nobody gives all of it any more; a later offer goes on from what is here. */
  async #fetch(offer: SnapshotOffer): Promise<Snapshot | undefined> {
    const { header } = offer.final;
    if (!(await this.#fetchRows(header))) return undefined;
    const usedIds: TransactionId[] = [];
    for (const bucket of usedIdsBuckets(this.#ports.rows)) {
      const ids = await this.#fromAny((peer) => this.#usedIds(peer, header, bucket));
      if (ids === undefined) return undefined;
      usedIds.push(...ids);
    }
    const block = await this.#fromAny((peer) => this.#block(peer, header));
    return block === undefined ? undefined : { offer, block, usedIds };
  }

  /** The highest that is final. Waits for members that are about to give one. */
  async #offer(): Promise<SnapshotOffer | undefined> {
    const { clock } = this.#ports;
    for (const until = clock.now() + COPY_PATIENCE_MS; ; await this.#pause(ASK_AGAIN_MS)) {
      const late = this.#pause(OFFER_PATIENCE_MS).then(() => undefined);
      const asked = this.#givers().map((peer) => Promise.race([this.#offerOf(peer).catch(() => undefined), late]));
      const answers = await Promise.all(asked);
      const offers = answers.filter((answer) => answer !== undefined && answer !== 'soon');
      const wanted = offers.filter((offer) => this.#isWorthIt(offer));
      wanted.sort((left, right) => right.final.header.height - left.final.header.height);
      if (offers.length > 0) return wanted[0];
      if (!answers.includes('soon') || clock.now() >= until) return undefined;
    }
  }

  async #offerOf(peer: OrganizationId): Promise<SnapshotOffer | 'soon' | undefined> {
    const { genesis, known, least, own, verifier } = this.#ports;
    const question = { kind: 'snapshot', atLeast: own.transactionCount + least } as const;
    const answer = parseSnapshotAnswer(await this.#ask(peer, question));
    if (answer === undefined || answer === 'soon') return answer;
    const { final, memberChanges } = answer;
    const checked = checkFinal(final, genesis, chainIdOf(genesis), memberChanges, verifier, known);
    if (checked.ok) return { ...answer, final: { ...final, header: checked.header } };
    this.#blame(peer, checked.reason);
    return undefined;
  }

  #isWorthIt({ final, transactions }: SnapshotOffer): boolean {
    const { least, own } = this.#ports;
    return final.header.height > own.height && transactions - own.transactionCount >= least;
  }

  async #fetchRows({ height, stateRoot }: Header): Promise<boolean> {
    const { clock, onNote, rows } = this.#ports;
    const places: Place[] = [{ path: '', due: fromHex(stateRoot) }];
    for (let place = places.pop(); place !== undefined; place = places.pop()) {
      const { path, due } = place;
      const here = rows.below(path, PART_BYTES);
      if (here !== undefined && refusePart(due, path, { rows: here }) === undefined) continue;
      if (equalBytes(due, EMPTY_ROOT)) {
        rows.replaceBelow(path, []);
        continue;
      }
      const part = await this.#fromAny(async (peer) => {
        const given = parseStatePart(await this.#ask(peer, { kind: 'state-part', stateRoot, path }));
        if (given === undefined) return undefined;
        const refusal = refusePart(due, path, given);
        if (refusal !== undefined) this.#blame(peer, refusal);
        return refusal === undefined ? given : undefined;
      });
      if (part === undefined) return false;
      if ('left' in part) {
        places.push({ path: `${path}1`, due: part.right }, { path: `${path}0`, due: part.left });
        continue;
      }
      rows.replaceBelow(path, part.rows);
      this.#progressAt = clock.now();
      this.#parts += 1;
      if (clock.now() - this.#toldAt < TOLD_EVERY_MS) continue;
      onNote(
        `joining: ${this.#parts} parts of the state at block ${height} are here, ${places.length} or more to come`,
      );
      this.#toldAt = clock.now();
    }
    return true;
  }

  async #usedIds(peer: OrganizationId, header: Header, bucket: UsedIdsBucket) {
    const { hour } = bucket;
    const ids: TransactionId[] = [];
    while (ids.length < bucket.count) {
      const question = { kind: 'used-ids', stateRoot: header.stateRoot, hour, from: ids.length } as const;
      const more = parseUsedIds(await this.#ask(peer, question));
      if (more === undefined || more.length === 0) return undefined;
      ids.push(...more);
      if (ids.length <= this.#mostIds) continue;
      this.#mostIds = ids.length;
      this.#progressAt = this.#ports.clock.now();
    }
    if (areUsedIds(bucket, ids)) return ids;
    this.#blame(peer, 'the used ids of an hour are others');
    return undefined;
  }

  async #block(peer: OrganizationId, header: Header): Promise<Block | undefined> {
    const before = { height: header.height - 1, hash: header.previousHash };
    const [block] = await this.#ports.fetch(peer, before);
    if (block === undefined) return undefined;
    if (headerHash(block.header) === headerHash(header) && isChain(before, [block])) return block;
    this.#blame(peer, 'the block is not the one that is final');
    return undefined;
  }

  /** What the first member gives that gives anything; undefined when nobody has it. Who cannot answer now is asked again for a while. */
  async #fromAny<Given>(ask: (peer: OrganizationId) => Promise<Given | undefined>): Promise<Given | undefined> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      let isAnyLater = false;
      for (const peer of this.#givers()) {
        const given = await ask(peer).catch(() => {
          isAnyLater = true;
          return undefined;
        });
        if (given === undefined) continue;
        this.#lastGiver = peer;
        return given;
      }
      if (!isAnyLater || !(await this.#mayGoOn())) return undefined;
    }
    return undefined;
  }

  /** @throws Error when there is no answer now. */
  async #ask(peer: OrganizationId, question: SnapshotQuestion): Promise<Uint8Array> {
    const answer = await this.#ports.ask(peer, encodeSnapshotQuestion(question));
    if (question.kind !== 'snapshot' && answer.length < SHORT_BYTES && parseSnapshotAnswer(answer) === 'soon')
      throw new Error('not now');
    return answer;
  }

  /** Whoever gave last comes first, so that one who lets everybody wait is waited for once. */
  #givers(): OrganizationId[] {
    const peers = this.#ports.peers().filter((peer) => !this.#liars.has(peer));
    return peers.sort((left, right) => Number(right === this.#lastGiver) - Number(left === this.#lastGiver));
  }

  #blame(peer: OrganizationId, reason: string): void {
    const { nameOf, onNote } = this.#ports;
    this.#liars.add(peer);
    onNote(`joining: what ${nameOf(peer) ?? peer} gave of the state is not what is final: ${reason}`);
  }

  /** After a pause; false when nothing has come for too long. */
  async #mayGoOn(): Promise<boolean> {
    if (this.#givers().length === 0 || this.#ports.clock.now() - this.#progressAt > PATIENCE_MS) return false;
    await this.#pause(ASK_AGAIN_MS);
    return true;
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.#ports.timers.after(milliseconds, resolve));
  }
}
