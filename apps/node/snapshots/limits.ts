/** Every limit on giving and fetching the state at one height. */

/** A copy to give from is made anew when it is so old, milliseconds. */
export const COPY_EVERY_MS = 600_000;
/** Earlier when it is older than so many times what making it took: so copying takes a hundredth of the time at most. */
export const COPY_TIMES = 100;
/** One that nobody has asked for so long is thrown away, milliseconds. */
export const COPY_UNUSED_MS = 3_600_000;
/** Entries copied in one step, and how long the node rests after each, milliseconds. */
export const COPIED_AT_A_TIME = 500;
export const COPY_REST_MS = 5;
/** Askers whose questions wait for their turn, and questions of one of them. */
export const MOST_WAITING = 64;
export const MOST_WAITING_OF_ONE = 4;
/** After each answer nothing is answered for as long as it took, milliseconds at least. */
export const LEAST_REST_MS = 1;

/** Whoever lacks fewer transactions than this applies them all: that takes seconds. */
export const WORTH_A_SNAPSHOT = 5_000;
/** Members that give nothing are asked again after this, milliseconds. */
export const ASK_AGAIN_MS = 500;
/** So often the members are asked for one part, while any of them cannot answer. */
export const TRIES = 10;
/** Whoever has not said by then what it can give is not waited for, milliseconds. */
export const OFFER_PATIENCE_MS = 5_000;
/** A ledger whose newest block is younger is not far behind: then nobody is asked at all, milliseconds. */
export const AWAY_MS = 3_600_000;
/** So long members are waited for that are making a copy to give from, when nobody has one, milliseconds. */
export const COPY_PATIENCE_MS = 300_000;
/** A snapshot is given up after so long without any progress, milliseconds. */
export const PATIENCE_MS = 20_000;
/** Progress is told in the log so often, milliseconds. */
export const TOLD_EVERY_MS = 5_000;
/** While older blocks are applied, the node rests for as long as it worked, milliseconds at least. */
export const HISTORY_REST_MS = 2;
/** With nothing to do, the history looks again after this, milliseconds. */
export const HISTORY_LOOKS_MS = 250;
