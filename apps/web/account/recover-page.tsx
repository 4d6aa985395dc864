import { Button, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recover } from '../session/index.ts';
import { useSession } from '../connection/session.ts';
import { Note } from '../parts/states.tsx';
import { useTitle } from '../shell/title.ts';
import { accountFaultWords } from './account-fault-words.ts';
import { NewPassword } from './password-fields.tsx';
import { passwordStrength } from './password-strength.ts';
import { isEmail } from './registration-form.ts';
import './account.css';

const WORDS = 24;

/** A forgotten password: the recovery words open the vault here, in this browser, and a new password closes it. */
export function RecoverPage() {
  const { t } = useTranslation();
  useTitle(t('account.recover'));
  const { refresh } = useSession();
  const navigate = useNavigate();
  const [email, setEmail] = useState('');
  const [words, setWords] = useState('');
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const list = words
    .toLowerCase()
    .split(/[\s,.\d]+/)
    .filter((word) => word !== '');
  const weak = ['short', 'weak'].includes(passwordStrength(password));
  const open = useMutation({
    mutationFn: () => recover(email.trim(), list.join(' '), password),
    onSuccess: async () => {
      await refresh();
      await navigate({ to: '/sign-in', replace: true });
    },
  });
  return (
    <div className="wrap narrow">
      <div className="page-head">
        <div>
          <h1>{t('account.recover')}</h1>
          <p>{t('account.recoverLead')}</p>
        </div>
      </div>
      <form
        className="card stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setShown(true);
          if (isEmail(email) && list.length === WORDS && !weak) open.mutate();
        }}
      >
        {open.isError ? <Note tone="bad">{accountFaultWords(open.error, t)}</Note> : null}
        <TextInput
          label={t('account.email')}
          name="email"
          type="email"
          autoComplete="username"
          value={email}
          error={shown && !isEmail(email) ? t('account.fieldFault.email-shape') : undefined}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Textarea
          label={t('account.words')}
          description={t('account.wordsTyped', { count: list.length })}
          name="words"
          autosize
          minRows={3}
          autoComplete="off"
          spellCheck={false}
          lang="en"
          value={words}
          error={shown && list.length !== WORDS ? t('account.wordsCount') : undefined}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <NewPassword
          value={password}
          onChange={setPassword}
          error={shown && weak ? t('account.strength.tooWeak') : undefined}
        />
        <div className="actions">
          <Button type="submit" variant="filled" loading={open.isPending}>
            {t('account.setPassword')}
          </Button>
          <Button component={Link} to="/sign-in">
            {t('account.backToSignIn')}
          </Button>
        </div>
        <Note tone="plain">{t('account.noWords')}</Note>
      </form>
    </div>
  );
}
