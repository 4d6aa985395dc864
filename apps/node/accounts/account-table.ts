/** Accounts as rows: who somebody is, sealed; what proves it, sealed; and nothing that opens their vault. */
import type { AccountRole, PatientProfile, StoredVault } from '@clearchart/api';
import { toHex } from '@clearchart/crypto';
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { PersonDraft } from './person-draft.ts';
import { identityPlace } from './row-places.ts';
import { normalEmail, type Sealing } from './sealing.ts';

export type AccountState = 'unverified' | 'binding' | 'active' | 'deactivated';
export type PersonReference = `Patient/${string}` | `Practitioner/${string}`;

export interface Identity {
  readonly email: string;
  readonly name: string;
  readonly publicKey: string;
  /** The key's transaction has reached the outbox. */
  readonly keyBound: boolean;
  /** The transaction that did it. */
  readonly boundBy?: string;
  readonly person?: PersonReference;
  readonly pseudonym?: string;
  /** Until the desk has checked. */
  readonly profile?: PatientProfile;
  /** While the desk's check is being carried out: nobody decides otherwise meanwhile. */
  readonly verifying?: Verifying;
  /** Whether visits are reminded of by mail; yes when it is missing. */
  readonly mailReminders?: boolean;
  /** When a letter last told of a sign-in on a new device; milliseconds. */
  readonly deviceLetterAt?: number;
  /** Closed and opened again, the last at the end. */
  readonly changes?: readonly StateChange[];
}

export interface Verifying {
  /** The FHIR id of the Patient to link, or `new`. */
  readonly link: string;
  /** A decision that a crash cut short holds nobody up after this moment. */
  readonly until: number;
}

export interface StateChange {
  readonly to: AccountState;
  readonly at: number;
  readonly by: { readonly accountId: string; readonly name: string };
}

/** A signed draft that must reach the outbox before the account is active. */
export interface Binding {
  readonly draft: PersonDraft;
  readonly signature: string;
}

/** What an account becomes when its new key takes effect. */
export interface NewKey {
  readonly publicKey: string;
  readonly passwordRecord: string;
  readonly vault: StoredVault;
  readonly askedAt: number;
  /** The administrator, and what the desk was shown. */
  readonly askedBy: { readonly accountId: string; readonly name: string };
  readonly shown: string;
}

export interface Account {
  readonly id: string;
  readonly role: AccountRole;
  readonly state: AccountState;
  readonly createdAt: number;
  readonly lastSignInAt?: number;
  readonly identity: Identity;
}

export interface NewAccount extends Omit<Account, 'createdAt' | 'lastSignInAt'> {
  readonly passwordRecord: string;
  readonly vault: StoredVault;
  readonly binding?: Binding;
}

type Row = Record<string, SQLOutputValue>;

export class AccountTable {
  readonly #database: DatabaseSync;
  readonly #sealing: Sealing;

  constructor(database: DatabaseSync, sealing: Sealing) {
    this.#database = database;
    this.#sealing = sealing;
  }

  /** OPAQUE's name for the account: the same for known and unknown e-mails. */
  userIdentifier(email: string): string {
    return toHex(this.#emailHash(email));
  }

  #emailHash(email: string): Uint8Array {
    return this.#sealing.hash('email', normalEmail(email));
  }

  #personHash(person: PersonReference | undefined): Uint8Array | null {
    return person === undefined ? null : this.#sealing.hash('person', person);
  }

  #get(where: string, value: string | Uint8Array): Account | undefined {
    const row = this.#database.prepare(`SELECT * FROM accounts WHERE ${where}`).get(value);
    return row === undefined ? undefined : this.#accountOf(row);
  }

  byId(id: string): Account | undefined {
    return this.#get('id = ?', id);
  }

  byEmail(email: string): Account | undefined {
    return this.#get('email_hash = ?', this.#emailHash(email));
  }

  /** The newest account of a patient or practitioner. */
  byPerson(person: PersonReference): Account | undefined {
    return this.#get('person_hash = ? ORDER BY created_at DESC LIMIT 1', this.#sealing.hash('person', person));
  }

  #accountOf(row: Row): Account {
    const id = row['id'] as string;
    const lastSignInAt = row['last_sign_in_at'] as number | null;
    return {
      id,
      role: row['role'] as AccountRole,
      state: row['state'] as AccountState,
      createdAt: row['created_at'] as number,
      ...(lastSignInAt === null ? {} : { lastSignInAt }),
      identity: this.#sealing.open<Identity>(identityPlace(row), row['identity'] as Uint8Array),
    };
  }

  /** @throws Error of SQLite when e-mail or person has an account already; `isTaken` tells. */
  insert(account: NewAccount, now: number): void {
    const { id, role, state, identity, passwordRecord, vault, binding } = account;
    const [emailHash, personHash] = [this.#emailHash(identity.email), this.#personHash(identity.person)];
    const place = identityPlace({ id, role, state, email_hash: emailHash, person_hash: personHash });
    this.#database
      .prepare(
        `INSERT INTO accounts (id, email_hash, role, state, person_hash, created_at, identity, password_record, vault, binding)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        id,
        emailHash,
        role,
        state,
        personHash,
        now,
        this.#sealing.seal(place, identity),
        this.#sealing.seal(`account/${id}/password`, passwordRecord),
        this.#sealing.seal(`account/${id}/vault`, vault),
        binding === undefined ? null : this.#sealing.seal(`account/${id}/binding`, binding),
      );
  }

  update({ id, role }: Pick<Account, 'id' | 'role'>, state: AccountState, identity: Identity): void {
    const [emailHash, personHash] = [this.#emailHash(identity.email), this.#personHash(identity.person)];
    const place = identityPlace({ id, role, state, email_hash: emailHash, person_hash: personHash });
    this.#database
      .prepare('UPDATE accounts SET state = ?, person_hash = ?, identity = ? WHERE id = ?')
      .run(state, personHash, this.#sealing.seal(place, identity), id);
  }

  setBinding(id: string, binding: Binding | undefined): void {
    const sealed = binding === undefined ? null : this.#sealing.seal(`account/${id}/binding`, binding);
    this.#database.prepare('UPDATE accounts SET binding = ? WHERE id = ?').run(sealed, id);
  }

  setNewKey(id: string, newKey: NewKey | undefined): void {
    const sealed = newKey === undefined ? null : this.#sealing.seal(`account/${id}/new-key`, newKey);
    this.#database.prepare('UPDATE accounts SET new_key = ? WHERE id = ?').run(sealed, id);
  }

  newKeyOf(id: string): NewKey | undefined {
    return this.#column(id, 'new_key', 'new-key');
  }

  setVault(id: string, vault: StoredVault): void {
    const sealed = this.#sealing.seal(`account/${id}/vault`, vault);
    this.#database.prepare('UPDATE accounts SET vault = ? WHERE id = ?').run(sealed, id);
  }

  setPassword(id: string, passwordRecord: string, vault: StoredVault): void {
    this.#database
      .prepare('UPDATE accounts SET password_record = ?, vault = ? WHERE id = ?')
      .run(
        this.#sealing.seal(`account/${id}/password`, passwordRecord),
        this.#sealing.seal(`account/${id}/vault`, vault),
        id,
      );
  }

  signedIn(id: string, now: number): void {
    this.#database.prepare('UPDATE accounts SET last_sign_in_at = ? WHERE id = ?').run(now, id);
  }

  #column<Value>(
    id: string,
    column: 'binding' | 'new_key' | 'password_record' | 'vault',
    place: string,
  ): Value | undefined {
    const sealed = this.#database.prepare(`SELECT ${column} AS sealed FROM accounts WHERE id = ?`).get(id)?.['sealed'];
    return sealed instanceof Uint8Array ? this.#sealing.open<Value>(`account/${id}/${place}`, sealed) : undefined;
  }

  passwordRecordOf(id: string): string | undefined {
    return this.#column(id, 'password_record', 'password');
  }

  vaultOf(id: string): StoredVault | undefined {
    return this.#column(id, 'vault', 'vault');
  }

  bindingOf(id: string): Binding | undefined {
    return this.#column(id, 'binding', 'binding');
  }

  withBinding(): Account[] {
    const rows = this.#database.prepare('SELECT * FROM accounts WHERE binding IS NOT NULL').all();
    return rows.map((row) => this.#accountOf(row));
  }

  count(state: AccountState | undefined, role?: AccountRole): number {
    const row = this.#database
      .prepare('SELECT count(*) AS n FROM accounts WHERE (?1 IS NULL OR state = ?1) AND (?2 IS NULL OR role = ?2)')
      .get(state ?? null, role ?? null);
    return Number(row?.['n']);
  }

  /** Newest first. */
  list(state: AccountState | undefined, offset: number, limit: number): Account[] {
    const rows = this.#database
      .prepare(
        'SELECT * FROM accounts WHERE (?1 IS NULL OR state = ?1) ORDER BY created_at DESC, id LIMIT ?2 OFFSET ?3',
      )
      .all(state ?? null, limit, offset);
    return rows.map((row) => this.#accountOf(row));
  }
}

/** Which uniqueness an insert or update ran into. */
export function isTaken(error: unknown): 'email' | 'person' | undefined {
  const text = error instanceof Error ? error.message : '';
  if (text.includes('accounts.email_hash')) return 'email';
  return text.includes('accounts.person_hash') ? 'person' : undefined;
}
