/** Every limit on what goes to other nodes and comes from them. */

/** A message, question or answer. */
export const LARGEST_MESSAGE_BYTES = 8 * 1024 * 1024;
/** Of who is on no ledger yet. */
export const LARGEST_STRANGER_QUESTION_BYTES = 64 * 1024;

/** How far a request's time may lie from the receiver's clock, to either side. */
export const CLOCK_TOLERANCE_MS = 30_000;

export interface SenderLimit {
  readonly requestsPerSecond: number;
  readonly bytesPerSecond: number;
  /** Of what it is answered: a short question may have a long answer. */
  readonly answerBytesPerSecond: number;
  /** So many seconds' worth may come at once after a pause. */
  readonly burstSeconds: number;
  /** Requests being received or answered at a time. */
  readonly atOnce: number;
  readonly bytesAtOnce: number;
}

/** Of each organization on the ledger. The burst takes the whole queue of a node that was away. */
export const MEMBER_LIMIT: SenderLimit = {
  requestsPerSecond: 200,
  bytesPerSecond: 32 * 1024 * 1024,
  answerBytesPerSecond: 32 * 1024 * 1024,
  burstSeconds: 6,
  atOnce: 32,
  bytesAtOnce: 4 * LARGEST_MESSAGE_BYTES,
};
/** Of strangers from one network (an IPv4 address or an IPv6 /64). */
export const STRANGER_LIMIT: SenderLimit = {
  requestsPerSecond: 5,
  bytesPerSecond: LARGEST_STRANGER_QUESTION_BYTES,
  answerBytesPerSecond: 2 * 1024 * 1024,
  burstSeconds: 4,
  atOnce: 2,
  bytesAtOnce: 2 * LARGEST_STRANGER_QUESTION_BYTES,
};
/** Of all strangers together: keys are free, so that they are not counted by organization. */
export const STRANGERS_LIMIT: SenderLimit = {
  requestsPerSecond: 20,
  bytesPerSecond: 4 * LARGEST_STRANGER_QUESTION_BYTES,
  answerBytesPerSecond: 8 * 1024 * 1024,
  burstSeconds: 4,
  atOnce: 8,
  bytesAtOnce: 8 * LARGEST_STRANGER_QUESTION_BYTES,
};
/** Senders whose use is remembered; further ones wait until one of them has been quiet. */
export const MOST_SENDERS = 2_000;
/** Requests of one sender that are remembered, so that none is taken twice: more than its limit lets in while one could come again. */
export const MOST_NONCES_OF_SENDER = 20_000;

/** Waiting for one peer; the oldest are dropped. */
export const MOST_WAITING = 1_000;
export const MOST_WAITING_BYTES = 32 * 1024 * 1024;
/** Peers that are kept track of. */
export const MOST_PEERS = 256;
/** Questions to one peer that wait for their answers; below what it takes at once. */
export const MOST_ASKED_AT_ONCE = 16;
export const MESSAGE_TIMEOUT_MS = 5_000;
export const QUESTION_TIMEOUT_MS = 15_000;
export const FIRST_PAUSE_MS = 100;
export const LONGEST_PAUSE_MS = 5_000;
/** A message that was sent and not answered is sent again as the same request; then it is given up, as it may have been taken. */
export const REPEAT_WITHIN_MS = 20_000;
/** Of an answer that says no. */
export const LARGEST_REFUSAL_BYTES = 16 * 1024;
