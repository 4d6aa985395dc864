import { useSyncExternalStore } from 'react';

let printing = false;
const watchers = new Set<() => void>();

function tell(now: boolean): void {
  printing = now;
  for (const changed of watchers) changed();
}

const begin = (): void => tell(true);
const end = (): void => tell(false);

function watch(changed: () => void): () => void {
  if (watchers.size === 0) {
    addEventListener('beforeprint', begin);
    addEventListener('afterprint', end);
  }
  watchers.add(changed);
  return () => {
    watchers.delete(changed);
    if (watchers.size > 0) return;
    removeEventListener('beforeprint', begin);
    removeEventListener('afterprint', end);
  };
}

/** Whether the page is being laid out for paper: what is folded on the screen is open then. */
export function usePrinting(): boolean {
  return useSyncExternalStore(
    watch,
    () => printing,
    () => false,
  );
}
