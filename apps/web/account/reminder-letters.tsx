// Whether letters remind of visits; the bell does in any case.
import { Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getJson } from '../connection/get-json.ts';
import { sendJson } from '../connection/send-json.ts';
import { Failed, Loading } from '../parts/states.tsx';

const KEY = ['account-reminders'];

export function ReminderLetters() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data, error } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => getJson('/api/account/reminders', (shapes) => shapes.remindersSchema, signal),
  });
  const change = useMutation({
    mutationFn: (byMail: boolean) => sendJson('POST', '/api/account/reminders', { byMail }),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
  return (
    <section className="card stack" aria-labelledby="reminders">
      <h2 id="reminders">{t('account.reminders')}</h2>
      {error !== null ? (
        <Failed error={error} />
      ) : data === undefined ? (
        <Loading lines={1} />
      ) : data.possible ? (
        <Switch
          label={t('account.remindByMail')}
          description={t('account.remindersDetail')}
          checked={change.isPending ? change.variables : data.byMail}
          onChange={(event) => change.mutate(event.currentTarget.checked)}
        />
      ) : (
        <p className="small muted">{t('account.remindersNotSent')}</p>
      )}
      {change.isError ? <Failed error={change.error} /> : null}
    </section>
  );
}
