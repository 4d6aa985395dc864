import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getJson } from '../connection/get-json.ts';
import { sendJson } from '../connection/send-json.ts';
import { formatMoment } from '../language/format.ts';
import { Failed, Loading } from '../parts/states.tsx';
import { deviceName } from './device-name.ts';

export function Devices({ before }: { before: number | undefined }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data, error } = useQuery({
    queryKey: ['sessions'],
    queryFn: async ({ signal }) =>
      (await getJson('/api/sessions', (shapes) => shapes.sessionListSchema, signal)).sessions,
  });
  const end = useMutation({
    mutationFn: async (ids: readonly string[]) => {
      for (const id of ids) await sendJson('DELETE', `/api/sessions/${encodeURIComponent(id)}`);
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['sessions'] }),
  });
  const others = (data ?? []).filter(({ current }) => !current);
  return (
    <section className="card" aria-labelledby="devices">
      <h2 id="devices">{t('account.devices')}</h2>
      <p className="small muted" style={{ marginBottom: 14 }}>
        {t('account.devicesDetail')}
      </p>
      {before === undefined ? null : (
        <p className="small" style={{ marginBottom: 14 }}>
          {t('account.signedInBefore', { when: formatMoment(before) })}
        </p>
      )}
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
                <p className="small muted">
                  {t('account.signedInAt', { when: formatMoment(device.signedInAt) })} ·{' '}
                  {t('account.lastUsed', { when: formatMoment(device.seenAt) })}
                </p>
              </div>
              {device.current ? (
                <span className="tag brand">{t('account.thisDevice')}</span>
              ) : (
                <Button size="sm" onClick={() => end.mutate([device.id])}>
                  {t('account.endSession')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {others.length < 2 ? null : (
        <Button variant="subtle" loading={end.isPending} onClick={() => end.mutate(others.map(({ id }) => id))}>
          {t('account.endOthers')}
        </Button>
      )}
      {end.isError ? <Failed error={end.error} /> : null}
    </section>
  );
}
