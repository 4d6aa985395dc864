/**
 * Group commit: writes that wait at the same moment share one database transaction, one fsync and one
 * anchor. Each has a savepoint of its own, so one that is refused takes nothing with it.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Outbox } from './outbox.ts';
import type { AnchorEntry, AnchorPort } from './ports.ts';
import { refuse } from './refusal.ts';
import type { OpenedVersion } from './opened-version.ts';

/** Commitments in one `anchor-records` transaction; a rule of the ledger. */
const ANCHOR_ENTRIES_LIMIT = 1_000;
/** Versions in one database transaction, so that reads are not kept waiting. */
const GROUP_VERSIONS_LIMIT = 2_000;
/** How long a ready write waits for others that are still being prepared: one fsync costs about as much. */
const COMPANY_WAIT_MS = 2;
/** Writes under way; beyond it the node says it is busy. */
const WRITES_LIMIT = 2_000;

export interface Written extends OpenedVersion {
  /** Known once the group has been committed. */
  transactionId: string;
}

interface PendingAnchor {
  readonly entry: AnchorEntry;
  readonly written: Written;
}

/** What a write may do to the group it is part of. */
export class CommitGroup {
  readonly #firstAnchor: number;
  readonly pending: PendingAnchor[] = [];
  readonly outbox: Outbox;

  constructor(outbox: Outbox, versions: number) {
    this.outbox = outbox;
    // People enrolled by this group come first: the ledger must know a person before an anchor names it.
    this.#firstAnchor = outbox.reserve(versions * 2 + 1) + versions;
    this.#nextEnrolment = this.#firstAnchor - versions;
  }

  #nextEnrolment: number;

  enrolmentSequence(): number {
    return this.#nextEnrolment++;
  }

  /** The outbox row that will anchor the next version. */
  anchorSequence(): number {
    return this.#firstAnchor + Math.floor(this.pending.length / ANCHOR_ENTRIES_LIMIT);
  }

  add(entry: AnchorEntry, written: Written): void {
    this.pending.push({ entry, written });
  }

  sign(anchors: AnchorPort): void {
    for (let start = 0; start < this.pending.length; start += ANCHOR_ENTRIES_LIMIT) {
      const part = this.pending.slice(start, start + ANCHOR_ENTRIES_LIMIT);
      const signed = anchors.anchor(part.map(({ entry }) => entry));
      this.outbox.add('anchor-records', signed, this.#firstAnchor + start / ANCHOR_ENTRIES_LIMIT);
      for (const { written } of part) written.transactionId = signed.id;
    }
  }
}

/** A write that is ready to be applied. */
export interface WriteStep<Value> {
  /** Upper bound of the versions it writes. */
  readonly versions: number;
  apply(group: CommitGroup): Value;
}

interface Unit {
  /** Upper bound of the versions it writes. */
  readonly versions: number;
  readonly apply: (group: CommitGroup) => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

export interface WriteQueuePorts {
  readonly database: DatabaseSync;
  readonly outbox: Outbox;
  readonly anchors: AnchorPort;
  /** Judges what one write has left behind, all of it applied; what it throws takes back that write only. */
  readonly check: (written: readonly Written[]) => void;
  readonly onCommitted: (written: readonly Written[]) => void;
  readonly onRolledBack: () => void;
  /** A commit failed; the process has to end. */
  readonly onFault: (fault: Error) => void;
}

export class WriteQueue {
  readonly #ports: WriteQueuePorts;
  #waiting: Unit[] = [];
  #preparing = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #scheduled = false;
  /** After a failed commit nothing is known about the disk: no write is taken until the node starts again. */
  #broken: Error | undefined;

  constructor(ports: WriteQueuePorts) {
    this.#ports = ports;
  }

  get length(): number {
    return this.#waiting.length;
  }

  /** Prepares a write and runs it in the next group; groups wait a moment for writes that are being prepared. */
  async prepareAndRun<Value>(prepare: () => Promise<WriteStep<Value>>): Promise<Value> {
    if (this.#preparing + this.#waiting.length >= WRITES_LIMIT)
      throw refuse(429, 'busy', 'throttled', 'Too many writes at once; try again later');
    this.#preparing++;
    let step: WriteStep<Value>;
    try {
      step = await prepare();
    } finally {
      this.#preparing--;
      if (this.#preparing === 0 && this.#waiting.length > 0) this.#schedule();
    }
    return this.run(step.versions, (group) => step.apply(group));
  }

  /** Runs `apply` inside the next group; resolves after fsync. What `apply` throws takes back this write only. */
  run<Value>(versions: number, apply: (group: CommitGroup) => Value): Promise<Value> {
    if (this.#broken !== undefined) return Promise.reject(this.#broken);
    return new Promise<Value>((resolve, reject) => {
      this.#waiting.push({ versions, apply, resolve: resolve as (value: unknown) => void, reject });
      if (this.#preparing === 0) this.#schedule();
      else this.#timer ??= setTimeout(() => this.#schedule(), COMPANY_WAIT_MS);
    });
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      const units = this.#take();
      if (units.length > 0) this.#commit(units);
      if (this.#waiting.length > 0) this.#schedule();
    });
  }

  #take(): Unit[] {
    let versions = 0;
    let count = 0;
    for (const unit of this.#waiting) {
      versions += unit.versions;
      if (count > 0 && versions > GROUP_VERSIONS_LIMIT) break;
      count++;
    }
    return this.#waiting.splice(0, count);
  }

  #commit(units: readonly Unit[]): void {
    const { database, outbox, anchors, onCommitted } = this.#ports;
    const answers: (() => void)[] = [];
    const group = new CommitGroup(
      outbox,
      units.reduce((sum, { versions }) => sum + versions, 0),
    );
    try {
      database.exec('BEGIN IMMEDIATE');
      for (const unit of units) answers.push(this.#apply(unit, group));
      group.sign(anchors);
      database.exec('COMMIT');
    } catch (fault) {
      this.#break(fault instanceof Error ? fault : new Error('a write failed'), units);
      return;
    }
    onCommitted(group.pending.map(({ written }) => written));
    for (const answer of answers) answer();
    outbox.announce();
  }

  #break(fault: Error, units: readonly Unit[]): void {
    const { database, onRolledBack, onFault } = this.#ports;
    this.#broken = fault;
    const lost = [...units, ...this.#waiting];
    this.#waiting = [];
    try {
      if (database.isTransaction) database.exec('ROLLBACK');
    } catch {
      // SQLite takes the open transaction back when the database is opened again.
    }
    onRolledBack();
    for (const unit of lost) unit.reject(fault);
    onFault(fault);
  }

  #apply(unit: Unit, group: CommitGroup): () => void {
    const { database, check, onRolledBack } = this.#ports;
    const mark = group.pending.length;
    database.exec('SAVEPOINT unit');
    try {
      const value = unit.apply(group);
      check(group.pending.slice(mark).map(({ written }) => written));
      database.exec('RELEASE unit');
      return () => unit.resolve(value);
    } catch (refusal) {
      database.exec('ROLLBACK TO unit');
      database.exec('RELEASE unit');
      group.pending.length = mark;
      onRolledBack();
      return () => unit.reject(refusal);
    }
  }
}
