import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatShortDate } from '../language/format.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';
import { Failed, Loading } from '../parts/states.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { deactivateAccount, useAccounts, useInvitations, withdrawInvitation } from './use-registry.ts';

/** Who works here, and who has been invited. */
export function StaffTab() {
  const { t } = useTranslation();
  const [inviting, setInviting] = useState(false);
  return (
    <section className="stack" style={{ ['--gap' as string]: '20px' }} aria-label={t('registry.tab.staff')}>
      <div className="row">
        <Button
          variant="filled"
          className="wide-on-phone"
          leftSection={<Icon name="plus" little />}
          onClick={() => setInviting(true)}
        >
          {t('registry.invite')}
        </Button>
      </div>
      <OpenInvitations />
      <Accounts />
      {inviting ? <InviteDialog onClose={() => setInviting(false)} /> : null}
    </section>
  );
}

function OpenInvitations() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data, error } = useInvitations();
  const withdraw = useMutation({
    mutationFn: withdrawInvitation,
    onSuccess: () => client.invalidateQueries({ queryKey: ['invitations'] }),
  });
  if (error !== null) return <Failed error={error} />;
  if (data === undefined || data.length === 0) return null;
  return (
    <section className="card flush" aria-label={t('registry.invited')}>
      <h2 className="flush-title">{t('registry.invited')}</h2>
      <ul className="rows">
        {data.map((invitation) => (
          <li key={invitation.id} className="row wrapping">
            <div className="grow">
              <b>{invitation.name ?? invitation.email ?? t(`registry.kind.${invitation.kind}`)}</b>
              <p className="small muted">
                {[
                  t(`registry.kind.${invitation.kind}`),
                  t(`role.${invitation.role}`),
                  invitation.email,
                  t('registry.codeUntil', { when: formatShortDate(invitation.expires) }),
                ]
                  .filter((part) => part !== undefined)
                  .join(' · ')}
              </p>
            </div>
            <Button
              size="sm"
              loading={withdraw.isPending && withdraw.variables === invitation.id}
              onClick={() => withdraw.mutate(invitation.id)}
            >
              {t('registry.withdraw')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Accounts() {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const client = useQueryClient();
  const { data, error } = useAccounts('active', page);
  const [asked, setAsked] = useState<string>();
  const close = useMutation({
    mutationFn: deactivateAccount,
    onSuccess: () => client.invalidateQueries({ queryKey: ['accounts'] }),
    onSettled: () => setAsked(undefined),
  });
  if (error !== null) return <Failed error={error} />;
  const pages = data === undefined ? 1 : Math.max(1, Math.ceil(data.total / data.pageSize));
  return (
    <section className="card flush" aria-label={t('registry.accounts')}>
      <h2 className="flush-title">{t('registry.accounts')}</h2>
      {close.isError ? (
        <div className="card-inside">
          <Failed error={close.error} />
        </div>
      ) : null}
      {data === undefined ? (
        <div className="card-inside">
          <Loading />
        </div>
      ) : (
        <ul className="rows">
          {data.accounts.map((account) => (
            <li key={account.id} className="row wrapping">
              <Avatar name={account.name} plain />
              <div className="grow">
                <b>{account.name}</b>
                <p className="small muted break">
                  {t(`role.${account.role}`)} · {account.email}
                </p>
              </div>
              <span className="small muted">
                {account.lastSignInAt === undefined
                  ? t('registry.neverSignedIn')
                  : t('account.lastUsed', { when: formatShortDate(account.lastSignInAt) })}
              </span>
              {/* Closing is asked twice: the first click only changes the words. */}
              <Button
                size="sm"
                color="red"
                variant={asked === account.id ? 'filled' : 'default'}
                loading={close.isPending && close.variables === account.id}
                onClick={() => (asked === account.id ? close.mutate(account.id) : setAsked(account.id))}
              >
                {asked === account.id ? t('registry.closeSure') : t('registry.closeAccount')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {pages < 2 ? null : (
        <div className="row card-inside">
          <Button size="sm" disabled={page <= 1} onClick={() => setPage(page - 1)}>
            {t('registry.previous')}
          </Button>
          <Button size="sm" disabled={page >= pages} onClick={() => setPage(page + 1)}>
            {t('registry.next')}
          </Button>
        </div>
      )}
    </section>
  );
}
