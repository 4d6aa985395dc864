/** Versions of resources at rest: found by their hashed name, opened, written with all that belongs to them. */
import { fromHex, toHex } from '@clearchart/crypto';
import type { Clock } from '@clearchart/exchange';
import { CATEGORIES, type Category, type OpenedRecord } from '@clearchart/records';
import type { DatabaseSync } from 'node:sqlite';
import { decodeHashes, encodeHashes, IndexTables } from './index-rows.ts';
import type { Patients } from './patients.ts';
import type { AnchorPort, Resource } from './ports.ts';
import { type Dictionary, type Method, METHODS, SUBJECT } from './tables.ts';
import { contentOf, type Head, type OpenedVersion, type Prepared } from './opened-version.ts';
import { VersionCache } from './version-cache.ts';
import { type SealedFirst, VersionSealer, type VersionSealerPorts } from './version-sealer.ts';
import { prepareVersions } from './version-statements.ts';
import type { CommitGroup, Written } from './write-queue.ts';

/** Marks the sealed body of a deletion, so that no column alone can make one. */
export const TOMBSTONE_TAG = { system: 'urn:clearchart:record-state', code: 'deleted' } as const;

/** Heads kept in memory, some 200 bytes each. */
const HEADS_KEPT = 50_000;

export interface VersionPorts extends VersionSealerPorts {
  readonly database: DatabaseSync;
  readonly clock: Clock;
  readonly anchors: AnchorPort;
  readonly patients: Patients;
  readonly types: Dictionary;
}

export class Versions {
  readonly cache = new VersionCache();
  readonly #ports: VersionPorts;
  readonly #index: IndexTables;
  readonly #statements: ReturnType<typeof prepareVersions>;
  readonly #sealer: VersionSealer;
  /** By `Type/id`, committed ones only: a write takes its resource out, and nothing is put in while a write is under way. */
  readonly #heads = new Map<string, Head>();
  #nextVid: number;

  constructor(ports: VersionPorts) {
    this.#ports = ports;
    this.#index = new IndexTables(ports.database);
    this.#sealer = new VersionSealer(ports);
    this.#statements = prepareVersions(ports.database);
    const last = ports.database.prepare('SELECT max(vid) AS last FROM versions').get();
    this.#nextVid = ((last?.['last'] as number | null) ?? 0) + 1;
  }

  head(type: string, id: string): Head | undefined {
    const name = `${type}/${id}`;
    const kept = this.#heads.get(name);
    if (kept !== undefined) return kept;
    const row = this.#statements.head.get(this.#ports.hash.record(type, id).bytes);
    if (row === undefined) return undefined;
    const head: Head = {
      rid: row['rid'] as number,
      vid: row['head'] as number,
      version: row['version'] as number,
      updated: row['updated'] as number,
      deleted: row['deleted'] === 1,
      category: CATEGORIES[row['category'] as number] ?? 'general',
      subjects: decodeHashes(row['subjects'] as Uint8Array),
    };
    if (this.#ports.database.isTransaction) return head;
    if (this.#heads.size >= HEADS_KEPT) this.#heads.clear();
    this.#heads.set(name, head);
    return head;
  }

  vidOf(rid: number, version: number): number | undefined {
    return this.#statements.ofResource.get(rid, version)?.['vid'] as number | undefined;
  }

  /** Throws when the sealed body does not open: the disk has changed. */
  open(vid: number): OpenedVersion {
    const kept = this.cache.get(vid);
    if (kept !== undefined) return kept;
    const { version, opened } = this.openRecord(vid);
    this.cache.add(version);
    if (opened.content.length === 0) throw new Error('a sealed body is empty');
    return version;
  }

  /** With salt and keys, for whoever may check the commitment. */
  openRecord(vid: number): { version: OpenedVersion; opened: OpenedRecord; record: string; transactionId: string } {
    const row = this.#statements.version.get(vid);
    if (row === undefined) throw new Error('a version is missing');
    const record = row['record'] as Uint8Array;
    const opened = this.#sealer.open(row);
    if (opened === undefined) throw new Error('a sealed body does not open');
    const resource = contentOf<Resource>(opened);
    const version: OpenedVersion = {
      vid,
      rid: row['rid'] as number,
      type: resource.resourceType,
      id: resource.id ?? '',
      version: row['version'] as number,
      updated: row['updated'] as number,
      method: METHODS[row['method'] as number] ?? 'PUT',
      category: CATEGORIES[row['category'] as number] ?? 'general',
      subjects: decodeHashes(row['subjects'] as Uint8Array),
      content: opened.content,
    };
    return { version, opened, record: toHex(record), transactionId: (row['transaction_id'] as string | null) ?? '' };
  }

  /** Seals what will be the first version, so that the database transaction has little to do. */
  sealFirst(id: string, prepared: Prepared): SealedFirst {
    const { patients, clock } = this.#ports;
    if (prepared.type === 'Patient' && patients.expected(this.#ports.hash.reference('Patient', id)) === undefined)
      patients.reserve(id);
    const pseudonym = this.#expectedPseudonym(this.#subjectsOf(id, prepared));
    const updated = clock.now();
    return { id, updated, pseudonym, version: this.#sealer.seal({ ...prepared, id, version: 1, updated, pseudonym }) };
  }

  /** Writes the next version of a resource, or its first, which may be sealed already. */
  put(group: CommitGroup, id: string, prepared: Prepared, head: Head | undefined, first?: SealedFirst): Written {
    const subjects = this.#subjectsOf(id, prepared);
    const written = this.#write(group, {
      first,
      type: prepared.type,
      id,
      method: head === undefined ? 'POST' : 'PUT',
      resource: prepared.resource,
      category: prepared.category,
      subjects,
      pseudonym: this.#pseudonymFor(group, prepared.type, id, subjects),
      head,
      hashes: encodeHashes(prepared.rows.hashes),
    });
    this.#index.insert(written.rid, {
      ...prepared.rows,
      links: [...prepared.rows.links, ...subjects.map((target) => ({ parameter: SUBJECT, target }))],
    });
    return written;
  }

  /** A small sealed body of its own stands for the deletion. */
  delete(group: CommitGroup, type: string, id: string, head: Head): Written {
    return this.#write(group, {
      type,
      id,
      method: 'DELETE',
      resource: { resourceType: type, meta: { tag: [TOMBSTONE_TAG] } },
      category: head.category,
      subjects: head.subjects,
      pseudonym: this.#firstPseudonym(head.subjects),
      head,
      hashes: encodeHashes([]),
    });
  }

  #write(group: CommitGroup, change: Change): Written {
    const { type, id, method, head, subjects, pseudonym, first } = change;
    const { clock, types } = this.#ports;
    const version = (head?.version ?? 0) + 1;
    // Sealed ahead only counts when it names the pseudonym that the write has found.
    const ahead =
      first !== undefined && head === undefined && first.id === id && first.pseudonym === pseudonym ? first : undefined;
    const updated = ahead?.updated ?? Math.max(clock.now(), head?.updated ?? 0);
    const { content, binding, sealed } = ahead?.version ?? this.#sealer.seal({ ...change, version, updated });
    const vid = this.#nextVid++;
    const typeCode = types.code(type);
    const category = CATEGORIES.indexOf(change.category);
    const rid = this.#point(change, { vid, version, updated, typeCode, category });
    this.#statements.insertVersion.run(
      vid,
      rid,
      version,
      typeCode,
      updated,
      METHODS.indexOf(method),
      category,
      group.anchorSequence(),
      encodeHashes(subjects),
      pseudonym === null ? null : fromHex(pseudonym),
      fromHex(binding.categoryTag),
      sealed.custodyWrap,
      sealed.sealed,
    );
    const written: Written = {
      vid,
      rid,
      type,
      id,
      version,
      updated,
      method,
      category: change.category,
      subjects,
      content,
      transactionId: '',
    };
    const { record, categoryTag: tag } = binding;
    group.add({ record, version, subject: pseudonym, categoryTag: tag, commitment: sealed.commitment }, written);
    return written;
  }

  /** Makes the resource's row point to its newest version; old index rows go. */
  #point(
    change: Change,
    row: { vid: number; version: number; updated: number; typeCode: number; category: number },
  ): number {
    const { head, type, id, method, hashes } = change;
    this.#heads.delete(`${type}/${id}`);
    const deleted = method === 'DELETE' ? 1 : 0;
    if (head === undefined) {
      const { bytes, reference } = this.#ports.hash.record(type, id);
      const inserted = this.#statements.insertResource.run(
        bytes,
        reference,
        row.typeCode,
        row.version,
        row.updated,
        deleted,
        row.category,
        row.vid,
        hashes,
      );
      return Number(inserted.lastInsertRowid);
    }
    const old = this.#statements.hashes.get(head.rid)?.['hashes'] as Uint8Array;
    this.#index.remove(head.rid, old, method === 'DELETE');
    this.#statements.updateResource.run(row.version, row.updated, deleted, row.category, row.vid, hashes, head.rid);
    return head.rid;
  }

  #subjectsOf(id: string, { type, subjects }: Prepared): bigint[] {
    const ids = type === 'Patient' ? [id] : subjects;
    return ids.map((patient) => this.#ports.hash.reference('Patient', patient));
  }

  /** A new patient gets a pseudonym, and is enrolled on the ledger before any anchor names it. */
  #pseudonymFor(group: CommitGroup, type: string, id: string, subjects: readonly bigint[]): string | null {
    const { patients, anchors } = this.#ports;
    if (type !== 'Patient' || patients.byId(id) !== undefined) return this.#firstPseudonym(subjects);
    const pseudonym = patients.add(id);
    group.outbox.add('enrol-person', anchors.enrol(pseudonym), group.enrolmentSequence());
    return pseudonym;
  }

  #expectedPseudonym(subjects: readonly bigint[]): string | null {
    for (const subject of subjects) {
      const pseudonym = this.#ports.patients.expected(subject);
      if (pseudonym !== undefined) return pseudonym;
    }
    return null;
  }

  #firstPseudonym(subjects: readonly bigint[]): string | null {
    for (const subject of subjects) {
      const patient = this.#ports.patients.byReference(subject);
      if (patient !== undefined) return patient.pseudonym;
    }
    return null;
  }
}

interface Change {
  readonly first?: SealedFirst | undefined;
  readonly type: string;
  readonly id: string;
  readonly method: Method;
  readonly resource: Resource;
  readonly category: Category;
  readonly subjects: readonly bigint[];
  readonly pseudonym: string | null;
  readonly head: Head | undefined;
  readonly hashes: Uint8Array;
}
