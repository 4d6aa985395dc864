// The tamper lab: a visitor of the demo changes one letter on one hospital's disk, and watches it being found and repaired.
import type { Lab } from '@clearchart/api';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHeaders } from '../connection/ledger.ts';
import { Failed, Loading, State } from '../parts/states.tsx';
import { NotFoundPage } from '../shell/fallback-pages.tsx';
import { useTitle } from '../shell/title.ts';
import './lab.css';
import { LabBench } from './lab-bench.tsx';
import { isReady, useLab } from './use-lab.ts';

/** Blocks among which one with entries is looked for. */
const NEWEST_BLOCKS = 20;

export function LabPage() {
  const { t } = useTranslation();
  const { data: lab, error, refetch } = useLab();
  // A production node has no lab, and no such page.
  if (lab === null) return <NotFoundPage />;
  return (
    <Framed>
      {lab !== undefined ? (
        isReady(lab) || lab.open !== undefined ? (
          <Begun lab={lab} />
        ) : (
          <div className="card">
            <State icon="clock" tone="brand" title={t('lab.alone')}>
              {t('lab.aloneDetail')}
            </State>
          </div>
        )
      ) : (
        <div className="card">
          {error === null ? <Loading lines={6} /> : <Failed error={error} retry={() => void refetch()} />}
        </div>
      )}
    </Framed>
  );
}

function Framed({ children }: { children: React.ReactNode }) {
  const { t } = useTranslation();
  useTitle(t('lab.title'));
  return (
    <div className="wrap">
      <div className="page-head">
        <div>
          <h1>{t('lab.title')}</h1>
          <p>{t('lab.lead')}</p>
        </div>
      </div>
      {children}
    </div>
  );
}

/** Where a change waits to be found it is shown first, else a block with something in it. */
function Begun({ lab }: { lab: Lab }) {
  // The ledger grows while a visitor is at it.
  const [{ newest, open }] = useState(lab);
  const headers = useHeaders(newest === 0 ? undefined : Math.max(1, newest - NEWEST_BLOCKS + 1), NEWEST_BLOCKS);
  if (headers.data === undefined && open === undefined)
    return (
      <div className="card">
        {headers.error === null ? (
          <Loading lines={6} />
        ) : (
          <Failed error={headers.error} retry={() => void headers.refetch()} />
        )}
      </div>
    );
  const telling = headers.data?.findLast(({ height, entries }) => entries > 0 && height <= newest)?.height;
  return (
    <LabBench
      lab={lab}
      first={
        open ?? {
          // Another hospital's, so that the visitor's own goes on as if nothing were.
          organization: lab.hospitals.at(-1)?.organization ?? lab.here,
          height: telling ?? newest,
        }
      }
    />
  );
}
