import type { Opened } from './open-palette.ts';

const STORAGE_KEY = 'clearchart.single-keys';

/** Keys without Ctrl can be switched off: speech input types them by mistake (WCAG 2.1, 2.1.4). */
export function singleKeysOn(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) !== 'off';
  } catch {
    return true;
  }
}

export function setSingleKeys(on: boolean): void {
  try {
    if (on) localStorage.removeItem(STORAGE_KEY);
    else localStorage.setItem(STORAGE_KEY, 'off');
  } catch {
    // The choice then lasts as long as the page.
  }
}

export interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  /** Whether the key would be typed into something. */
  readonly typing: boolean;
}

/** What a pressed key opens; undefined when it opens nothing. */
export function openedBy({ key, ctrlKey, metaKey, altKey, typing }: Pressed, singleKeys: boolean): Opened {
  if (altKey) return undefined;
  if (ctrlKey !== metaKey) return key.toLowerCase() === 'k' ? 'palette' : undefined;
  return key === '?' && !ctrlKey && !typing && singleKeys ? 'keys' : undefined;
}

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}
