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
/** Of what waits, so many are placed in drafts before the loop of events goes on. */
export const PLACED_AT_ONCE = 100;
/** The longest a caller waits for a block that it asked for, milliseconds. */
export const WISH_MS = 30_000;
/** Callers waiting for finality at once. */
export const WAITERS_LIMIT = 100_000;

/** The next block waits this long for its parent to be justified; twice as long for each further block that is not, milliseconds. */
export const PARENT_WAIT_MS = 1_000;
/** The longest such wait: so slowly grows what cannot become final, milliseconds. */
export const LONGEST_PARENT_WAIT_MS = 60_000;
/** Members begin a block one after another, so that they seldom make two at once, milliseconds. */
export const TURN_MS = 120;
/** A member votes only for a block whose time is this near its own clock, milliseconds. */
export const VOTE_CLOCK_MS = 10_000;
/** A member does not vote for a block that leaves out what it has held for so many blocks. */
export const HELD_BLOCKS = 5;
/** Of those, so many of the oldest are looked at. */
export const HELD_LOOKED_AT = 16;

/**
 * Blocks above the final one, and their bytes: all that the members make and bring themselves, an equal share for each and at most one block
 * more; and once more as much for each member that brings what others have made. Honest ones bring no more than they hold themselves.
 */
export const TREE_BLOCKS = 8_192;
export const TREE_BYTES = 128 * 1024 * 1024;
/** Blocks of one proposer at one height that are taken from itself, unasked and asked. */
export const RIVAL_BLOCKS = 2;
export const ASKED_RIVAL_BLOCKS = 8;
/** Blocks that are not justified, one on the other, that are taken from their proposer. */
export const BLOCKS_IN_A_ROW = 64;
/** Votes kept of one member; of these for one height; and how far below the final block. */
export const VOTES_PER_MEMBER = 16_384;
export const VOTES_PER_HEIGHT = 4;
export const VOTES_BELOW_FINAL = 64;
