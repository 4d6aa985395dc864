/** Sessions: a secret in a cookie, of which only the hash is kept; 30 minutes idle, 12 hours at most. */
import { type Random, toBase64Url, toHex } from '@clearchart/crypto';
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { sessionPlace } from './row-places.ts';
import type { Sealing } from './sealing.ts';

export const IDLE_MS = 30 * 60_000;
export const LONGEST_MS = 12 * 60 * 60_000;
/** The last use is written at most this often. */
const SEEN_STEP_MS = 60_000;
const MOST_PER_ACCOUNT = 20;
const LONGEST_DEVICE_LETTERS = 200;

export interface SessionRow {
  readonly id: string;
  readonly accountId: string;
  readonly createdAt: number;
  readonly seenAt: number;
  readonly expiresAt: number;
  /** When the account was signed in to before this session; milliseconds. */
  readonly signedInBefore?: number;
}

/** What is sealed in a row; a row of an earlier build holds the device alone. */
interface Content {
  readonly device: string;
  readonly signedInBefore?: number;
}

export interface OpenedSession extends SessionRow {
  /** For the cookie; known only now. */
  readonly secret: string;
}

export class SessionTable {
  readonly #database: DatabaseSync;
  readonly #sealing: Sealing;
  readonly #random: Random;

  constructor(database: DatabaseSync, sealing: Sealing, random: Random) {
    this.#database = database;
    this.#sealing = sealing;
    this.#random = random;
  }

  /** A fresh secret each time: what a browser brought before signing in is never taken over. */
  open(accountId: string, device: string, now: number, signedInBefore?: number): OpenedSession {
    this.#database
      .prepare('DELETE FROM sessions WHERE seen_at < ? OR created_at < ?')
      .run(now - IDLE_MS, now - LONGEST_MS);
    const id = toHex(this.#random.bytes(16));
    const secret = toBase64Url(this.#random.bytes(32));
    const secretHash = this.#sealing.hash('session', secret);
    const before = signedInBefore === undefined ? {} : { signedInBefore };
    const content: Content = { device: device.slice(0, LONGEST_DEVICE_LETTERS), ...before };
    const place = sessionPlace({ id, secret_hash: secretHash, account_id: accountId, created_at: now, seen_at: now });
    this.#database
      .prepare(
        'INSERT INTO sessions (id, secret_hash, account_id, created_at, seen_at, device) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(id, secretHash, accountId, now, now, this.#sealing.seal(place, content));
    this.#database
      .prepare(
        `DELETE FROM sessions WHERE account_id = ?1 AND id NOT IN
           (SELECT id FROM sessions WHERE account_id = ?1 ORDER BY created_at DESC, rowid DESC LIMIT ?2)`,
      )
      .run(accountId, MOST_PER_ACCOUNT);
    return { id, secret, accountId, createdAt: now, seenAt: now, expiresAt: now + IDLE_MS, ...before };
  }

  /** `isUse`: it lasts longer for it. */
  find(secret: string, now: number, isUse: boolean): SessionRow | undefined {
    const row = this.#database
      .prepare('SELECT * FROM sessions WHERE secret_hash = ?')
      .get(this.#sealing.hash('session', secret));
    if (row === undefined) return undefined;
    const { device, ...before } = this.#contentOf(row);
    const id = row['id'] as string;
    const createdAt = row['created_at'] as number;
    let seenAt = row['seen_at'] as number;
    if (now >= expiry(createdAt, seenAt)) {
      this.end(row['account_id'] as string, id);
      return undefined;
    }
    if (isUse && now - seenAt >= SEEN_STEP_MS) {
      seenAt = now;
      const sealed = this.#sealing.seal(sessionPlace({ ...row, seen_at: now }), {
        device,
        ...before,
      } satisfies Content);
      this.#database.prepare('UPDATE sessions SET seen_at = ?, device = ? WHERE id = ?').run(now, sealed, id);
    }
    const accountId = row['account_id'] as string;
    return { id, accountId, createdAt, seenAt, expiresAt: expiry(createdAt, seenAt), ...before };
  }

  /** @throws Error when the row was changed outside this node, so that it opens nobody's account. */
  #contentOf(row: Record<string, SQLOutputValue>): Content {
    const content = this.#sealing.open<Content | string>(sessionPlace(row), row['device'] as Uint8Array);
    return typeof content === 'string' ? { device: content } : content;
  }

  /** For the header that must come with every change. */
  csrfToken(secret: string): string {
    return toBase64Url(this.#sealing.hash('csrf', secret));
  }

  /** False when this account has no such session. */
  end(accountId: string, id: string): boolean {
    return (
      this.#database.prepare('DELETE FROM sessions WHERE id = ? AND account_id = ?').run(id, accountId).changes > 0
    );
  }

  endAll(accountId: string, exceptId?: string): void {
    this.#database
      .prepare('DELETE FROM sessions WHERE account_id = ? AND id IS NOT ?')
      .run(accountId, exceptId ?? null);
  }

  list(accountId: string, now: number): (SessionRow & { readonly device: string })[] {
    const rows = this.#database
      .prepare('SELECT * FROM sessions WHERE account_id = ? ORDER BY created_at DESC')
      .all(accountId);
    return rows
      .map((row) => {
        const id = row['id'] as string;
        const createdAt = row['created_at'] as number;
        const seenAt = row['seen_at'] as number;
        const { device } = this.#contentOf(row);
        return { id, accountId, createdAt, seenAt, expiresAt: expiry(createdAt, seenAt), device };
      })
      .filter(({ expiresAt }) => expiresAt > now);
  }
}

function expiry(createdAt: number, seenAt: number): number {
  return Math.min(createdAt + LONGEST_MS, seenAt + IDLE_MS);
}
