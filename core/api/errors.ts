// Every reason this API gives for a "no", once: the stable code, its HTTP status and what a person is told (RFC 9457).
import { z } from 'zod';

interface ErrorEntry {
  readonly status: number;
  readonly title: string;
}

export const ERRORS = {
  'account-inactive': { status: 403, title: 'This account has been closed; ask the desk of the hospital' },
  'already-answered': { status: 409, title: 'The hospital has answered this; the first answer stands' },
  'already-claimed': { status: 409, title: 'This person has an account already' },
  'answer-not-kept': {
    status: 409,
    title: 'This was sent before, and its answer is not kept: look what it came to before you send it anew',
  },
  'appointment-state': { status: 409, title: 'The visit is not in a state that allows this' },
  'awaiting-desk': { status: 403, title: 'The desk of the hospital has not checked this account yet' },
  'bad-credentials': { status: 401, title: 'Sign in, or send a valid token' },
  'bad-request': { status: 400, title: 'The request is not well formed' },
  'both-have-accounts': {
    status: 409,
    title: 'Both have an account: one of them must be closed first, by its owner’s wish',
  },
  'body-too-large': { status: 413, title: 'The request is too large' },
  busy: { status: 503, title: 'The node is busy; try again shortly' },
  'changed-meanwhile': { status: 412, title: 'Somebody else has changed this meanwhile: look at it anew' },
  'change-under-way': { status: 409, title: 'A copy is changed and not repaired yet: let its hospital read it first' },
  'code-invalid': { status: 404, title: 'This code is not known, has been used or is too old' },
  'content-type-unsupported': { status: 415, title: 'This content type is not taken here' },
  'csrf-mismatch': { status: 403, title: 'The request does not come from the page that signed in' },
  deleted: { status: 410, title: 'This has been deleted' },
  'email-taken': { status: 409, title: 'This e-mail has an account already' },
  fault: { status: 500, title: 'The node failed; nothing was changed' },
  forbidden: { status: 403, title: 'Your role may not do this' },
  'history-incomplete': {
    status: 503,
    title: 'This hospital joined the ledger a short while ago and still fetches its older blocks; try again later',
  },
  'invalid-transaction': { status: 406, title: 'The ledger refuses this transaction' },
  'joined-already': { status: 409, title: 'One of them is joined already; take it apart first' },
  'key-of-another-request': { status: 422, title: 'This Idempotency-Key was sent with another request' },
  'last-administrator': { status: 409, title: 'A hospital keeps at least one administrator' },
  'letter-not-changed': { status: 409, title: 'Give another letter or digit, in the place of one' },
  'list-changed': { status: 409, title: 'By now another number of people would be written; look at the list again' },
  'list-has-faults': { status: 422, title: 'The list has faults; nobody was written' },
  'desk-number-wrong': {
    status: 409,
    title: 'This is not the number of the account: whoever stands at the desk may not be who registered',
  },
  'list-under-way': { status: 409, title: 'Another list is being written; wait until it is done, or break it off' },
  'method-not-allowed': { status: 405, title: 'This method is not offered here' },
  'missed-too-often': {
    status: 409,
    title: 'You did not come to several visits: the desk of the hospital books the next one with you, call it',
  },
  'missing-values': { status: 400, title: 'The transaction lacks values or has wrong ones' },
  'new-key-waits': { status: 409, title: 'A new key waits for this account already' },
  'not-active': { status: 409, title: 'One of the records is not active; make it active first' },
  'not-acceptable': { status: 406, title: 'This format is not offered' },
  'no-other-copy': { status: 409, title: 'No other hospital has this block: nobody could give it back' },
  'not-found': { status: 404, title: 'Not found' },
  'not-in-a-block-yet': { status: 409, title: 'This waits for its block; try again in a moment' },
  'not-json': { status: 400, title: 'The body is not JSON as this node takes it' },
  'not-signed-by-peer': { status: 401, title: 'The request is not signed by a hospital that this node knows' },
  'opaque-malformed': { status: 400, title: 'The sign-in message is not well formed' },
  'other-has-account': { status: 409, title: 'The record with the account is the one to keep: choose it' },
  'own-time-taken': { status: 409, title: 'There is another visit of this person at this time' },
  'peer-refused': { status: 403, title: 'This node takes nothing from this hospital now' },
  'peer-request-repeated': { status: 409, title: 'This request has been taken before' },
  'recovery-failed': { status: 401, title: 'E-mail and recovery words do not belong together' },
  'recovery-needs-mail': { status: 409, title: 'A new password begins with the link that is sent by mail' },
  'same-record': { status: 409, title: 'A record is not joined with itself' },
  'request-under-way': { status: 409, title: 'The request with this Idempotency-Key is still under way' },
  'sign-in-again': { status: 403, title: 'Give your password again before you change it' },
  'sign-in-expired': { status: 400, title: 'That took too long; start again' },
  'sign-in-failed': { status: 401, title: 'E-mail and password do not belong together' },
  'signature-invalid': { status: 422, title: 'The signature does not belong to the key and the text' },
  'slot-not-offered': { status: 409, title: 'This time is not offered' },
  'slot-taken': { status: 409, title: 'Somebody else has taken this time' },
  'too-early': { status: 409, title: 'It is too early for this' },
  'too-late': { status: 409, title: 'It is too late for this' },
  'not-amended-yet': { status: 409, title: 'The record has not been changed since: correct it first' },
  'too-many-record-disputes': {
    status: 409,
    title: 'Too many of your questions about the record are open; wait for the answers',
  },
  'too-many-disputes': { status: 409, title: 'You have asked about as many openings as can be asked about' },
  'too-many-keys': { status: 429, title: 'Too many writes with an Idempotency-Key within a day' },
  'too-many-feeds': { status: 409, title: 'You have as many calendar addresses as you can have; end one first' },
  'too-many-visits': {
    status: 429,
    title: 'You have as many visits, or changes of them, as you can have; ask at the desk',
  },
  'too-many-requests': { status: 429, title: 'Too many tries; wait a moment' },
  'wrong-state': { status: 409, title: 'The account is not in a state that allows this' },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERRORS;

export const ERROR_CODES = Object.keys(ERRORS) as ErrorCode[];

/** `application/problem+json`; `detail` and further members never hold a value that was sent. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().optional(),
  /** Why the ledger does not take a transaction: a stable code. */
  rejection: z.string().optional(),
  requestId: z.string().optional(),
});

export type Problem = z.infer<typeof problemSchema>;
