/** Looks through something large now and then, in small steps with rests between, so that nobody waits for it. */
import type { Clock, Timers } from '@clearchart/exchange';

export interface QuietScanPorts {
  /** Yields after a little work each. Begun anew for each round. */
  readonly look: () => AsyncGenerator<void>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly onFault: (fault: unknown) => void;
}

const FIRST_AFTER_MS = 60_000;
const EVERY_MS = 3_600_000;
const WORK_MS = 10;
const REST_MS = 90;

export interface QuietScan {
  /** Resolves when nothing is being looked at any more. */
  close(): Promise<void>;
}

export function startQuietScan({ clock, look, onFault, timers }: QuietScanPorts): QuietScan {
  let isClosed = false;
  let running: Promise<void> = Promise.resolve();
  let cancel = timers.after(FIRST_AFTER_MS, begin);
  let wake = (): void => undefined;

  function begin(): void {
    running = round()
      .catch((fault: unknown) => {
        if (!isClosed) onFault(fault);
      })
      .finally(() => {
        if (!isClosed) cancel = timers.after(EVERY_MS, begin);
      });
  }

  async function round(): Promise<void> {
    let restAt = clock.now() + WORK_MS;
    for await (const _ of look()) {
      if (isClosed) return;
      if (clock.now() < restAt) continue;
      await rest();
      restAt = clock.now() + WORK_MS;
    }
  }

  function rest(): Promise<void> {
    return new Promise((resolve) => {
      wake = resolve;
      cancel = timers.after(REST_MS, resolve);
    });
  }

  return {
    close() {
      isClosed = true;
      cancel();
      wake();
      return running;
    },
  };
}
