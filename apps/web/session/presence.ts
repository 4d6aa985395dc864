// Whether somebody is at this page. What it asks by itself while nobody is there does not make the session last longer.

/** On requests that nobody was there for. */
const UNATTENDED_HEADER = 'x-unattended';
/** Without a touch for so long nobody is there. */
const STAYS_MS = 60_000;
export const SIGNS = ['pointermove', 'pointerdown', 'touchstart', 'keydown', 'wheel'] as const;

export interface Presence {
  /** Somebody has touched the page. */
  touched(): void;
  /** The request, marked when nobody is there. */
  marked(init: RequestInit): RequestInit;
}

/** @param now Milliseconds. Whoever opens a page is there. */
export function createPresence(now: () => number): Presence {
  let touchedAt = now();
  return {
    touched() {
      touchedAt = now();
    },
    marked(init) {
      if (now() - touchedAt < STAYS_MS) return init;
      const headers = new Headers(init.headers);
      headers.set(UNATTENDED_HEADER, '1');
      return { ...init, headers };
    },
  };
}
