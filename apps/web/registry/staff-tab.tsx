import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatShortDate } from '../language/format.ts';
import { Icon } from '../parts/icon.tsx';
import { Failed } from '../parts/states.tsx';
import { AccountsInUse, ClosedAccounts } from './accounts-section.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { useInvitations, withdrawInvitation } from './use-registry.ts';

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
      <AccountsInUse />
      <ClosedAccounts />
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
