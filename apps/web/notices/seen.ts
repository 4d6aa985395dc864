/** Up to when an account has looked at its notices on this device: a moment, nothing of what they said. */
const STORAGE_KEY = 'clearchart.notices-seen.';

/** On a device that is new to the account, what happened before is not announced. */
export function seenUpTo(account: string, now: number): number {
  try {
    const kept = Number(localStorage.getItem(STORAGE_KEY + account));
    if (kept > 0) return kept;
  } catch {
    // Without storage every visit begins anew.
  }
  keepSeen(account, now);
  return now;
}

export function keepSeen(account: string, at: number): void {
  try {
    localStorage.setItem(STORAGE_KEY + account, String(at));
  } catch {
    // Announced again on the next visit.
  }
}
