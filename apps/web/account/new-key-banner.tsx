// On every device of an account for which a new key waits: who asked, until when it can be stopped, and the way to stop it.
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getJson } from '../connection/get-json.ts';
import { type Session, useSession } from '../connection/session.ts';
import { formatMoment } from '../language/format.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Icon } from '../parts/icon.tsx';
import { Note } from '../parts/states.tsx';
import { vetoNewKey } from '../session/index.ts';
import './account.css';
import { accountFaultWords } from './account-fault-words.ts';
import { CurrentPassword } from './password-fields.tsx';

/** How often a device that is open asks. */
const ASK_AGAIN_MS = 60_000;

export function NewKeyBanner() {
  const { t } = useTranslation();
  const { session } = useSession();
  const [asking, setAsking] = useState(false);
  const { data } = useQuery({
    queryKey: ['new-key', session?.accountId],
    enabled: session?.state === 'active',
    refetchInterval: ASK_AGAIN_MS,
    queryFn: async ({ signal }) =>
      (await getJson('/api/account/new-key', (shapes) => shapes.ownNewKeySchema, signal)).waiting,
  });
  if (session === undefined || data === undefined || data === null) return null;
  return (
    <div className="new-key-banner no-print" role="alert">
      <Icon name="key" />
      <p className="grow">
        {t('newKey.banner', {
          name: data.askedBy,
          asked: formatMoment(data.askedAt),
          effective: formatMoment(data.effectiveAt),
        })}
      </p>
      <Button size="sm" color="red" variant="filled" onClick={() => setAsking(true)}>
        {t('newKey.stop')}
      </Button>
      {asking ? <Veto session={session} onClose={() => setAsking(false)} /> : null}
    </div>
  );
}

function Veto({ session, onClose }: { session: Session; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { refresh } = useSession();
  const [password, setPassword] = useState('');
  const veto = useMutation({
    mutationFn: () => vetoNewKey(session.email, password),
    onSuccess: async () => {
      await refresh();
      await client.invalidateQueries({ queryKey: ['new-key'] });
      onClose();
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (password !== '') veto.mutate();
  }

  return (
    <Dialog onClose={onClose} title={t('newKey.stop')}>
      <form className="stack" noValidate onSubmit={submit}>
        <p>{t('newKey.stopDetail')}</p>
        {veto.isError ? <Note tone="bad">{accountFaultWords(veto.error, t)}</Note> : null}
        <CurrentPassword value={password} onChange={setPassword} />
        <Button type="submit" variant="filled" color="red" loading={veto.isPending}>
          {t('newKey.stopNow')}
        </Button>
      </form>
    </Dialog>
  );
}
