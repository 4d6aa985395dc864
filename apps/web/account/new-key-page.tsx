import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoment } from '../language/format.ts';
import { Note, State } from '../parts/states.tsx';
import { makeNewKey } from '../session/index.ts';
import { useTitle } from '../shell/title.ts';
import './account.css';
import { accountFaultWords } from './account-fault-words.ts';
import { NewPassword } from './password-fields.tsx';
import { passwordStrength } from './password-strength.ts';
import { RecoveryCard } from './recovery-card.tsx';

/** With the slip from the desk: a new password, key and words. The code stands in the fragment, which no browser sends to a server. */
export function NewKeyPage() {
  const { t } = useTranslation();
  useTitle(t('newKey.title'));
  const [code] = useState(() => location.hash.replace(/^#/, ''));
  return (
    <div className="wrap narrow">
      <div className="page-head no-print">
        <div>
          <h1>{t('newKey.title')}</h1>
          <p>{t('newKey.lead')}</p>
        </div>
      </div>
      {code === '' ? (
        <div className="card">
          <State icon="key" title={t('newKey.noCode')}>
            {t('newKey.noCodeDetail')}
          </State>
        </div>
      ) : (
        <NewKeyForm code={code} />
      )}
    </div>
  );
}

function NewKeyForm({ code }: { code: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const weak = ['short', 'weak'].includes(passwordStrength(password));
  const make = useMutation({ mutationFn: () => makeNewKey(code, password) });

  function submit(event: FormEvent) {
    event.preventDefault();
    setShown(true);
    if (!weak) make.mutate();
  }

  if (make.data !== undefined) {
    return (
      <div className="stack">
        <Note tone="info">{t('newKey.waits', { when: formatMoment(make.data.effectiveAt) })}</Note>
        <RecoveryCard
          words={make.data.recoveryWords}
          next={t('account.done')}
          onDone={() => void navigate({ to: '/sign-in' })}
        />
      </div>
    );
  }
  return (
    <form className="card stack" noValidate onSubmit={submit}>
      {make.isError ? <Note tone="bad">{accountFaultWords(make.error, t)}</Note> : null}
      <NewPassword
        value={password}
        onChange={setPassword}
        error={shown && weak ? t('account.strength.tooWeak') : undefined}
      />
      <Note tone="plain">{t('newKey.sevenDays')}</Note>
      <Button type="submit" variant="filled" loading={make.isPending}>
        {t('newKey.make')}
      </Button>
    </form>
  );
}
