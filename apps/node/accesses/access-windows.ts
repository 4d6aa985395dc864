/**
 * Windows of access: opens one on disk before the first answer of it leaves, appends the single reads
 * to the audit log, and closes it with their count and root when its time is over.
 */
import {
  type Aead,
  concatBytes,
  fromHex,
  fromUtf8,
  hmacSha256,
  openEnvelope,
  type Random,
  sealEnvelope,
  toHex,
  utf8,
} from '@clearchart/crypto';
import {
  type AccessDetail,
  type Clock,
  commitDetail,
  isDeclared,
  purposeOf,
  type Timers,
  windowLength,
} from '@clearchart/exchange';
import { merkleRoot } from '@clearchart/ledger';
import type { DatabaseSync } from 'node:sqlite';
import type { Disclosure } from '../clinical/index.ts';
import type { Caller } from '../http/caller.ts';
import type { AuditLog } from './audit-log.ts';
import { auditEvent } from './audit-event.ts';

const CLOSE_EVERY_MS = 5_000;
/** Windows kept open in memory; past it the oldest are found on disk again. */
const OPEN_WINDOWS_IN_MEMORY = 50_000;
const SEALED_AS = utf8('clearchart/access-detail/v0');

export interface AccessWindowPorts {
  readonly database: DatabaseSync;
  readonly key: Uint8Array;
  readonly aead: Aead;
  readonly random: Random;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly audit: AuditLog;
  readonly pseudonymOf: (patientId: string) => string | undefined;
}

export interface OpenedDetail {
  readonly detail: AccessDetail;
  /** 32 bytes as hex: opens the commitment on the ledger. */
  readonly salt: string;
}

export interface AccessWindows {
  /** Returns once every event that this answer needs is on disk. */
  disclosed(caller: Caller, disclosure: Disclosure): void;
  /** For lines of lists, which hold no clinical content: they stay in the local log. */
  listed(caller: Caller, disclosure: Disclosure): void;
  detailOf(accessId: string): OpenedDetail | undefined;
  closeDue(): void;
  close(): void;
}

/** The access event that a read of the patient belongs to. */
type AccessOf = (patientId: string) => string | undefined;

interface OpenWindow {
  readonly accessId: string;
  readonly closesAt: number;
}

export function openAccessWindows(ports: AccessWindowPorts): AccessWindows {
  const { database, key, aead, random, clock, timers, audit } = ports;
  const open = new Map<string, OpenWindow>();
  const insert = database.prepare(
    `INSERT INTO access_windows (access_id, window_key, patient, purpose, opened_at, closes_at, detail, sealed_detail)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const findOpen = database.prepare(
    'SELECT access_id, closes_at FROM access_windows WHERE root IS NULL AND closes_at > ? AND window_key = ?',
  );
  const selectDue = database.prepare(
    'SELECT access_id FROM access_windows WHERE root IS NULL AND closes_at <= ? LIMIT 1000',
  );
  const markClosed = database.prepare('UPDATE access_windows SET count = ?, root = ? WHERE access_id = ?');
  const selectWindow = database.prepare('SELECT * FROM access_windows WHERE access_id = ?');
  let cancelTimer = timers.after(CLOSE_EVERY_MS, tick);

  function tick(): void {
    closeDue();
    cancelTimer = timers.after(CLOSE_EVERY_MS, tick);
  }

  /** Names a window in memory; on disk stands its keyed hash. */
  function windowName(caller: Caller, patient: string): string {
    const reader = caller.tokenId ?? caller.accountId ?? caller.name;
    return JSON.stringify([reader, patient, purposeOf(caller.role)]);
  }

  function openWindow(caller: Caller, windowKeyHex: string, patient: string, now: number): OpenWindow {
    const kept = findOpen.get(now, fromHex(windowKeyHex));
    if (kept !== undefined) {
      return { accessId: kept['access_id'] as string, closesAt: kept['closes_at'] as number };
    }
    const accessId = toHex(random.bytes(16));
    const salt = random.bytes(32);
    const detail = detailFor(caller);
    const closesAt = now + windowLength(caller.role);
    const place = { accessId, patient, windowKey: windowKeyHex, openedAt: now, closesAt };
    const content = utf8(JSON.stringify({ detail, salt: toHex(salt) }));
    const sealed = sealEnvelope(aead, random, key, content, boundTo(place));
    insert.run(
      accessId,
      fromHex(windowKeyHex),
      patient,
      purposeOf(caller.role),
      now,
      closesAt,
      commitDetail(detail, salt),
      sealed,
    );
    return { accessId, closesAt };
  }

  function windowsFor(caller: Caller, patients: readonly string[], now: number): Map<string, string> {
    const found = new Map<string, string>();
    const missing: { patient: string; name: string }[] = [];
    for (const patient of patients) {
      const name = windowName(caller, patient);
      const window = open.get(name);
      if (window !== undefined && now < window.closesAt) found.set(patient, window.accessId);
      else missing.push({ patient, name });
    }
    if (missing.length === 0) return found;
    database.exec('BEGIN IMMEDIATE');
    try {
      for (const { patient, name } of missing) {
        const window = openWindow(caller, toHex(hmacSha256(key, utf8(name))), patient, now);
        if (open.size >= OPEN_WINDOWS_IN_MEMORY) open.clear();
        open.set(name, window);
        found.set(patient, window.accessId);
      }
      database.exec('COMMIT');
    } catch (fault) {
      database.exec('ROLLBACK');
      open.clear();
      throw fault;
    }
    return found;
  }

  function closeDue(): void {
    audit.flush();
    const due = selectDue.all(clock.now());
    if (due.length === 0) return;
    database.exec('BEGIN IMMEDIATE');
    try {
      for (const row of due) {
        const accessId = row['access_id'] as string;
        const leaves = audit.leavesOf(accessId);
        markClosed.run(leaves.length, toHex(merkleRoot(leaves)), accessId);
      }
      database.exec('COMMIT');
      // A clock that went back must not lead to a window that is closed.
      open.clear();
    } catch (fault) {
      database.exec('ROLLBACK');
      throw fault;
    }
  }

  function append(caller: Caller, { patients, interaction }: Disclosure, now: number, accessOf: AccessOf): void {
    for (const [patientId, content] of patients) {
      const event = auditEvent({ caller, patientId, content, interaction, recorded: now });
      audit.append({ accessId: accessOf(patientId), event });
    }
  }

  return {
    disclosed(caller, disclosure) {
      const now = clock.now();
      const declared = isDeclared(caller.role);
      const pseudonyms = new Map<string, string>();
      for (const patientId of declared ? disclosure.patients.keys() : []) {
        const pseudonym = ports.pseudonymOf(patientId);
        if (pseudonym !== undefined) pseudonyms.set(patientId, pseudonym);
      }
      const windows = windowsFor(caller, [...pseudonyms.values()], now);
      append(caller, disclosure, now, (patientId) => {
        const pseudonym = pseudonyms.get(patientId);
        return pseudonym === undefined ? undefined : windows.get(pseudonym);
      });
    },
    listed: (caller, disclosure) => append(caller, disclosure, clock.now(), () => undefined),
    detailOf(accessId) {
      const row = selectWindow.get(accessId);
      return row === undefined ? undefined : openDetail(row, key, aead);
    },
    closeDue,
    close() {
      cancelTimer();
      closeDue();
      audit.close();
    },
  };
}

interface WindowPlace {
  readonly accessId: string;
  readonly patient: string;
  readonly windowKey: string;
  readonly openedAt: number;
  readonly closesAt: number;
}

/** A detail opens only in its own row. */
function boundTo({ accessId, patient, windowKey, openedAt, closesAt }: WindowPlace): Uint8Array {
  return concatBytes(SEALED_AS, utf8(JSON.stringify([accessId, patient, windowKey, openedAt, closesAt])));
}

/** Of a row of `access_windows`; undefined when it was changed. */
export function openDetail(row: Record<string, unknown>, key: Uint8Array, aead: Aead): OpenedDetail | undefined {
  const place = {
    accessId: row['access_id'] as string,
    patient: row['patient'] as string,
    windowKey: toHex(row['window_key'] as Uint8Array),
    openedAt: row['opened_at'] as number,
    closesAt: row['closes_at'] as number,
  };
  const opened = openEnvelope(aead, key, row['sealed_detail'] as Uint8Array, boundTo(place));
  return opened === undefined ? undefined : (JSON.parse(fromUtf8(opened)) as OpenedDetail);
}

function detailFor(caller: Caller): AccessDetail {
  return {
    name: caller.name,
    role: caller.role,
    reader: caller.person ?? caller.tokenId ?? caller.accountId ?? caller.name,
    ...(caller.authorisedBy === undefined ? {} : { authorisedBy: caller.authorisedBy }),
  };
}
