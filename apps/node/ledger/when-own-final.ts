/** Waiting for what this hospital anchors to be final. */
import type { Clock, Timers } from '@clearchart/exchange';
import type { Engine, TransactionId } from '@clearchart/ledger';

const LOOK_AGAIN_MS = 20;

/** A moment after the write the transaction is in the outbox and the engine knows nothing of it yet: then this looks again. */
export async function whenOwnFinal(
  engine: Pick<Engine, 'whenFinal'>,
  { clock, timers }: { readonly clock: Clock; readonly timers: Timers },
  id: TransactionId,
  withinMs: number,
): Promise<void> {
  const end = clock.now() + withinMs;
  for (let left = withinMs; left > 0; left = end - clock.now()) {
    if ((await engine.whenFinal(id, left)) !== undefined) return;
    await new Promise<void>((later) => {
      timers.after(LOOK_AGAIN_MS, later);
    });
  }
}
