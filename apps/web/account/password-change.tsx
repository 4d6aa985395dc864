import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Session, useSession } from '../connection/session.ts';
import { Note } from '../parts/states.tsx';
import { changePassword } from '../session/index.ts';
import { accountFaultWords } from './account-fault-words.ts';
import { CurrentPassword, NewPassword } from './password-fields.tsx';
import { passwordStrength } from './password-strength.ts';

export function PasswordChange({ session }: { session: Session }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { refresh } = useSession();
  const [before, setBefore] = useState('');
  const [next, setNext] = useState('');
  const [shown, setShown] = useState(false);
  const weak = ['short', 'weak'].includes(passwordStrength(next));
  const change = useMutation({
    mutationFn: () => changePassword(session.email, before, next),
    onSuccess: async () => {
      setBefore('');
      setNext('');
      setShown(false);
      await refresh();
      await client.invalidateQueries({ queryKey: ['sessions'] });
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    setShown(true);
    if (before !== '' && !weak) change.mutate();
  }

  return (
    <form className="card stack" noValidate onSubmit={submit} aria-labelledby="change-password">
      <h2 id="change-password">{t('account.changePassword')}</h2>
      {change.isSuccess ? <Note tone="ok">{t('account.passwordChanged')}</Note> : null}
      {change.isError ? <Note tone="bad">{accountFaultWords(change.error, t)}</Note> : null}
      <CurrentPassword
        label={t('account.currentPassword')}
        value={before}
        onChange={setBefore}
        error={shown && before === '' ? t('account.fieldFault.missing') : undefined}
      />
      <NewPassword value={next} onChange={setNext} error={shown && weak ? t('account.strength.tooWeak') : undefined} />
      <div>
        <Button type="submit" variant="filled" loading={change.isPending}>
          {t('account.changePassword')}
        </Button>
      </div>
    </form>
  );
}
