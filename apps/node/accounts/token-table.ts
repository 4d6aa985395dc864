/** Tokens for programs: random, told once, kept as a hash, good until their day or until withdrawn. */
import { type Random, toBase64Url, toHex } from '@clearchart/crypto';
import { hash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Caller } from '../http/caller.ts';
import type { PersonReference } from './account-table.ts';
import { tokenPlace } from './row-places.ts';
import type { Sealing } from './sealing.ts';

export type TokenRole = 'system' | 'practitioner' | 'patient';

const DAY_MS = 24 * 60 * 60_000;
const PREFIX = 'cct_';
/** What was found is believed this long: a token withdrawn by another process works at most so much longer. */
const BELIEVED_MS = 5_000;
const MOST_REMEMBERED = 1_000;

export interface TokenWish {
  readonly role: TokenRole;
  readonly person?: PersonReference;
  readonly days: number;
  /** Who made it. */
  readonly authorisedBy: string;
}

interface TokenAbout {
  readonly person?: PersonReference;
  readonly authorisedBy: string;
}

export interface TokenLine extends TokenAbout {
  readonly id: string;
  readonly role: TokenRole;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export class TokenTable {
  readonly #database: DatabaseSync;
  readonly #sealing: Sealing;
  readonly #random: Random;
  /** By the plain hash, in memory alone. */
  readonly #remembered = new Map<string, { readonly caller: Caller; readonly until: number }>();

  constructor(database: DatabaseSync, sealing: Sealing, random: Random) {
    this.#database = database;
    this.#sealing = sealing;
    this.#random = random;
  }

  create(
    { role, person, days, authorisedBy }: TokenWish,
    now: number,
  ): { token: string; id: string; expiresAt: number } {
    const id = toHex(this.#random.bytes(16));
    const token = PREFIX + toBase64Url(this.#random.bytes(32));
    const expiresAt = now + days * DAY_MS;
    const tokenHash = this.#sealing.hash('token', token);
    const personHash = person === undefined ? null : this.#sealing.hash('person', person);
    const place = tokenPlace({ id, token_hash: tokenHash, role, person_hash: personHash, expires_at: expiresAt });
    const about: TokenAbout = { ...(person === undefined ? {} : { person }), authorisedBy };
    this.#database
      .prepare(
        'INSERT INTO tokens (id, token_hash, role, person_hash, about, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
      )
      .run(id, tokenHash, role, personHash, this.#sealing.seal(place, about), now, expiresAt);
    return { token, id, expiresAt };
  }

  find(token: string, now: number): Caller | undefined {
    if (!token.startsWith(PREFIX)) return undefined;
    const name = hash('sha256', token, 'base64');
    const known = this.#remembered.get(name);
    if (known !== undefined && known.until > now) return known.caller;
    this.#remembered.delete(name);
    const tokenHash = this.#sealing.hash('token', token);
    const row = this.#database
      .prepare('SELECT * FROM tokens WHERE token_hash = ? AND expires_at > ?')
      .get(tokenHash, now);
    if (row === undefined) return undefined;
    const tokenId = row['id'] as string;
    const role = row['role'] as TokenRole;
    const { person, authorisedBy } = this.#sealing.open<TokenAbout>(tokenPlace(row), row['about'] as Uint8Array);
    const caller: Caller = {
      role,
      tokenId,
      ...(person === undefined ? {} : { person }),
      name: person ?? authorisedBy,
      authorisedBy,
    };
    if (this.#remembered.size >= MOST_REMEMBERED) this.#remembered.clear();
    this.#remembered.set(name, { caller, until: Math.min(now + BELIEVED_MS, row['expires_at'] as number) });
    return caller;
  }

  /** Takes the row away: a mark could be taken off again by hand. False when there is none. */
  end(id: string): boolean {
    this.#remembered.clear();
    return this.#database.prepare('DELETE FROM tokens WHERE id = ?').run(id).changes > 0;
  }

  endOf(person: PersonReference): void {
    this.#remembered.clear();
    this.#database.prepare('DELETE FROM tokens WHERE person_hash = ?').run(this.#sealing.hash('person', person));
  }

  list(now: number): TokenLine[] {
    const rows = this.#database
      .prepare('SELECT * FROM tokens WHERE expires_at > ? ORDER BY created_at DESC LIMIT 1000')
      .all(now);
    return rows.map((row) => {
      const id = row['id'] as string;
      return {
        id,
        role: row['role'] as TokenRole,
        createdAt: row['created_at'] as number,
        expiresAt: row['expires_at'] as number,
        ...this.#sealing.open<TokenAbout>(tokenPlace(row), row['about'] as Uint8Array),
      };
    });
  }
}
