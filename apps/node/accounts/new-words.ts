/** New recovery words: the password's own sign-in has just shown who asks, and of the vault the words' wrap alone may be another. */
import type { StoredVault } from '@clearchart/api';
import type { SessionHandle } from '../http/access.ts';
import { ApiError } from '../http/errors.ts';
import { checkJustSignedIn } from './just-signed-in.ts';
import type { AccountsPorts } from './ports.ts';
import { checkOnlyWordsChange } from './vault-change.ts';

/** The words before open nothing from then on. @throws ApiError `sign-in-again` when the password was not just given. */
export function takeNewWords({ store, letters }: AccountsPorts, session: SessionHandle, vault: StoredVault): void {
  const { accountId } = session;
  checkJustSignedIn(store, session);
  const account = store.accounts.byId(accountId);
  if (account === undefined) throw new ApiError('bad-credentials');
  store.transaction(() => {
    checkOnlyWordsChange(store.accounts.vaultOf(accountId), vault);
    store.accounts.setVault(accountId, vault);
    // Mailed links that are out were asked for with the old words at hand.
    store.codes.endRecoveryOf(accountId);
  });
  letters?.wordsChanged(account.identity.email);
}
