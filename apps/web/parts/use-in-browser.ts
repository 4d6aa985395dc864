import { useSyncExternalStore } from 'react';

const neverChanges = () => () => {};

/** False while the node draws, and while the app takes over what it drew: what only a browser knows stands nowhere yet. */
export function useInBrowser(): boolean {
  return useSyncExternalStore(
    neverChanges,
    () => true,
    () => false,
  );
}
