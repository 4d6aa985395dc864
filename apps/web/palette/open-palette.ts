/** Which of the two stands open; one value for the whole page, because a key, a button and a menu open them. */
export type Opened = 'palette' | 'keys' | undefined;

let opened: Opened;
const watchers = new Set<() => void>();

export function show(next: Opened): void {
  opened = next;
  for (const changed of watchers) changed();
}

export const openedNow = (): Opened => opened;

export function watchOpened(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}
