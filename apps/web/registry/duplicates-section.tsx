// Records that may be of one person: compared, joined or told apart; and what was done, to be undone.
import type { DuplicatePair, JoinedPairLine } from '@clearchart/api';
import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoment } from '../language/format.ts';
import { Failed, Note } from '../parts/states.tsx';
import { Pager } from './pager.tsx';
import {
  takeBackApart,
  tellApart,
  useDeskAct,
  useDuplicates,
  useJoinedRecords,
  useToldApart,
} from './use-duplicates.ts';

const SeparateDialog = lazy(async () => ({ default: (await import('./separate-dialog.tsx')).SeparateDialog }));
const JoinDialog = lazy(async () => ({ default: (await import('./join-dialog.tsx')).JoinDialog }));
export function DuplicatesSection() {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const { data, error, refetch } = useDuplicates(page);
  const [comparing, setComparing] = useState<DuplicatePair>();
  const apart = useDeskAct(tellApart);
  const pages = data === undefined ? 1 : Math.ceil(data.total / data.pageSize);
  return (
    <section className="card flush" aria-labelledby="duplicates">
      <div className="card-inside stack" style={{ ['--gap' as string]: '8px' }}>
        <h2 id="duplicates">{t('join.title')}</h2>
        <p className="small muted">{data?.total === 0 ? t('join.none') : t('join.detail')}</p>
        {data?.partial === true ? <Note tone="plain">{t('join.partial')}</Note> : null}
        {error === null ? null : <Failed error={error} retry={() => void refetch()} />}
        {apart.isError ? <Failed error={apart.error} /> : null}
      </div>
      <ul className="rows">
        {(data?.pairs ?? []).map((pair) => (
          <li key={pair.people.map(({ id }) => id).join()} className="row wrapping">
            <div className="grow">
              <h3>{pair.people.map(({ name }) => name).join(' · ')}</h3>
              <p className="small muted">{pair.because.map((reason) => t(`people.because.${reason}`)).join(', ')}</p>
            </div>
            <span className="actions">
              <Button size="sm" onClick={() => setComparing(pair)}>
                {t('join.compare')}
              </Button>
              <Button size="sm" variant="subtle" loading={apart.isPending} onClick={() => apart.mutate(pair.people)}>
                {t('join.apart')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {pages < 2 ? null : (
        <div className="card-inside actions">
          <Pager page={page} pages={pages} setPage={setPage} />
        </div>
      )}
      <Done />
      {comparing === undefined ? null : (
        <Suspense fallback={null}>
          <JoinDialog pair={comparing} onClose={() => setComparing(undefined)} />
        </Suspense>
      )}
    </section>
  );
}

/** What the desk has decided; each can be taken back. */
function Done() {
  const { t } = useTranslation();
  const joined = useJoinedRecords().data ?? [];
  const apart = useToldApart().data ?? [];
  const back = useDeskAct(takeBackApart);
  const [separating, setSeparating] = useState<JoinedPairLine>();
  if (joined.length + apart.length === 0) return null;
  return (
    <details className="lesser card-inside">
      <summary>{t('join.decided', { count: joined.length + apart.length })}</summary>
      {back.isError ? <Failed error={back.error} /> : null}
      <ul className="rows">
        {joined.map((pair) => (
          <li key={pair.replaced.id} className="row wrapping">
            <div className="grow">
              <h3>{t('join.joined', { kept: pair.survivor.name, replaced: pair.replaced.name })}</h3>
              <p className="small muted">
                {[pair.reason, pair.by, pair.at === undefined ? undefined : formatMoment(pair.at)]
                  .filter((part) => part !== undefined)
                  .join(' · ')}
              </p>
            </div>
            <Button size="sm" onClick={() => setSeparating(pair)}>
              {t('join.separate')}
            </Button>
          </li>
        ))}
        {apart.map((pair) => (
          <li key={pair.people.map(({ id }) => id).join()} className="row wrapping">
            <div className="grow">
              <h3>{t('join.twoPeople', { one: pair.people[0].name, other: pair.people[1].name })}</h3>
              <p className="small muted">
                {pair.by} · {formatMoment(pair.at)}
              </p>
            </div>
            <Button size="sm" variant="subtle" onClick={() => back.mutate(pair.people)}>
              {t('join.takeBack')}
            </Button>
          </li>
        ))}
      </ul>
      {separating === undefined ? null : (
        <Suspense fallback={null}>
          <SeparateDialog pair={separating} onClose={() => setSeparating(undefined)} />
        </Suspense>
      )}
    </details>
  );
}
