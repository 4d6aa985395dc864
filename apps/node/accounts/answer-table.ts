/**
 * What writes of the API with an Idempotency-Key came to, kept for a day (docs/protocol/records.md, R30). The place is taken, on
 * disk, before the write is done, so that a write whose end was lost with the node is never done again.
 */
import { toHex } from '@clearchart/crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { KeptAnswer, KeptAnswers, TakenPlace } from '../http/kept-answers.ts';
import { answerPlace } from './row-places.ts';
import type { Sealing } from './sealing.ts';

const DAY_MS = 24 * 60 * 60_000;
/** What is old is taken out at most this often. */
const SWEEP_EVERY_MS = 60_000;
/** Rows of one account or token, and of all. */
const OWNER_LIMIT = 2_000;
const LIMIT = 100_000;
/** Characters of an answer that is kept; of a longer one it is kept that there was one. */
const LONGEST_KEPT = 64 * 1024;

interface Content {
  /** Hex: hash of all that makes the request what it is. */
  readonly request: string;
  readonly answer: KeptAnswer | null;
}

export class AnswerTable implements KeptAnswers {
  readonly #database: DatabaseSync;
  readonly #sealing: Sealing;
  readonly #now: () => number;
  #swept = -Infinity;

  constructor(database: DatabaseSync, sealing: Sealing, now: () => number) {
    this.#database = database;
    this.#sealing = sealing;
    this.#now = now;
  }

  take(owner: string, key: string, request: string): TakenPlace {
    const now = this.#now();
    this.#sweep(now);
    const ownerHash = this.#sealing.hash('answer-owner', owner);
    const id = toHex(this.#sealing.hash('answer', JSON.stringify([owner, key])));
    const found = this.#database.prepare('SELECT * FROM answers WHERE id = ?').get(id);
    if (found !== undefined) {
      const kept = this.#sealing.open<Content>(answerPlace(found), found['sealed'] as Uint8Array);
      if (kept.request !== request) return { state: 'other-request' };
      return kept.answer === null ? { state: 'unknown', place: id } : { state: 'kept', answer: kept.answer };
    }
    if (this.#count(ownerHash) >= OWNER_LIMIT || this.#count() >= LIMIT) return { state: 'full' };
    const row = { id, owner: ownerHash, made: now };
    const sealed = this.#sealing.seal(answerPlace(row), { request, answer: null } satisfies Content);
    this.#database
      .prepare('INSERT INTO answers (id, owner, made, sealed) VALUES (?, ?, ?, ?)')
      .run(id, ownerHash, now, sealed);
    return { state: 'taken', place: id };
  }

  keep(place: string, answer: KeptAnswer): void {
    if (answer.body.length > LONGEST_KEPT) return;
    const row = this.#database.prepare('SELECT * FROM answers WHERE id = ?').get(place);
    if (row === undefined) return;
    const { request } = this.#sealing.open<Content>(answerPlace(row), row['sealed'] as Uint8Array);
    const sealed = this.#sealing.seal(answerPlace(row), { request, answer } satisfies Content);
    this.#database.prepare('UPDATE answers SET sealed = ? WHERE id = ?').run(sealed, place);
  }

  giveBack(place: string): void {
    this.#database.prepare('DELETE FROM answers WHERE id = ?').run(place);
  }

  #count(owner?: Uint8Array): number {
    const row =
      owner === undefined
        ? this.#database.prepare('SELECT count(*) AS n FROM answers').get()
        : this.#database.prepare('SELECT count(*) AS n FROM answers WHERE owner = ?').get(owner);
    return Number(row?.['n']);
  }

  #sweep(now: number): void {
    if (now - this.#swept < SWEEP_EVERY_MS) return;
    this.#swept = now;
    this.#database.prepare('DELETE FROM answers WHERE made <= ?').run(now - DAY_MS);
  }
}
