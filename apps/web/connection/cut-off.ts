// Whether this page can ask the hospital at all: no network on the device, or no answer from the hospital, and since when.
import { useMemo, useSyncExternalStore } from 'react';
import { silentSince, watchReach } from '../session/index.ts';

/** Since when the device has had no network, as far as it knows (ms); one value for all that ask. */
let offlineSince: number | undefined;

function watchNetwork(changed: () => void): () => void {
  const look = (): void => {
    offlineSince = navigator.onLine ? undefined : (offlineSince ?? Date.now());
    changed();
  };
  addEventListener('online', look);
  addEventListener('offline', look);
  return () => {
    removeEventListener('online', look);
    removeEventListener('offline', look);
  };
}

export interface CutOff {
  readonly why: 'offline' | 'silent';
  /** Milliseconds since the epoch. */
  readonly since: number;
}

export function useCutOff(): CutOff | undefined {
  const offline = useSyncExternalStore(
    watchNetwork,
    () => offlineSince,
    () => undefined,
  );
  const silent = useSyncExternalStore(watchReach, silentSince, () => undefined);
  return useMemo(() => {
    if (offline !== undefined) return { why: 'offline', since: offline };
    return silent === undefined ? undefined : { why: 'silent', since: silent };
  }, [offline, silent]);
}
