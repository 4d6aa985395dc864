/** Waiting for what this hospital anchors to be final. */
import type { Clock, Timers } from '@clearchart/exchange';
import { type Engine, type Finality, TransactionDropped, type TransactionId } from '@clearchart/ledger';

const LOOK_AGAIN_MS = 20;

/**
 * A moment after the write the transaction is in the outbox and the engine knows nothing of it yet: then this looks again. So it does
 * for one that no longer fits its place: the outbox offers it again, and others may still hold it.
 */
export async function whenOwnFinal(
  engine: Pick<Engine, 'whenFinal'>,
  { clock, timers }: { readonly clock: Clock; readonly timers: Timers },
  id: TransactionId,
  withinMs: number,
): Promise<void> {
  const end = clock.now() + withinMs;
  for (let left = withinMs; left > 0; left = end - clock.now()) {
    if ((await finalOrDropped(engine, id, left)) !== undefined) return;
    await new Promise<void>((later) => {
      timers.after(LOOK_AGAIN_MS, later);
    });
  }
}

async function finalOrDropped(
  engine: Pick<Engine, 'whenFinal'>,
  id: TransactionId,
  withinMs: number,
): Promise<Finality | undefined> {
  try {
    return await engine.whenFinal(id, withinMs);
  } catch (fault) {
    if (fault instanceof TransactionDropped) return undefined;
    throw fault;
  }
}
