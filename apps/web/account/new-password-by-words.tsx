import { Button, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../connection/session.ts';
import { Note } from '../parts/states.tsx';
import { recover } from '../session/index.ts';
import { accountFaultWords } from './account-fault-words.ts';
import { NewPassword } from './password-fields.tsx';
import { passwordStrength } from './password-strength.ts';
import { isEmail } from './registration-form.ts';

const WORDS = 24;

/** The recovery words open the vault here, in this browser, and a new password closes it. The mailed link knows whose it is. */
export function NewPasswordByWords({ code }: { code?: string }) {
  const { t } = useTranslation();
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
    mutationFn: () => recover(code === undefined ? { email: email.trim() } : { code }, list.join(' '), password),
    onSuccess: async () => {
      await refresh();
      await navigate({ to: '/sign-in', replace: true });
    },
  });
  return (
    <form
      className="card stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setShown(true);
        if ((code !== undefined || isEmail(email)) && list.length === WORDS && !weak) open.mutate();
      }}
    >
      {open.isError ? <Note tone="bad">{accountFaultWords(open.error, t)}</Note> : null}
      {code === undefined ? (
        <TextInput
          label={t('account.email')}
          name="email"
          type="email"
          autoComplete="username"
          value={email}
          error={shown && !isEmail(email) ? t('account.fieldFault.email-shape') : undefined}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
      ) : null}
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
      {code === undefined ? <Note tone="plain">{t('account.wordsAlone')}</Note> : null}
      <Note tone="plain">{t('account.noWords')}</Note>
    </form>
  );
}
