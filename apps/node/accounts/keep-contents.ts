/** What the person's browser remembers in the vault: other contents under the same wraps, in place of those that it has read. */
import type { StoredVault } from '@clearchart/api';
import { sha256, toHex, utf8 } from '@clearchart/crypto';
import type { SessionHandle } from '../http/access.ts';
import { ApiError } from '../http/errors.ts';
import { checkJustSignedIn } from './just-signed-in.ts';
import type { AccountStore } from './store.ts';
import { checkOnlyContentsChange } from './vault-change.ts';

/**
 * @param replaces SHA-256 of the sealed contents before, 64 hexadecimal digits: what another tab has kept meanwhile is not lost.
 * @throws ApiError `sign-in-again`, `bad-request` for another password or other words, `changed-meanwhile`
 */
export function keepContents(store: AccountStore, session: SessionHandle, vault: StoredVault, replaces: string): void {
  checkJustSignedIn(store, session);
  store.transaction(() => {
    const before = store.accounts.vaultOf(session.accountId);
    checkOnlyContentsChange(before, vault);
    if (before === undefined || toHex(sha256(utf8(before.sealed))) !== replaces)
      throw new ApiError('changed-meanwhile');
    store.accounts.setVault(session.accountId, vault);
  });
}
