import type { CodeChecked } from '@clearchart/api';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../connection/session.ts';
import { formatMoment } from '../language/format.ts';
import { Failed, Loading, Note, State } from '../parts/states.tsx';
import { checkCode, enrol } from '../session/index.ts';
import { homeOf } from '../shell/navigation.ts';
import { useTitle } from '../shell/title.ts';
import './account.css';
import { accountFaultWords } from './account-fault-words.ts';
import { ClaimForm } from './claim-form.tsx';
import { NewPassword } from './password-fields.tsx';
import { passwordStrength } from './password-strength.ts';
import { RecoveryCard } from './recovery-card.tsx';
import { Stepper } from './stepper.tsx';

const STEP_NAMES = ['account', 'words'] as const;

/** Takes up an invitation. The code stands in the fragment, which no browser sends to a server or keeps in a log. */
export function EnrolPage() {
  const { t } = useTranslation();
  useTitle(t('account.enrol'));
  const [code] = useState(() => location.hash.replace(/^#/, ''));
  const checked = useQuery({
    queryKey: ['code', code],
    enabled: code !== '',
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => checkCode(code),
  });
  return (
    <div className="wrap narrow">
      <div className="page-head no-print">
        <div>
          <h1>{t('account.enrol')}</h1>
          <p>{t('account.enrolLead')}</p>
        </div>
      </div>
      {code === '' ? (
        <div className="card">
          <State icon="key" title={t('account.noCode')}>
            {t('account.noCodeDetail')}
          </State>
        </div>
      ) : checked.error !== null ? (
        <div className="card">
          <CodeRefused error={checked.error} />
        </div>
      ) : checked.data === undefined ? (
        <div className="card">
          <Loading />
        </div>
      ) : checked.data.kind === 'claim' ? (
        <ClaimForm givenCode={code} />
      ) : (
        <Enrolment code={code} invitation={checked.data} />
      )}
    </div>
  );
}

function CodeRefused({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const words = accountFaultWords(error, t);
  return words === t('account.fault.code-invalid') ? (
    <State icon="key" title={t('account.codeRefused')}>
      {words}
    </State>
  ) : (
    <Failed error={error} />
  );
}

function Enrolment({ code, invitation }: { code: string; invitation: CodeChecked }) {
  const { t } = useTranslation();
  const { refresh } = useSession();
  const navigate = useNavigate();
  const [name, setName] = useState(invitation.name ?? '');
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const weak = ['short', 'weak'].includes(passwordStrength(password));
  const asksName = invitation.kind === 'enrolment';
  const join = useMutation({ mutationFn: () => enrol(code, { password, ...(asksName ? { name: name.trim() } : {}) }) });

  function submit(event: FormEvent) {
    event.preventDefault();
    setShown(true);
    if ((!asksName || name.trim() !== '') && !weak) join.mutate();
  }

  if (join.data !== undefined) {
    const { session, recoveryWords } = join.data;
    return (
      <>
        <Stepper names={STEP_NAMES} current={1} />
        <RecoveryCard
          words={recoveryWords}
          next={t('account.done')}
          onDone={() => void refresh().then(() => navigate({ to: homeOf(session.role) }))}
        />
      </>
    );
  }
  return (
    <>
      <Stepper names={STEP_NAMES} current={0} />
      <form className="card stack" noValidate onSubmit={submit}>
        {join.isError ? <Note tone="bad">{accountFaultWords(join.error, t)}</Note> : null}
        <p className="muted">
          {t('account.enrolFor', {
            email: invitation.email ?? '',
            role: t(`role.${invitation.role}`),
            when: formatMoment(invitation.expires),
          })}
        </p>
        {asksName ? (
          <TextInput
            label={t('account.field.name')}
            name="name"
            autoComplete="name"
            value={name}
            error={shown && name.trim() === '' ? t('account.fieldFault.missing') : undefined}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        ) : null}
        {/* Password stores keep the pair by this hidden name. */}
        <input
          className="hidden-visually"
          type="email"
          name="email"
          autoComplete="username"
          value={invitation.email ?? ''}
          readOnly
          tabIndex={-1}
          aria-hidden="true"
        />
        <NewPassword
          value={password}
          onChange={setPassword}
          error={shown && weak ? t('account.strength.tooWeak') : undefined}
        />
        <Note tone="plain">{t('account.keyMade')}</Note>
        <Button type="submit" variant="filled" loading={join.isPending}>
          {t('account.create')}
        </Button>
      </form>
    </>
  );
}
