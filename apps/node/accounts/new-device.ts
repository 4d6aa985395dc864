/** Tells by letter that somebody signed in where the account was not known, so that its owner sees it who did not. */
import type { AccountsPorts } from './ports.ts';

/** Between two such letters to one account. */
const AGAIN_AFTER_MS = 60 * 60_000;

/** For a sign-in that is not the account's first. The letter's time is kept with the account: a restart tells nothing twice. */
export function tellOfNewDevice({ store, letters }: AccountsPorts, accountId: string): void {
  const now = store.clock.now();
  const account = store.accounts.byId(accountId);
  const last = account?.identity.deviceLetterAt;
  if (letters === undefined || account === undefined || (last !== undefined && now - last < AGAIN_AFTER_MS)) return;
  store.accounts.update(account, account.state, { ...account.identity, deviceLetterAt: now });
  letters.newDevice(account.identity.email, now);
}
