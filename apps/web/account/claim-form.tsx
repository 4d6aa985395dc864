import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { claim } from '../session/index.ts';
import { useSession } from '../connection/session.ts';
import { Note } from '../parts/states.tsx';
import { accountFaultWords } from './account-fault-words.ts';
import { NewPassword } from './password-fields.tsx';
import { passwordStrength } from './password-strength.ts';
import { RecoveryCard } from './recovery-card.tsx';
import { isEmail } from './registration-form.ts';
import { Stepper } from './stepper.tsx';

const STEP_NAMES = ['code', 'words'] as const;

/** Takes over the record that the hospital already keeps: the first key of the person is made here, in this browser. */
export function ClaimForm({ givenCode = '' }: { givenCode?: string }) {
  const { t } = useTranslation();
  const { refresh } = useSession();
  const navigate = useNavigate();
  const [code, setCode] = useState(givenCode);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const take = useMutation({ mutationFn: () => claim(code.trim(), email.trim(), password) });
  const weak = ['short', 'weak'].includes(passwordStrength(password));

  if (take.data !== undefined) {
    return (
      <>
        <Stepper names={STEP_NAMES} current={1} />
        <RecoveryCard
          words={take.data.recoveryWords}
          next={t('account.toRecord')}
          onDone={() => void refresh().then(() => navigate({ to: '/me' }))}
        />
      </>
    );
  }
  return (
    <>
      <Stepper names={STEP_NAMES} current={0} />
      <form
        className="card stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setShown(true);
          if (code.trim() !== '' && isEmail(email) && !weak) take.mutate();
        }}
      >
        {take.isError ? <Note tone="bad">{accountFaultWords(take.error, t)}</Note> : null}
        <TextInput
          label={t('account.claimCode')}
          description={t('account.claimCodeDetail')}
          name="code"
          autoComplete="one-time-code"
          spellCheck={false}
          value={code}
          error={shown && code.trim() === '' ? t('account.fieldFault.missing') : undefined}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <TextInput
          label={t('account.email')}
          name="email"
          type="email"
          autoComplete="username"
          value={email}
          error={shown && !isEmail(email) ? t('account.fieldFault.email-shape') : undefined}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <NewPassword
          value={password}
          onChange={setPassword}
          error={shown && weak ? t('account.strength.tooWeak') : undefined}
        />
        <Note tone="plain">{t('account.keyMade')}</Note>
        <Button type="submit" variant="filled" loading={take.isPending}>
          {t('account.claim')}
        </Button>
      </form>
    </>
  );
}
