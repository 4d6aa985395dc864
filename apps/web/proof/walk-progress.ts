// How far this browser has come on its first walk along the chain. A light file: the walk itself is fetched late.
import { useSyncExternalStore } from 'react';

export interface WalkProgress {
  height: number;
  /** Of the newest block that the server names. */
  of: number;
}

let progress: WalkProgress | undefined;
const listeners = new Set<() => void>();

/** @param next Undefined when no walk is under way. */
export function tellWalk(next: WalkProgress | undefined): void {
  if (progress === next) return;
  progress = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useWalkProgress(): WalkProgress | undefined {
  return useSyncExternalStore(
    subscribe,
    () => progress,
    () => undefined,
  );
}
