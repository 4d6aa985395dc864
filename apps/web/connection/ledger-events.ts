// One server-sent stream for the whole page: blocks as they are made, entries as they become final.
import { type LedgerEvent, ledgerEventSchema } from '@clearchart/api';
import { useEffect, useRef } from 'react';

type Listener = (event: LedgerEvent) => void;

const listeners = new Set<Listener>();
let source: EventSource | undefined;

function open(): void {
  if (source !== undefined || typeof EventSource === 'undefined') return;
  source = new EventSource('/api/events');
  const hear = (message: MessageEvent<string>) => {
    const parsed = ledgerEventSchema.safeParse(JSON.parse(message.data));
    if (parsed.success) for (const listener of listeners) listener(parsed.data);
  };
  source.onmessage = hear;
  for (const kind of ledgerEventSchema.shape.kind.options) source.addEventListener(kind, hear);
}

function listen(listener: Listener): () => void {
  listeners.add(listener);
  open();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    source?.close();
    source = undefined;
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
