/** The sealed map from this hospital's patients to their pseudonyms on the ledger. */
import { type Aead, openEnvelope, type Random, sealEnvelope, toHex, utf8 } from '@clearchart/crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { IndexHash } from './index-hash.ts';

export interface PatientName {
  readonly id: string;
  readonly pseudonym: string;
}

const SEALED_AS = utf8('clearchart/patient-pseudonym/v0');
const PATIENTS_KEPT = 100_000;
const PSEUDONYM_BYTES = 16;
/** Patients about to be made at one time; one whose reservation is lost gets another pseudonym. */
const RESERVED_LIMIT = 20_000;

export class Patients {
  readonly #ports: { readonly aead: Aead; readonly random: Random; readonly key: Uint8Array; readonly hash: IndexHash };
  readonly #kept = new Map<bigint, PatientName>();
  readonly #reserved = new Map<bigint, PatientName>();
  readonly #insert: StatementSync;
  readonly #select: StatementSync;
  readonly #selectByPseudonym: StatementSync;

  constructor(database: DatabaseSync, ports: { aead: Aead; random: Random; key: Uint8Array; hash: IndexHash }) {
    this.#ports = ports;
    this.#insert = database.prepare('INSERT INTO patients (ref, pseudonym, sealed) VALUES (?, ?, ?)');
    this.#select = database.prepare('SELECT sealed FROM patients WHERE ref = ?');
    this.#selectByPseudonym = database.prepare('SELECT sealed FROM patients WHERE pseudonym = ?');
  }

  /** Gives a patient that is about to be made its pseudonym, so that records about it can be sealed before. */
  reserve(id: string): PatientName {
    const name = { id, pseudonym: toHex(this.#ports.random.bytes(PSEUDONYM_BYTES)) };
    if (this.#reserved.size >= RESERVED_LIMIT) this.#reserved.clear();
    this.#reserved.set(this.#ports.hash.reference('Patient', id), name);
    return name;
  }

  /** The pseudonym that a patient has or will have. */
  expected(reference: bigint): string | undefined {
    return (this.byReference(reference) ?? this.#reserved.get(reference))?.pseudonym;
  }

  /** Enters a new patient; to be called inside the write's database transaction. */
  add(id: string): string {
    const { aead, random, key, hash } = this.#ports;
    const { pseudonym } = this.#reserved.get(hash.reference('Patient', id)) ?? this.reserve(id);
    const sealed = sealEnvelope(aead, random, key, utf8(JSON.stringify({ id, pseudonym })), SEALED_AS);
    this.#insert.run(hash.reference('Patient', id), pseudonym, sealed);
    return pseudonym;
  }

  byReference(reference: bigint): PatientName | undefined {
    const kept = this.#kept.get(reference);
    if (kept !== undefined) return kept;
    const found = this.#open(this.#select.get(reference));
    if (found === undefined) return undefined;
    if (this.#kept.size >= PATIENTS_KEPT) this.#kept.clear();
    this.#kept.set(reference, found);
    return found;
  }

  byId(id: string): PatientName | undefined {
    return this.byReference(this.#ports.hash.reference('Patient', id));
  }

  byPseudonym(pseudonym: string): PatientName | undefined {
    return this.#open(this.#selectByPseudonym.get(pseudonym));
  }

  /** After a write was taken back: what it had added is not there. */
  forget(): void {
    this.#kept.clear();
  }

  #open(row: Record<string, unknown> | undefined): PatientName | undefined {
    if (row === undefined) return undefined;
    const opened = openEnvelope(this.#ports.aead, this.#ports.key, row['sealed'] as Uint8Array, SEALED_AS);
    if (opened === undefined) throw new Error('a patient row does not open');
    return JSON.parse(Buffer.from(opened).toString('utf8')) as PatientName;
  }
}
