/** From the first transaction that waits to the making of its block: time for others to join, milliseconds. */
export const LINGER_MS = 5;
/** After a block the next rests this many times as long as making it took, so that steady writing leaves the cores to others. */
export const REST_FACTOR = 2;
/** The longest such rest, milliseconds. */
export const REST_LIMIT_MS = 250;
/** A block whose time lies further behind the clock when its turn comes is dated anew, milliseconds. */
export const STALE_DRAFT_MS = 5_000;
/** Transactions whose signatures are verified together. */
export const INTAKE_BATCH = 256;
/** Callers waiting for finality at once. */
export const WAITERS_LIMIT = 100_000;
