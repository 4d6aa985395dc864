// The person says that both accounts are theirs: an offer is confirmed and taken back, a confirmed link is kept.
import type { LedgerNode } from '@clearchart/api';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../connection/session.ts';
import { Fingerprint } from '../parts/fingerprint.tsx';
import { Note } from '../parts/states.tsx';
import { answerOffer, keepLink, type LinkCode as Carried } from '../session/index.ts';
import { linkChecks } from './link-checks.ts';
import { LinkCode } from './link-code.tsx';
import { linkFaultWords } from './link-fault-words.ts';
import { CurrentPassword } from './password-fields.tsx';

export function ConfirmLink({ code, nodes }: { code: Carried; nodes: readonly LedgerNode[] }) {
  const { t } = useTranslation();
  const { session, refresh } = useSession();
  const [password, setPassword] = useState('');
  const isOffer = 'offer' in code;
  const there = isOffer ? code.offer.from : code.link.to;
  const node = nodes.find(({ organization }) => organization === there.organizationId);
  const name = node?.name ?? t('myHospitals.unnamed');
  const confirm = useMutation({
    gcTime: 0,
    mutationFn: async (): Promise<string | null> => {
      const login = { email: session?.email ?? '', password };
      const checks = await linkChecks();
      if (isOffer) return await answerOffer(checks, login, code.offer);
      await keepLink(checks, login, code.link);
      return null;
    },
    // The password was given anew: the session is another one.
    onSettled: () => void refresh().catch(() => {}),
  });
  if (confirm.isSuccess)
    return (
      <div className="card stack">
        <Note tone="ok">{t(confirm.data === null ? 'linkAccounts.done' : 'linkAccounts.halfDone', { name })}</Note>
        {confirm.data === null ? (
          <div>
            <Button component={Link} to="/account" variant="filled">
              {t('linkAccounts.toAccount')}
            </Button>
          </div>
        ) : (
          <LinkCode code={confirm.data} name={name} address={node?.address} words={t('linkAccounts.back', { name })} />
        )}
      </div>
    );
  return (
    <form
      className="card stack"
      onSubmit={(event) => {
        event.preventDefault();
        confirm.mutate();
      }}
    >
      <h2>{t(isOffer ? 'linkAccounts.askedBy' : 'linkAccounts.confirmedBy', { name })}</h2>
      <dl className="pairs">
        <dt>{t('linkAccounts.account')}</dt>
        <dd>{session === undefined ? '' : `${session.name} · ${session.email}`}</dd>
        <dt>{t('linkAccounts.there')}</dt>
        <dd>
          <Fingerprint value={there.pseudonym} />
        </dd>
      </dl>
      <Note tone="warn">{t('linkAccounts.onlyYou')}</Note>
      {confirm.isError ? <Note tone="bad">{linkFaultWords(confirm.error, t)}</Note> : null}
      <CurrentPassword label={t('linkAccounts.password')} value={password} onChange={setPassword} />
      <div>
        <Button type="submit" variant="filled" disabled={password === ''} loading={confirm.isPending}>
          {t(isOffer ? 'linkAccounts.confirm' : 'linkAccounts.keep')}
        </Button>
      </div>
    </form>
  );
}
