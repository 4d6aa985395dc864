import type { AccountLine } from '@clearchart/api';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHoursList } from '../hours/use-hours.ts';
import { formatShortDate } from '../language/format.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Failed, Loading, Note } from '../parts/states.tsx';
import { NewKeyDialog } from './new-key-dialog.tsx';
import { Pager } from './pager.tsx';
import { deactivateAccount, reactivateAccount, useAccounts, withdrawNewKey } from './use-registry.ts';

/** Accounts in use; closing one can be taken back at once, and later from the list of closed ones. */
export function AccountsInUse() {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const [asked, setAsked] = useState<string>();
  const [lost, setLost] = useState<AccountLine>();
  const close = useAccountChange(
    (account) => deactivateAccount(account.id),
    () => setAsked(undefined),
  );
  const undo = useAccountChange(
    (account) => reactivateAccount(account.id),
    () => close.reset(),
  );
  const takeBack = useAccountChange(({ id }) => withdrawNewKey(id));
  const client = useQueryClient();
  const closeSlip = () => {
    setLost(undefined);
    void client.invalidateQueries({ queryKey: ['accounts'] });
  };
  return (
    <>
      <AccountSection
        state="active"
        title={t('registry.accounts')}
        page={page}
        setPage={setPage}
        error={close.error ?? undo.error ?? takeBack.error}
        head={
          close.data === undefined ? null : (
            <div className="card-inside row wrapping" role="status">
              <Note tone="ok">{t('registry.closed', { name: close.data.name })}</Note>
              <Button size="sm" className="end" loading={undo.isPending} onClick={() => undo.mutate(close.data)}>
                {t('registry.undo')}
              </Button>
            </div>
          )
        }
      >
        {(account) => (
          <>
            <span className="small muted">
              {account.lastSignInAt === undefined
                ? t('registry.neverSignedIn')
                : t('account.lastUsed', { when: formatShortDate(account.lastSignInAt) })}
            </span>
            <HoursLink account={account} />
            {account.newKeyBegun ? (
              <>
                <span className="tag warn">{t('newKey.begun')}</span>
                <Button
                  size="sm"
                  loading={takeBack.isPending && takeBack.variables.id === account.id}
                  onClick={() => takeBack.mutate(account)}
                >
                  {t('newKey.takeBack')}
                </Button>
              </>
            ) : (
              <Button size="sm" onClick={() => setLost(account)}>
                {t('newKey.lost')}
              </Button>
            )}
            {/* Closing is asked twice: the first click only changes the words. */}
            <Button
              size="sm"
              color="red"
              variant={asked === account.id ? 'filled' : 'default'}
              loading={close.isPending && close.variables.id === account.id}
              onClick={() => (asked === account.id ? close.mutate(account) : setAsked(account.id))}
            >
              {asked === account.id ? t('registry.closeSure') : t('registry.closeAccount')}
            </Button>
          </>
        )}
      </AccountSection>
      {lost === undefined ? null : <NewKeyDialog account={lost} onClose={closeSlip} />}
    </>
  );
}

/** Where a practitioner can be booked; said loudly when nobody can. */
function HoursLink({ account: { name, person } }: { account: AccountLine }) {
  const { t } = useTranslation();
  const { data } = useHoursList(person?.startsWith('Practitioner/') === true);
  const of = (data ?? []).filter(({ practitioner }) => person === `Practitioner/${practitioner}`);
  const [first] = of;
  if (first === undefined) return null;
  return (
    <>
      {of.every(({ week }) => week.length === 0) ? <span className="tag warn">{t('hours.none')}</span> : null}
      <Button
        component={Link}
        to={`/schedule/hours/${first.role}`}
        size="sm"
        aria-label={t('hours.ofAccountNamed', { name })}
      >
        {t('hours.ofAccount')}
      </Button>
    </>
  );
}

/** Shown only when there are any. */
export function ClosedAccounts() {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const none = useAccounts('deactivated', 1).data?.total === 0;
  const open = useAccountChange((account) => reactivateAccount(account.id));
  if (none) return null;
  return (
    <AccountSection
      state="deactivated"
      title={t('registry.closedAccounts')}
      page={page}
      setPage={setPage}
      error={open.error}
    >
      {(account) => (
        <>
          {account.changed === undefined ? null : (
            <span className="small muted">
              {t('registry.closedBy', { name: account.changed.by, when: formatShortDate(account.changed.at) })}
            </span>
          )}
          <Button
            size="sm"
            loading={open.isPending && open.variables.id === account.id}
            onClick={() => open.mutate(account)}
          >
            {t('registry.openAgain')}
          </Button>
        </>
      )}
    </AccountSection>
  );
}

/** Resolves to the account it was about. */
function useAccountChange(change: (account: AccountLine) => Promise<unknown>, onSettled: () => void = () => {}) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (account: AccountLine) => {
      await change(account);
      return account;
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['accounts'] });
      await client.invalidateQueries({ queryKey: ['registry'] });
    },
    onSettled,
  });
}

interface AccountSectionProps {
  state: 'active' | 'deactivated';
  title: string;
  page: number;
  setPage: (page: number) => void;
  /** Of the last change. */
  error: Error | null;
  head?: ReactNode;
  children: (account: AccountLine) => ReactNode;
}

function AccountSection({ state, title, page, setPage, error: fault, head, children }: AccountSectionProps) {
  const { t } = useTranslation();
  const { data, error } = useAccounts(state, page);
  if (error !== null) return <Failed error={error} />;
  const pages = data === undefined ? 1 : Math.max(1, Math.ceil(data.total / data.pageSize));
  return (
    <section className="card flush" aria-label={title}>
      <h2 className="flush-title">{title}</h2>
      {head}
      {fault === null ? null : (
        <div className="card-inside">
          <Failed error={fault} />
        </div>
      )}
      {data === undefined ? (
        <div className="card-inside">
          <Loading />
        </div>
      ) : (
        <ul className="rows">
          {data.accounts.map((account) => (
            <li key={account.id} className="row wrapping account-line">
              <Avatar name={account.name} plain />
              <div className="grow">
                <b>{account.name}</b>
                <p className="small muted break">
                  {t(`role.${account.role}`)} · {account.email}
                </p>
              </div>
              {children(account)}
            </li>
          ))}
        </ul>
      )}
      {pages < 2 ? null : (
        <div className="row card-inside">
          <Pager page={page} pages={pages} setPage={setPage} />
        </div>
      )}
    </section>
  );
}
