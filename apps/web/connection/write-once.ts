// A write that is sent again, because a button was pressed twice or no answer came, is the same write: it keeps its key, and
// the hospital does it once. The same again after an answer is a new write.
import { codeOf } from './fault-words.ts';

const underWay = new Map<string, Promise<unknown>>();
const unanswered = new Map<string, string>();
/** Writes that never got an answer; beyond it the oldest is forgotten. */
const UNANSWERED_LIMIT = 100;

/** `what` is all that makes the write what it is; `send` is given its Idempotency-Key. */
export function writeOnce<Answer>(what: string, send: (key: string) => Promise<Answer>): Promise<Answer> {
  const already = underWay.get(what);
  if (already !== undefined) return already as Promise<Answer>;
  const key = unanswered.get(what) ?? randomKey();
  unanswered.set(what, key);
  for (const oldest of unanswered.keys()) if (unanswered.size > UNANSWERED_LIMIT) unanswered.delete(oldest);
  const sent = send(key)
    .then(
      (answer) => {
        unanswered.delete(what);
        return answer;
      },
      (error: unknown) => {
        // Whoever was told so and sends it again means it anew.
        if (codeOf(error) === 'answer-not-kept') unanswered.delete(what);
        throw error;
      },
    )
    .finally(() => underWay.delete(what));
  underWay.set(what, sent);
  return sent;
}

/** Not `randomUUID`, which a page over plain http does not have. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
