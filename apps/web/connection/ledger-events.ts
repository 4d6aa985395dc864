// One server-sent stream for the whole page: blocks as they are made, entries as they become final.
import type { LedgerEvent } from '@clearchart/api';
import { useEffect, useRef } from 'react';

const KINDS = ['pending', 'block', 'final'] as const satisfies LedgerEvent['kind'][];

/** After a refusal. */
const AGAIN_MS = 30_000;

type Listener = (event: LedgerEvent) => void;

const listeners = new Set<Listener>();
let source: EventSource | undefined;

/** An event only says that something is new; what it is, is fetched and checked. */
function parseEvent(text: string): LedgerEvent | undefined {
  try {
    const event = JSON.parse(text) as Partial<LedgerEvent>;
    const sound =
      KINDS.some((kind) => kind === event.kind) &&
      Number.isSafeInteger(event.height) &&
      Array.isArray(event.transactionIds);
    return sound ? (event as LedgerEvent) : undefined;
  } catch {
    return undefined;
  }
}

function open(): void {
  if (source !== undefined || typeof EventSource === 'undefined') return;
  const opened = new EventSource('/api/events');
  source = opened;
  opened.addEventListener('ledger', (message: MessageEvent<string>) => {
    const event = parseEvent(message.data);
    if (event !== undefined) for (const listener of listeners) listener(event);
  });
  // A browser asks again by itself when the connection breaks, not when the node had no room.
  opened.addEventListener('error', () => {
    if (opened.readyState !== EventSource.CLOSED || source !== opened) return;
    source = undefined;
    setTimeout(() => {
      followVisibility();
    }, AGAIN_MS);
  });
}

/** A browser keeps few connections to one host open: pages that nobody looks at take none. */
function followVisibility(): void {
  if (document.visibilityState === 'visible' && listeners.size > 0) open();
  else close();
}

function close(): void {
  source?.close();
  source = undefined;
}

function listen(listener: Listener): () => void {
  if (listeners.size === 0) document.addEventListener('visibilitychange', followVisibility);
  listeners.add(listener);
  open();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    document.removeEventListener('visibilitychange', followVisibility);
    close();
  };
}

/** Calls `listener` for each ledger event while the component is on the page. */
export function useLedgerEvents(listener: Listener): void {
  const newest = useRef(listener);
  useEffect(() => {
    newest.current = listener;
  });
  useEffect(() => listen((event) => newest.current(event)), []);
}
