/** Addresses under which a calendar program fetches a person's visits: a secret in each, told once, kept as a hash. */
import { type Random, toBase64Url, toHex } from '@clearchart/crypto';
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { feedPlace } from './row-places.ts';
import type { Sealing } from './sealing.ts';

export const MOST_FEEDS = 5;
/** The last use is written at most this often. */
const USED_STEP_MS = 60 * 60_000;

export interface FeedLine {
  /** 32 hexadecimal digits. */
  readonly id: string;
  /** Milliseconds. */
  readonly createdAt: number;
  readonly usedAt?: number;
}

export class FeedTable {
  readonly #database: DatabaseSync;
  readonly #sealing: Sealing;
  readonly #random: Random;

  constructor(database: DatabaseSync, sealing: Sealing, random: Random) {
    this.#database = database;
    this.#sealing = sealing;
    this.#random = random;
  }

  /** Undefined when the account has as many as it may have. */
  create(accountId: string, now: number): { id: string; secret: string } | undefined {
    if (this.list(accountId).length >= MOST_FEEDS) return undefined;
    const id = toHex(this.#random.bytes(16));
    const secret = toBase64Url(this.#random.bytes(32));
    const row = { id, secret_hash: this.#sealing.hash('feed', secret), account_id: accountId, created_at: now };
    this.#database
      .prepare('INSERT INTO feeds (id, secret_hash, account_id, created_at, bound) VALUES (?, ?, ?, ?, ?)')
      .run(id, row.secret_hash, accountId, now, this.#sealing.seal(feedPlace(row), id));
    return { id, secret };
  }

  /** The account whose visits this secret shows. */
  accountOf(secret: string, now: number): string | undefined {
    const row = this.#database
      .prepare('SELECT * FROM feeds WHERE secret_hash = ?')
      .get(this.#sealing.hash('feed', secret));
    if (row === undefined) return undefined;
    this.#sealing.open(feedPlace(row), row['bound'] as Uint8Array);
    if (now - Number(row['used_at'] ?? 0) > USED_STEP_MS)
      this.#database.prepare('UPDATE feeds SET used_at = ? WHERE id = ?').run(now, row['id'] as string);
    return row['account_id'] as string;
  }

  /** Newest first. */
  list(accountId: string): FeedLine[] {
    const rows = this.#database
      .prepare('SELECT * FROM feeds WHERE account_id = ? ORDER BY created_at DESC, rowid DESC')
      .all(accountId);
    return rows.map(lineOf);
  }

  /** False when this account has no such one. */
  end(id: string, accountId: string): boolean {
    return this.#database.prepare('DELETE FROM feeds WHERE id = ? AND account_id = ?').run(id, accountId).changes > 0;
  }
}

function lineOf(row: Record<string, SQLOutputValue>): FeedLine {
  const usedAt = row['used_at'] as number | null;
  return {
    id: row['id'] as string,
    createdAt: row['created_at'] as number,
    ...(usedAt === null ? {} : { usedAt }),
  };
}
