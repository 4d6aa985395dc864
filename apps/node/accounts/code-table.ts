/** One-time codes: for who comes in (first administrator, invited staff, a patient who claims the record), and for a mailed link. Only hashes are kept. */
import type { AccountRole } from '@clearchart/api';
import { type Random, toHex } from '@clearchart/crypto';
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { PersonReference } from './account-table.ts';
import { makeCode, parseCode } from './one-time-code.ts';
import { codePlace } from './row-places.ts';
import type { Sealing } from './sealing.ts';

export type ComingInKind = 'enrolment' | 'invitation' | 'claim';
export type CodeKind = ComingInKind | 'recovery' | 'new-key';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const GOOD_FOR_MS: Readonly<Record<CodeKind, number>> = {
  // Nobody else could make another: the hospital has no administrator yet.
  enrolment: 90 * DAY_MS,
  invitation: 7 * DAY_MS,
  claim: 14 * DAY_MS,
  recovery: 30 * MINUTE_MS,
  'new-key': 3 * DAY_MS,
};
/** Registrations or recoveries begun with one code; then it is void. */
const MOST_ATTEMPTS = 20;
/** Of codes to come in, and of mailed links. */
const MOST_OPEN = 10_000;

export interface CodeAbout {
  readonly role: AccountRole;
  readonly email?: string;
  readonly name?: string;
  readonly person?: PersonReference;
  /** Account of the administrator who made it: when that is closed, it ends. */
  readonly issuedBy?: string;
  /** Of a recovery or a new key: whose. */
  readonly accountId?: string;
  /** Of a new key: who asked at the desk, and what was shown. */
  readonly askedBy?: { readonly accountId: string; readonly name: string };
  readonly shown?: string;
}

export interface OpenCode<Kind extends CodeKind = ComingInKind> extends CodeAbout {
  readonly id: string;
  readonly kind: Kind;
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
    const open = this.#database.prepare(
      "SELECT count(*) AS n FROM codes WHERE expires_at > ? AND (kind = 'recovery') = ?",
    );
    if (Number(open.get(now, Number(kind === 'recovery'))?.['n']) >= MOST_OPEN) return undefined;
    const person = this.#personHash(about);
    // A second code to come in ends the first of the same person; a mailed link, for which anybody can ask, ends none. What is
    // too old is worth nothing.
    this.#database
      .prepare(
        "DELETE FROM codes WHERE expires_at <= ? OR (? <> 'recovery' AND person_hash = ? AND kind <> 'recovery')",
      )
      .run(now, kind, person);
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

  #personHash({ person, accountId }: CodeAbout): Uint8Array | null {
    if (person !== undefined) return this.#sealing.hash('person', person);
    return accountId === undefined ? null : this.#sealing.hash('account', accountId);
  }

  /** A code to come in. Undefined when unknown, used, withdrawn, too old or tried too often: one answer for all. */
  find(typed: string, now: number): OpenCode | undefined {
    const found = this.#find(typed, now);
    return found !== undefined && isComingIn(found) ? found : undefined;
  }

  /** The code of a mailed link; undefined as for `find`. */
  findRecovery(typed: string, now: number): OpenCode<'recovery'> | undefined {
    const found = this.#find(typed, now);
    return found !== undefined && isOf(found, 'recovery') ? found : undefined;
  }

  /** The code of a slip for a new key; undefined as for `find`. */
  findNewKey(typed: string, now: number): OpenCode<'new-key'> | undefined {
    const found = this.#find(typed, now);
    return found !== undefined && isOf(found, 'new-key') ? found : undefined;
  }

  #find(typed: string, now: number): AnyOpenCode | undefined {
    const code = parseCode(typed);
    if (code === undefined) return undefined;
    const row = this.#database
      .prepare('SELECT * FROM codes WHERE code_hash = ? AND expires_at > ? AND attempts < ?')
      .get(this.#sealing.hash('code', code), now, MOST_ATTEMPTS);
    return row === undefined ? undefined : this.#openCodeOf(row);
  }

  #openCodeOf(row: Record<string, SQLOutputValue>): AnyOpenCode {
    const id = row['id'] as string;
    return {
      id,
      kind: row['kind'] as ComingInKind,
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

  /** Every mailed link and every slip for a new key of one account. */
  endRecoveryOf(accountId: string): void {
    const account = this.#sealing.hash('account', accountId);
    this.#database.prepare('DELETE FROM codes WHERE person_hash = ?').run(account);
  }

  /** Whether there was a slip. */
  endNewKeyOf(accountId: string): boolean {
    const account = this.#sealing.hash('account', accountId);
    return (
      this.#database.prepare("DELETE FROM codes WHERE kind = 'new-key' AND person_hash = ?").run(account).changes > 0
    );
  }

  /** Whatever this administrator has handed out and nobody has used. */
  endIssuedBy(accountId: string): void {
    for (const row of this.#database.prepare("SELECT * FROM codes WHERE kind <> 'recovery'").all()) {
      const { id, issuedBy } = this.#openCodeOf(row);
      if (issuedBy === accountId) this.#database.prepare('DELETE FROM codes WHERE id = ?').run(id);
    }
  }

  isNewKeyBegun(accountId: string, now: number): boolean {
    const account = this.#sealing.hash('account', accountId);
    const row = this.#database
      .prepare("SELECT 1 FROM codes WHERE kind = 'new-key' AND person_hash = ? AND expires_at > ?")
      .get(account, now);
    return row !== undefined;
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

  /** Codes to come in. */
  open(now: number): OpenCode[] {
    const rows = this.#database
      .prepare(
        "SELECT * FROM codes WHERE expires_at > ? AND kind NOT IN ('recovery', 'new-key') ORDER BY created_at DESC LIMIT 1000",
      )
      .all(now);
    return rows.map((row) => this.#openCodeOf(row)).filter(isComingIn);
  }
}

type AnyOpenCode = OpenCode | OpenCode<'recovery'> | OpenCode<'new-key'>;

function isOf<Kind extends 'recovery' | 'new-key'>(
  code: AnyOpenCode,
  kind: Kind,
): code is OpenCode<Kind> & AnyOpenCode {
  return code.kind === kind;
}

function isComingIn(code: AnyOpenCode): code is OpenCode {
  return code.kind !== 'recovery' && code.kind !== 'new-key';
}
