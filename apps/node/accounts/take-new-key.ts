/** When the waiting time is over: the ledger completes the replacement, then the account takes the new key, password and vault. */
import type { Account } from './account-table.ts';
import type { AccountsPorts } from './ports.ts';

/** To be called before a sign-in is answered: who comes with the new password is then let in. Does nothing while it waits. */
export async function takeNewKeyIfDue({ store, people }: AccountsPorts, { id, identity }: Account): Promise<void> {
  const newKey = store.accounts.newKeyOf(id);
  const { pseudonym } = identity;
  if (newKey === undefined || pseudonym === undefined) return;
  const waiting = people.keys.waiting(pseudonym);
  const isDue = waiting?.publicKey === newKey.publicKey && waiting.effectiveAt <= store.clock.now();
  if (isDue) await people.keys.complete(pseudonym);
  // The ledger decides: after a veto, or before its time, it names the old key.
  if (people.keys.current(pseudonym) !== newKey.publicKey) return;
  store.transaction(() => {
    const account = store.accounts.byId(id);
    if (account === undefined || store.accounts.newKeyOf(id)?.publicKey !== newKey.publicKey) return;
    store.accounts.update(account, account.state, { ...account.identity, publicKey: newKey.publicKey });
    store.accounts.setPassword(id, newKey.passwordRecord, newKey.vault);
    store.accounts.setNewKey(id, undefined);
    store.sessions.endAll(id);
  });
}
