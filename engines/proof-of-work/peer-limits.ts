/** How often a member tells how far its chain is final, milliseconds. */
export const HEAD_INTERVAL_MS = 3_000;
/** Blocks in one answer, and their bytes; the first is given however large it is. */
export const ANSWER_BLOCKS = 128;
export const ANSWER_BYTES = 4 * 1024 * 1024;
/** Transactions in one message, together. */
export const MESSAGE_BYTES = 4 * 1024 * 1024;
/** Votes in one message or answer. */
export const MESSAGE_VOTES = 2_048;
/** Transactions in one message. */
export const MESSAGE_TRANSACTIONS = 2_000;
/** Places by which a peer finds where the two chains part. */
export const LOCATOR_PLACES = 64;
/** Votes for blocks that have not come yet, of one member. */
export const EARLY_VOTES = 64;
/** Signatures of such votes that are checked for one peer after a pause, and how many more each second; further votes go unread. */
export const EARLY_LOOKS = 256;
export const EARLY_LOOKS_PER_SECOND = 64;
/** Penalty points at which a peer is banned, and for how long, milliseconds. */
export const BAN_POINTS = 100;
export const BAN_MS = 600_000;
/** Points are forgiven one each this long, milliseconds. */
export const FORGIVEN_MS = 1_000;
/** After an answer without progress the same peer is not asked again for so long, milliseconds. */
export const ASK_AGAIN_MS = 500;
/** After a vote for a block that is not here, its sender is asked for it unless it came meanwhile, milliseconds. */
export const EARLY_LOOK_MS = 200;
/** A member that does not know its own votes asks the others again after this, milliseconds. */
export const REMEMBER_AGAIN_MS = 3_000;
/** So long it waits for all of them before a quorum is enough, milliseconds. */
export const REMEMBER_PATIENCE_MS = 30_000;
/** The longest time in which a peer is not asked after answers that brought nothing, milliseconds. */
export const LONGEST_ASK_PAUSE_MS = 30_000;
/** Peers asked for their chain at once. */
export const ASKED_AT_ONCE = 4;
/** A member whose newest signed head is not older counts as being there, milliseconds. */
export const FRESH_HEAD_MS = 10_000;
/** Own votes told again with each head while something is not final. */
export const VOTES_REPEATED = 16;
