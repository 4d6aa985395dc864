/** What only the password allows asks for it anew: the sign-in of this session must be fresh. */
import type { SessionHandle } from '../http/access.ts';
import { ApiError } from '../http/errors.ts';
import type { AccountStore } from './store.ts';

/** How long the password counts as just given. */
const JUST_SIGNED_IN_MS = 5 * 60_000;

/** @throws ApiError `sign-in-again` */
export function checkJustSignedIn(store: AccountStore, { accountId, sessionId }: SessionHandle): void {
  const now = store.clock.now();
  const session = store.sessions.list(accountId, now).find(({ id }) => id === sessionId);
  if (session === undefined || now - session.createdAt > JUST_SIGNED_IN_MS) throw new ApiError('sign-in-again');
}
