// New recovery words for who has lost the old ones, or let them be seen: made with the password, shown once.
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { statusOf } from '../connection/fault-words.ts';
import { type Session, useSession } from '../connection/session.ts';
import { Note } from '../parts/states.tsx';
import { makeNewWords } from '../session/index.ts';
import { accountFaultWords } from './account-fault-words.ts';
import { CurrentPassword } from './password-fields.tsx';
import { RecoveryCard } from './recovery-card.tsx';

export function NewWords({ session }: { session: Session }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { refresh } = useSession();
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const [kept, setKept] = useState(false);
  const make = useMutation({
    mutationFn: () => makeNewWords(session.email, password),
    // The words are held by this card alone, for as long as it shows them.
    gcTime: 0,
    onSettled: () => {
      setPassword('');
      setShown(false);
      // The words are shown whatever comes of this.
      refresh()
        .then(() => client.invalidateQueries({ queryKey: ['sessions'] }))
        .catch(() => {});
    },
  });
  if (make.data !== undefined)
    return (
      <RecoveryCard
        words={make.data}
        next={t('account.newWords.done')}
        onDone={() => {
          setKept(true);
          make.reset();
        }}
      />
    );

  function submit(event: FormEvent) {
    event.preventDefault();
    setShown(true);
    setKept(false);
    if (password !== '') make.mutate();
  }

  return (
    <form className="card stack" noValidate onSubmit={submit} aria-labelledby="new-words">
      <h2 id="new-words">{t('account.words')}</h2>
      <p>{t('account.newWords.lead')}</p>
      {kept ? <Note tone="ok">{t('account.newWords.kept')}</Note> : null}
      {make.isError ? (
        <Note tone="bad">
          {accountFaultWords(make.error, t)}
          {statusOf(make.error) === undefined ? ` ${t('account.newWords.unanswered')}` : ''}
        </Note>
      ) : null}
      <CurrentPassword
        label={t('account.newWords.password')}
        value={password}
        onChange={setPassword}
        error={shown && password === '' ? t('account.fieldFault.missing') : undefined}
      />
      <div>
        <Button type="submit" loading={make.isPending}>
          {t('account.newWords.make')}
        </Button>
      </div>
    </form>
  );
}
