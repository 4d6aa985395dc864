import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getJson } from '../connection/get-json.ts';
import { sendJson } from '../connection/send-json.ts';
import { type Session, useSession } from '../connection/session.ts';
import { formatMoment } from '../language/format.ts';
import { Failed, Loading, Note } from '../parts/states.tsx';
import { changePassword } from '../session/index.ts';
import { RequireSession } from '../shell/require-role.tsx';
import { useTitle } from '../shell/title.ts';
import './account.css';
import { accountFaultWords } from './account-fault-words.ts';
import { deviceName } from './device-name.ts';
import { CurrentPassword, NewPassword } from './password-fields.tsx';
import { passwordStrength } from './password-strength.ts';

export function AccountPage() {
  const { t } = useTranslation();
  useTitle(t('account.title'));
  const { session } = useSession();
  return (
    <RequireSession>
      <div className="wrap narrow">
        <div className="page-head">
          <div>
            <h1>{t('account.title')}</h1>
            <p>{session === undefined ? '' : `${session.name} · ${session.email}`}</p>
          </div>
        </div>
        <div className="stack" style={{ ['--gap' as string]: '24px' }}>
          {session === undefined ? null : <PasswordChange session={session} />}
          <Devices />
        </div>
      </div>
    </RequireSession>
  );
}

function PasswordChange({ session }: { session: Session }) {
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

function Devices() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data, error } = useQuery({
    queryKey: ['sessions'],
    queryFn: async ({ signal }) =>
      (await getJson('/api/sessions', (shapes) => shapes.sessionListSchema, signal)).sessions,
  });
  const end = useMutation({
    mutationFn: (id: string) => sendJson('DELETE', `/api/sessions/${encodeURIComponent(id)}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['sessions'] }),
  });
  return (
    <section className="card" aria-labelledby="devices">
      <h2 id="devices">{t('account.devices')}</h2>
      <p className="small muted" style={{ marginBottom: 14 }}>
        {t('account.devicesDetail')}
      </p>
      {error !== null ? (
        <Failed error={error} />
      ) : data === undefined ? (
        <Loading lines={2} />
      ) : (
        <ul className="rows">
          {data.map((device) => (
            <li key={device.id} className="row wrapping">
              <div className="grow">
                <b>{deviceName(device.device)}</b>
                <p className="small muted">{t('account.lastUsed', { when: formatMoment(device.seenAt) })}</p>
              </div>
              {device.current ? (
                <span className="tag brand">{t('account.thisDevice')}</span>
              ) : (
                <Button size="sm" onClick={() => end.mutate(device.id)}>
                  {t('account.endSession')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
