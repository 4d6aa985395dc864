/** Whether the hospital answers: told by every request, and looked at by itself while it does not. */
import type { Fetch } from './connection.ts';

const LOOK_AGAIN_MS = 5_000;
const ALIVE = '/healthz';

export interface ReachPorts {
  readonly fetch: Fetch;
  readonly now: () => number;
  readonly after: (delayMs: number, act: () => void) => void;
}

export interface Reach {
  /** The given fetch, watched. */
  readonly fetch: Fetch;
  /** Since when nothing was answered (ms); undefined while the hospital answers. */
  silentSince(): number | undefined;
  watch(changed: () => void): () => void;
}

export function createReach({ fetch, now, after }: ReachPorts): Reach {
  let since: number | undefined;
  const watchers = new Set<() => void>();

  function tell(next: number | undefined): void {
    if (since === next) return;
    since = next;
    for (const changed of watchers) changed();
  }

  async function look(): Promise<void> {
    if (since === undefined) return;
    try {
      await fetch(ALIVE, {});
      tell(undefined);
    } catch {
      after(LOOK_AGAIN_MS, () => void look());
    }
  }

  return {
    async fetch(url, init) {
      try {
        const response = await fetch(url, init);
        tell(undefined);
        return response;
      } catch (fault) {
        // A page that no longer needs an answer gives up by itself: that says nothing of the hospital.
        if (init.signal?.aborted !== true && since === undefined) {
          tell(now());
          after(LOOK_AGAIN_MS, () => void look());
        }
        throw fault;
      }
    },
    silentSince: () => since,
    watch(changed) {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
  };
}
