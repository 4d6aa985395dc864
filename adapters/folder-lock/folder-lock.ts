// One process to a data folder. The lock is SQLite's own file lock: the system drops it when the process ends in whatever
// way, so no lock is ever left behind by a crash.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const LOCK_FILE = 'lock.db';

export interface FolderLock {
  release(): void;
}

export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
  constructor(folder: string) {
    super(`another process works in ${folder}`);
  }
}

/** `undefined` when another process, or another node of this process, holds the folder. */
export function lockFolder(folder: string): FolderLock | undefined {
  const database = new DatabaseSync(join(folder, LOCK_FILE));
  try {
    database.exec('PRAGMA busy_timeout = 0; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
  return { release: () => database.close() };
}

/** Makes no file where there was none, and holds nothing afterwards: only `lockFolder` decides. */
export function isFolderInUse(folder: string): boolean {
  if (!existsSync(join(folder, LOCK_FILE))) return false;
  const lock = lockFolder(folder);
  lock?.release();
  return lock === undefined;
}

function isBusy(error: unknown): boolean {
  return /database is locked/.test(String((error as Error).message));
}
