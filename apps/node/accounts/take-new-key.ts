/** When the waiting time is over and who asked has proved the new password: the ledger completes it, then the account takes it. */
import type { Account, NewKey } from './account-table.ts';
import type { AccountsPorts } from './ports.ts';

/** The new key that a password may be proved for now: its time has come, nobody vetoed, the account is not closed. */
export function dueNewKey({ store, people }: AccountsPorts, account: Account): NewKey | undefined {
  const newKey = store.accounts.newKeyOf(account.id);
  const { pseudonym } = account.identity;
  if (newKey === undefined || pseudonym === undefined || account.state !== 'active') return undefined;
  const waiting = people.keys.waiting(pseudonym);
  const isDue = waiting?.publicKey === newKey.publicKey && waiting.effectiveAt <= store.clock.now();
  return isDue ? newKey : undefined;
}

/** Whether the account has it from now on: after a veto in the last moment, or without its block, it has not. */
export async function takeNewKey(ports: AccountsPorts, accountId: string, publicKey: string): Promise<boolean> {
  const { store, people } = ports;
  const account = store.accounts.byId(accountId);
  const pseudonym = account?.identity.pseudonym;
  if (account === undefined || pseudonym === undefined || dueNewKey(ports, account)?.publicKey !== publicKey)
    return false;
  await people.keys.complete(pseudonym);
  takeCompletedNewKey(ports, accountId);
  // Others who look at the account take it as well, and may have come first.
  return store.accounts.byId(accountId)?.identity.publicKey === publicKey;
}

/** What the ledger has completed, also where a crash kept it from the account: the old password opens a key that speaks for nobody. */
export function takeCompletedNewKey({ store, people, letters }: AccountsPorts, accountId: string): void {
  const taken = store.transaction(() => {
    const account = store.accounts.byId(accountId);
    const newKey = store.accounts.newKeyOf(accountId);
    const pseudonym = account?.identity.pseudonym;
    if (account === undefined || newKey === undefined || pseudonym === undefined) return undefined;
    if (people.keys.current(pseudonym) !== newKey.publicKey) return undefined;
    store.accounts.update(account, account.state, { ...account.identity, publicKey: newKey.publicKey });
    store.accounts.setPassword(accountId, newKey.passwordRecord, newKey.vault);
    store.accounts.setNewKey(accountId, undefined);
    store.sessions.endAll(accountId);
    store.codes.endRecoveryOf(accountId);
    return account;
  });
  if (taken !== undefined) letters?.newKeyTaken(taken.identity.email);
}
