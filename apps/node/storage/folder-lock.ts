/**
 * One process for one data folder. The lock is SQLite's own on an empty database: the operating system
 * lets go of it when the process dies, however it dies.
 */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
  constructor(folder: string) {
    super(`another process works in ${folder}`);
  }
}

export interface FolderLock {
  release(): void;
}

/** @throws FolderInUse at once when another process holds the folder. */
export function lockFolder(folder: string): FolderLock {
  const database = new DatabaseSync(join(folder, 'lock.db'), { timeout: 0 });
  try {
    database.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
  } catch (fault) {
    database.close();
    if (fault instanceof Error && /locked|busy/i.test(fault.message)) throw new FolderInUse(folder);
    throw fault;
  }
  return {
    release() {
      database.exec('ROLLBACK');
      database.close();
    },
  };
}
