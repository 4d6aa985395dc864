import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNodes } from '../connection/ledger.ts';
import { SealMark } from '../parts/seal.tsx';
import { Failed, Loading } from '../parts/states.tsx';
import { agreementWords, freshnessWords } from '../proof/freshness-words.ts';
import { type FreshnessCheck, useFreshness } from '../proof/use-freshness.ts';
import { useTitle } from '../shell/title.ts';
import './hospitals.css';
import { HospitalsTable } from './hospitals-table.tsx';

export function HospitalsPage() {
  const { t } = useTranslation();
  useTitle(t('hospitals.title'));
  const nodes = useNodes();
  const fresh = useFreshness();
  const freshness = fresh.data?.outcome.ok === true ? fresh.data.outcome.freshness : undefined;
  const nameOf = (organization: string): string =>
    nodes.data?.find((node) => node.organization === organization)?.name ?? organization.slice(0, 8);
  return (
    <div className="wrap">
      <div className="page-head">
        <div>
          <h1>{t('hospitals.title')}</h1>
          <p>{t('hospitals.lead')}</p>
        </div>
      </div>
      <div className="stack" style={{ ['--gap' as string]: '24px' }}>
        <section className="card agreement" aria-label={t('fresh.compare')}>
          {fresh.error === null ? (
            <Agreement check={fresh.data} nameOf={nameOf} />
          ) : (
            <Failed error={fresh.error} retry={() => void fresh.refetch()} />
          )}
          <Button size="sm" className="end" loading={fresh.isFetching} onClick={() => void fresh.refetch()}>
            {t('fresh.again')}
          </Button>
        </section>
        {nodes.error !== null ? (
          <div className="card">
            <Failed error={nodes.error} retry={() => void nodes.refetch()} />
          </div>
        ) : nodes.data === undefined ? (
          <div className="card">
            <Loading lines={5} />
          </div>
        ) : (
          <HospitalsTable nodes={nodes.data} freshness={freshness} />
        )}
      </div>
    </div>
  );
}

function Agreement({ check, nameOf }: { check: FreshnessCheck | undefined; nameOf: (organization: string) => string }) {
  const { t } = useTranslation();
  const words = check === undefined ? undefined : freshnessWords(check, nameOf, t);
  const agreed = check?.outcome.ok === true ? agreementWords(check.outcome.freshness, t) : undefined;
  return (
    <div className="row top grow" style={{ ['--gap' as string]: '16px' }} role="status">
      <SealMark state={words?.state ?? 'unchecked'} size={56} />
      <div>
        <h2>{words?.title ?? t('fresh.asking')}</h2>
        {agreed === undefined ? null : <p>{agreed}</p>}
        <p className="small muted">{words?.detail ?? t('fresh.askingDetail')}</p>
      </div>
    </div>
  );
}
