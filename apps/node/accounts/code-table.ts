/** One-time codes: for the first administrator, for invited staff, for a patient to claim the record. Only hashes are kept. */
import type { AccountRole } from '@clearchart/api';
import { type Random, toHex } from '@clearchart/crypto';
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { PersonReference } from './account-table.ts';
import { makeCode, parseCode } from './one-time-code.ts';
import { codePlace } from './row-places.ts';
import type { Sealing } from './sealing.ts';

export type CodeKind = 'enrolment' | 'invitation' | 'claim';

const DAY_MS = 24 * 60 * 60_000;
export const GOOD_FOR_MS: Readonly<Record<CodeKind, number>> = {
  // Nobody else could make another: the hospital has no administrator yet.
  enrolment: 90 * DAY_MS,
  invitation: 7 * DAY_MS,
  claim: 14 * DAY_MS,
};
/** Registrations begun with one code; then it is void. */
const MOST_ATTEMPTS = 20;
const MOST_OPEN = 10_000;

export interface CodeAbout {
  readonly role: AccountRole;
  readonly email?: string;
  readonly name?: string;
  readonly person?: PersonReference;
}

export interface OpenCode extends CodeAbout {
  readonly id: string;
  readonly kind: CodeKind;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export class CodeTable {
  readonly #database: DatabaseSync;
  readonly #sealing: Sealing;
  readonly #random: Random;

  constructor(database: DatabaseSync, sealing: Sealing, random: Random) {
    this.#database = database;
    this.#sealing = sealing;
    this.#random = random;
  }

  /** Undefined when too many are open. The code is told once. */
  issue(kind: CodeKind, about: CodeAbout, now: number): { code: string; id: string; expiresAt: number } | undefined {
    const open = this.#database.prepare('SELECT count(*) AS n FROM codes WHERE expires_at > ?');
    if (Number(open.get(now)?.['n']) >= MOST_OPEN) return undefined;
    const person = about.person === undefined ? null : this.#sealing.hash('person', about.person);
    // A second code for the same person ends the first; what is too old is worth nothing.
    this.#database.prepare('DELETE FROM codes WHERE person_hash = ? OR expires_at <= ?').run(person, now);
    const id = toHex(this.#random.bytes(16));
    const code = makeCode(this.#random);
    const codeHash = this.#sealing.hash('code', code);
    const expiresAt = now + GOOD_FOR_MS[kind];
    const place = codePlace({ id, code_hash: codeHash, kind, person_hash: person, expires_at: expiresAt });
    this.#database
      .prepare(
        'INSERT INTO codes (id, code_hash, kind, person_hash, about, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
      )
      .run(id, codeHash, kind, person, this.#sealing.seal(place, about), now, expiresAt);
    return { code, id, expiresAt };
  }

  /** Undefined when unknown, used, withdrawn, too old or tried too often: one answer for all. */
  find(typed: string, now: number): OpenCode | undefined {
    const code = parseCode(typed);
    if (code === undefined) return undefined;
    const row = this.#database
      .prepare('SELECT * FROM codes WHERE code_hash = ? AND expires_at > ? AND attempts < ?')
      .get(this.#sealing.hash('code', code), now, MOST_ATTEMPTS);
    return row === undefined ? undefined : this.#openCodeOf(row);
  }

  #openCodeOf(row: Record<string, SQLOutputValue>): OpenCode {
    const id = row['id'] as string;
    return {
      id,
      kind: row['kind'] as CodeKind,
      createdAt: row['created_at'] as number,
      expiresAt: row['expires_at'] as number,
      ...this.#sealing.open<CodeAbout>(codePlace(row), row['about'] as Uint8Array),
    };
  }

  countAttempt(id: string): void {
    this.#database.prepare('UPDATE codes SET attempts = attempts + 1 WHERE id = ?').run(id);
  }

  /** Takes the row away: a mark could be taken off again by hand. False when it has been used or withdrawn in the meantime. */
  end(id: string, now: number): boolean {
    return this.#database.prepare('DELETE FROM codes WHERE id = ? AND expires_at > ?').run(id, now).changes > 0;
  }

  /** The first administrator's e-mail, if a code was made for it, and takes every such code away. */
  endEnrolment(): string | undefined {
    const row = this.#database
      .prepare("SELECT * FROM codes WHERE kind = 'enrolment' ORDER BY created_at DESC LIMIT 1")
      .get();
    const email = row === undefined ? undefined : this.#openCodeOf(row).email;
    this.#database.exec("DELETE FROM codes WHERE kind = 'enrolment'");
    return email;
  }

  endOf(person: PersonReference): void {
    this.#database.prepare('DELETE FROM codes WHERE person_hash = ?').run(this.#sealing.hash('person', person));
  }

  isInvited(person: PersonReference, now: number): boolean {
    const row = this.#database
      .prepare('SELECT 1 FROM codes WHERE person_hash = ? AND expires_at > ?')
      .get(this.#sealing.hash('person', person), now);
    return row !== undefined;
  }

  open(now: number): OpenCode[] {
    const rows = this.#database
      .prepare('SELECT * FROM codes WHERE expires_at > ? ORDER BY created_at DESC LIMIT 1000')
      .all(now);
    return rows.map((row) => this.#openCodeOf(row));
  }
}
