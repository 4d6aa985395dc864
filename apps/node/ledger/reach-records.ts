/** A node whose ledger is older than its records waits for the other members before anybody is let in. */
import type { Clock, Timers } from '@clearchart/exchange';
import { DamagedData } from '../storage/data-folder.ts';
import type { DamageLog } from './damage-log.ts';

export interface ReachPorts {
  readonly height: () => number;
  /** Fetches what other members have. */
  readonly resolve: () => Promise<void>;
  readonly hasPeers: () => boolean;
  readonly damages: DamageLog;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly onNote: (words: string) => void;
}

/** So long without a further block, and it is given up, milliseconds. */
const PATIENCE_MS = 20_000;
const ASK_AGAIN_MS = 500;
const TOLD_EVERY_MS = 5_000;

/** @param wanted Height that the records know. @throws DamagedData when the other members do not have it either */
export async function reachRecords(wanted: number, ports: ReachPorts): Promise<void> {
  const { damages, height, onNote } = ports;
  const from = height();
  if (from >= wanted) return;
  if (!(await isReached(wanted, ports))) {
    throw new DamagedData(
      `the ledger on disk ends at block ${height()}, but the records know block ${wanted}: an older copy of it was put here`,
    );
  }
  const where = `blocks ${from + 1} to ${wanted}`;
  damages
    .keep({ what: 'ledger', where, detail: 'the ledger here was older than the records' })
    .repaired(where, { blocks: { first: from + 1, last: wanted } });
  onNote(`the ledger has caught up: ${where} came from the other members`);
}

async function isReached(wanted: number, { clock, hasPeers, height, onNote, resolve, timers }: ReachPorts) {
  let [reached, since, toldAt] = [height(), clock.now(), Number.NEGATIVE_INFINITY];
  while (height() < wanted) {
    if (!hasPeers() || clock.now() - since > PATIENCE_MS) return false;
    if (clock.now() - toldAt >= TOLD_EVERY_MS) {
      onNote(`the ledger here ends at block ${height()}, the records know block ${wanted}: asking the other members`);
      toldAt = clock.now();
    }
    await resolve();
    if (height() > reached) [reached, since] = [height(), clock.now()];
    else await new Promise<void>((done) => timers.after(ASK_AGAIN_MS, done));
  }
  return true;
}
