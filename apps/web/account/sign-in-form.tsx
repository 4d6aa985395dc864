import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Session, useSession } from '../connection/session.ts';
import { accountFaultWords } from './account-fault-words.ts';
import { CurrentPassword } from './password-fields.tsx';
import { Note } from '../parts/states.tsx';

/** E-mail and password; also inside the dialog that comes when a session ends. */
export function SignInForm({ onDone, email: fixedEmail }: { onDone: (session: Session) => void; email?: string }) {
  const { t } = useTranslation();
  const { signIn } = useSession();
  const [email, setEmail] = useState(fixedEmail ?? '');
  const [password, setPassword] = useState('');
  const enter = useMutation({ mutationFn: () => signIn(email.trim(), password), onSuccess: onDone });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        enter.mutate();
      }}
    >
      {enter.isError ? <Note tone="bad">{accountFaultWords(enter.error, t)}</Note> : null}
      <TextInput
        label={t('account.email')}
        name="email"
        type="email"
        autoComplete="username"
        required
        withAsterisk={false}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <CurrentPassword value={password} onChange={setPassword} />
      <Button type="submit" variant="filled" loading={enter.isPending}>
        {t('nav.signIn')}
      </Button>
    </form>
  );
}
