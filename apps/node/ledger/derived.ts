/** Keeps what is derived from blocks in step with them, across restarts. */
import type { Engine } from '@clearchart/ledger';
import type { AccessEntries } from '../accesses/access-entries.ts';
import type { LedgerReader } from './ledger-reader.ts';

export interface DerivedPorts {
  readonly engine: Engine;
  readonly reader: LedgerReader;
  readonly accessEntries: AccessEntries;
  /** Calls after each block that was lacking and has come. */
  readonly onOlder: (listener: () => void) => void;
}

/**
 * Reads the blocks it has not seen yet, then follows. Resolves when it is in step with all that are here: one after another, so that a
 * block that is lacking holds up those above it.
 */
export async function followBlocks({ engine, reader, accessEntries, onOlder }: DerivedPorts): Promise<() => void> {
  let isStopped = false;
  let isMore = false;
  let reading: Promise<void> | undefined;

  /** What comes while it reads is read too. */
  function follow(): Promise<void> {
    isMore = true;
    reading ??= readAll();
    return reading;
  }

  async function readAll(): Promise<void> {
    try {
      while (isMore && !isStopped) {
        isMore = false;
        await readOn();
      }
    } finally {
      reading = undefined;
    }
  }

  async function readOn(): Promise<void> {
    while (!isStopped && accessEntries.height < reader.height && isHere(accessEntries.height + 1)) {
      const block = await reader.block(accessEntries.height + 1);
      if (block === undefined || isStopped) return;
      accessEntries.apply(block);
    }
  }

  function isHere(height: number): boolean {
    const { older } = reader;
    return older === undefined || height <= older.have || height >= older.base;
  }

  const stop = engine.onFinal(({ block }) => {
    if (reading === undefined && block.header.height === accessEntries.height + 1) accessEntries.apply(block);
    else followOn();
  });
  // Who is asked for a block that does not read says so; here it only ends the following.
  const followOn = (): void => void follow().catch(() => undefined);
  onOlder(followOn);
  await follow();
  return () => {
    isStopped = true;
    stop();
  };
}
