import { useSyncExternalStore } from 'react';
import { keysOpen, onKeysChanged } from './index.ts';

/** Whether this tab can sign now; follows the keyring. */
export function useKeysOpen(): boolean {
  return useSyncExternalStore(onKeysChanged, keysOpen);
}
