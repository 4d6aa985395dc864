/** Closing an account and opening it again: what it can do ends at once, what it is stays, and who did it when is kept with it. */
import type { Caller } from '../http/caller.ts';
import { ApiError } from '../http/errors.ts';
import { type Account, type AccountState, type Identity, isTaken, type StateChange } from './account-table.ts';
import { finishBinding } from './key-binding.ts';
import type { AccountsPorts } from './ports.ts';
import type { AccountStore } from './store.ts';

const MOST_CHANGES_KEPT = 20;

/** Ends every session and token, and the codes that it handed out; the record and what stands on the ledger stay. @throws ApiError */
export function deactivate(store: AccountStore, id: string, administrator: Caller): void {
  store.transaction(() => {
    const account = accountOf(store, id);
    if (account.state === 'deactivated') return;
    const isLast = account.role === 'administrator' && store.accounts.count('active', 'administrator') <= 1;
    if (isLast && account.state === 'active') throw new ApiError('last-administrator');
    change(store, account, 'deactivated', administrator);
    store.sessions.endAll(id);
    store.codes.endRecoveryOf(id);
    store.codes.endIssuedBy(id);
    const { person } = account.identity;
    if (person !== undefined) store.tokens.endOf(person);
  });
}

/** The account is what it was before it was closed, without the sessions and tokens that ended. @throws ApiError */
export async function reactivate(ports: AccountsPorts, id: string, administrator: Caller): Promise<void> {
  const { store } = ports;
  try {
    store.transaction(() => {
      const account = accountOf(store, id);
      if (account.state === 'deactivated') change(store, account, stateBefore(store, account), administrator);
    });
  } catch (error) {
    throw isTaken(error) === 'person' ? new ApiError('already-claimed') : error;
  }
  await finishBinding(ports, id);
}

/** Told by what is still there: nobody has checked a profile, and a signed draft waits for the outbox. */
function stateBefore({ accounts }: AccountStore, { id, identity }: Account): AccountState {
  if (identity.profile !== undefined) return 'unverified';
  return accounts.bindingOf(id) === undefined ? 'active' : 'binding';
}

function change(store: AccountStore, account: Account, to: AccountState, { accountId = '', name }: Caller): void {
  const made: StateChange = { to, at: store.clock.now(), by: { accountId, name } };
  const changes = [...(account.identity.changes ?? []), made].slice(-MOST_CHANGES_KEPT);
  const identity: Identity = { ...account.identity, changes };
  store.accounts.update(account, to, identity);
}

function accountOf({ accounts }: AccountStore, id: string): Account {
  const account = accounts.byId(id);
  if (account === undefined) throw new ApiError('not-found');
  return account;
}
