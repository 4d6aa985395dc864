// Addresses under which a calendar program fetches the own visits: shown whole once, ended by hand.
import type { CalendarFeed } from '@clearchart/api';
import { Button, CopyButton, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getJson } from '../connection/get-json.ts';
import { sendJson } from '../connection/send-json.ts';
import { formatMoment } from '../language/format.ts';
import { Icon } from '../parts/icon.tsx';
import { Failed, Loading, Note } from '../parts/states.tsx';

const KEY = ['calendar-feeds'];

export function CalendarFeeds() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data, error } = useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) =>
      (await getJson('/api/calendar-feeds', (shapes) => shapes.calendarFeedListSchema, signal)).feeds,
  });
  const settled = { onSettled: () => client.invalidateQueries({ queryKey: KEY }) };
  const make = useMutation({
    mutationFn: async () => ((await sendJson('POST', '/api/calendar-feeds', {})) as { path: string }).path,
    ...settled,
  });
  const end = useMutation({
    mutationFn: (id: string) => sendJson('DELETE', `/api/calendar-feeds/${encodeURIComponent(id)}`),
    ...settled,
  });
  const failed = error ?? make.error ?? end.error;
  return (
    <section className="card stack" aria-labelledby="feeds">
      <h2 id="feeds">{t('account.feeds')}</h2>
      <p className="small muted">{t('account.feedsDetail')}</p>
      {failed === null ? null : <Failed error={failed} />}
      {make.data === undefined ? null : <Made address={location.origin + make.data} />}
      {data === undefined ? (
        error === null ? (
          <Loading lines={1} />
        ) : null
      ) : data.length === 0 ? null : (
        <ul className="rows">
          {data.map((feed) => (
            <Line key={feed.id} feed={feed} end={() => end.mutate(feed.id)} />
          ))}
        </ul>
      )}
      <div>
        <Button leftSection={<Icon name="calendar" little />} loading={make.isPending} onClick={() => make.mutate()}>
          {t('account.makeFeed')}
        </Button>
      </div>
    </section>
  );
}

function Made({ address }: { address: string }) {
  const { t } = useTranslation();
  return (
    <>
      <Note tone="ok">{t('account.feedOnce')}</Note>
      <div className="row wrapping">
        <TextInput className="grow" aria-label={t('account.feedAddress')} readOnly value={address} />
        <CopyButton value={address}>
          {({ copied, copy }) => <Button onClick={copy}>{t(copied ? 'account.copied' : 'account.copy')}</Button>}
        </CopyButton>
      </div>
    </>
  );
}

function Line({ feed: { createdAt, usedAt }, end }: { feed: CalendarFeed; end: () => void }) {
  const { t } = useTranslation();
  const made = formatMoment(createdAt);
  return (
    <li className="row wrapping">
      <div className="grow">
        <b>{t('account.feedMade', { when: made })}</b>
        <p className="small muted">
          {usedAt === undefined ? t('account.feedUnused') : t('account.lastUsed', { when: formatMoment(usedAt) })}
        </p>
      </div>
      <Button size="sm" aria-label={t('account.endFeedOf', { when: made })} onClick={end}>
        {t('account.endFeed')}
      </Button>
    </li>
  );
}
