import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDemoPeople } from '../connection/demo.ts';
import { sendJson } from '../connection/send-json.ts';
import { Note } from '../parts/states.tsx';
import { accountFaultWords } from './account-fault-words.ts';
import { isEmail } from './registration-form.ts';

/** Says the same whether the address has an account or not. */
export function AskForLink() {
  const { t } = useTranslation();
  const isDemo = useDemoPeople() !== undefined;
  const [email, setEmail] = useState('');
  const [shown, setShown] = useState(false);
  const ask = useMutation({ mutationFn: () => sendJson('POST', '/api/recovery/mail', { email: email.trim() }) });

  function submit(event: FormEvent) {
    event.preventDefault();
    setShown(true);
    if (isEmail(email)) ask.mutate();
  }

  return (
    <form className="card stack" noValidate onSubmit={submit}>
      {ask.isError ? <Note tone="bad">{accountFaultWords(ask.error, t)}</Note> : null}
      <div role="status">
        {ask.isSuccess ? <Note tone="ok">{t('account.linkAsked', { email: email.trim() })}</Note> : null}
      </div>
      {isDemo ? (
        <p className="small">
          <Link to="/mailbox">{t('account.toMailbox')}</Link>
        </p>
      ) : null}
      <TextInput
        label={t('account.email')}
        name="email"
        type="email"
        autoComplete="username"
        value={email}
        error={shown && !isEmail(email) ? t('account.fieldFault.email-shape') : undefined}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <div className="actions">
        <Button type="submit" variant={ask.isSuccess ? 'default' : 'filled'} loading={ask.isPending}>
          {ask.isSuccess ? t('account.sendLinkAgain') : t('account.sendLink')}
        </Button>
        <Button component={Link} to="/sign-in">
          {t('account.backToSignIn')}
        </Button>
      </div>
      <Note tone="plain">{t('account.linkNeedsWords')}</Note>
    </form>
  );
}
