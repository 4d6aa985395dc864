/** Keeps what is derived from blocks in step with them, across restarts. */
import type { Engine, FinalBlock } from '@clearchart/ledger';
import type { AccessEntries } from '../accesses/access-entries.ts';
import type { LedgerReader } from './ledger-reader.ts';

export interface DerivedPorts {
  readonly engine: Engine;
  readonly reader: LedgerReader;
  readonly accessEntries: AccessEntries;
}

/** Reads the blocks it has not seen yet, then follows. Resolves when it is in step. */
export async function followBlocks({ engine, reader, accessEntries }: DerivedPorts): Promise<() => void> {
  const waiting: FinalBlock[] = [];
  let inStep = false;
  const stop = engine.onFinal((final) => {
    if (inStep) accessEntries.apply(final.block);
    else waiting.push(final);
  });
  while (accessEntries.height < reader.height) {
    const block = await reader.block(accessEntries.height + 1);
    if (block === undefined) break;
    accessEntries.apply(block);
  }
  for (const final of waiting) accessEntries.apply(final.block);
  inStep = true;
  return stop;
}
