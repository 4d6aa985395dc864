/** Keeps what is derived from blocks in step with them, across restarts. */
import type { Engine, FinalBlock } from '@clearchart/ledger';
import type { AccessEntries } from '../accesses/access-entries.ts';
import type { LedgerReader } from './ledger-reader.ts';
import type { MemberChangeHeights } from './member-change-heights.ts';

export interface DerivedPorts {
  readonly engine: Engine;
  readonly reader: LedgerReader;
  readonly accessEntries: AccessEntries;
  readonly memberChanges: MemberChangeHeights;
}

/** Reads the blocks it has not seen yet, then follows. Resolves when it is in step. */
export async function followBlocks({
  engine,
  reader,
  accessEntries,
  memberChanges,
}: DerivedPorts): Promise<() => void> {
  const waiting: FinalBlock[] = [];
  let inStep = false;
  const apply = (final: FinalBlock['block']): void => {
    memberChanges.apply(final);
    accessEntries.apply(final);
  };
  const stop = engine.onFinal((final) => {
    if (inStep) apply(final.block);
    else waiting.push(final);
  });
  while (accessEntries.height < reader.height) {
    const block = await reader.block(accessEntries.height + 1);
    if (block === undefined) break;
    apply(block);
  }
  for (const final of waiting) apply(final.block);
  inStep = true;
  return stop;
}
