/** Opens a file of the ledger that can be done without: one that is damaged is put with the evidence, and begun anew. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DamagedData, syncFolder } from '../storage/data-folder.ts';
import type { Damage, DamageLog, KeptDamage } from './damage-log.ts';

export interface WholeFilePorts<Opened> {
  /** The data folder. */
  readonly folder: string;
  readonly file: string;
  readonly what: Damage['what'];
  /** @throws what `isDamage` knows when it does not read. */
  readonly open: () => Opened;
  readonly isDamage: (fault: unknown) => boolean;
  readonly damages: DamageLog;
  readonly onNote: (words: string) => void;
}

/** @returns with `mending` while what was in the file has still to be made again. @throws DamagedData */
export function openWhole<Opened>(ports: WholeFilePorts<Opened>): { opened: Opened; mending: KeptDamage | undefined } {
  const { damages, file, isDamage, open, what } = ports;
  // Found while the node ran, or put away by a start that did not come to its end.
  let mending = damages.unrepaired(what, file);
  if (mending !== undefined && !mending.holds(file)) putAway(ports, mending);
  try {
    return { opened: open(), mending };
  } catch (fault) {
    if (!isDamage(fault)) throw asDamaged(file, fault);
    mending ??= damages.keep({ what, where: file, detail: wordsOf(fault) });
    putAway(ports, mending);
  }
  try {
    return { opened: open(), mending };
  } catch (fault) {
    throw asDamaged(file, fault);
  }
}

/** With the files that SQLite keeps beside it. */
function putAway<Opened>({ file, folder, onNote }: WholeFilePorts<Opened>, kept: KeptDamage): void {
  for (const end of ['-wal', '']) if (existsSync(join(folder, file + end))) kept.move(join(folder, file + end));
  rmSync(join(folder, `${file}-shm`), { force: true });
  syncFolder(folder);
  onNote(`${file} is damaged and is made again; the damage is kept in ${kept.folder}`);
}

function asDamaged(file: string, fault: unknown): DamagedData {
  return fault instanceof DamagedData ? fault : new DamagedData(`${file}: ${wordsOf(fault)}`);
}

function wordsOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}
