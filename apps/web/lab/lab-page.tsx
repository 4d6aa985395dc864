// The tamper lab: a visitor of the demo changes one letter on one hospital's disk, and watches it being found and repaired.
import type { Lab } from '@clearchart/api';
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeOf } from '../connection/fault-words.ts';
import { useBlock, useHeaders, useLedgerStatus } from '../connection/ledger.ts';
import { BlockCheck } from '../explorer/block-check.tsx';
import '../explorer/explorer.css';
import { formatNumber } from '../language/format.ts';
import { Failed, Loading, Note } from '../parts/states.tsx';
import { NotFoundPage } from '../shell/fallback-pages.tsx';
import { useTitle } from '../shell/title.ts';
import { ChooseLetter } from './choose-letter.tsx';
import { isDamaged } from './copies.ts';
import './lab.css';
import { LabCopies } from './lab-copies.tsx';
import { LabSteps } from './lab-steps.tsx';
import { type LabPlace, useLab, useLabBlock, useLabChange, useLabRead } from './use-lab.ts';

/** Blocks among which one with entries is looked for. */
const NEWEST_BLOCKS = 20;

export function LabPage() {
  const lab = useLab();
  const newest = lab.data?.newest ?? 0;
  const headers = useHeaders(newest === 0 ? undefined : Math.max(1, newest - NEWEST_BLOCKS + 1), NEWEST_BLOCKS);
  // A production node has no lab, and no such page.
  if (lab.data === null) return <NotFoundPage />;
  return (
    <Framed>
      {lab.error !== null ? (
        <div className="card">
          <Failed error={lab.error} retry={() => void lab.refetch()} />
        </div>
      ) : lab.data === undefined || headers.data === undefined ? (
        <div className="card">
          <Loading lines={6} />
        </div>
      ) : (
        <Bench
          lab={lab.data}
          first={{
            // Another hospital's, so that the visitor's own goes on as if nothing were.
            organization: lab.data.hospitals.at(-1)?.organization ?? lab.data.here,
            height: headers.data.findLast(({ height, entries }) => entries > 0 && height <= newest)?.height ?? 1,
          }}
        />
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

function Bench({ lab, first }: { lab: Lab; first: LabPlace }) {
  const { t } = useTranslation();
  const [place, setPlace] = useState(first);
  const block = useLabBlock(place);
  const change = useLabChange();
  const read = useLabRead();
  const name = lab.hospitals.find(({ organization }) => organization === place.organization)?.name ?? '';
  const begin = (next: LabPlace): void => {
    change.reset();
    read.reset();
    setPlace(next);
  };
  const copies = read.data?.copies ?? block.data?.copies ?? change.data?.copies ?? [];
  const told = change.data?.change ?? block.data?.change;
  const isLeft = isDamaged(copies.find(({ organization }) => organization === place.organization));
  const isUnderWay = told !== undefined || isLeft;
  return (
    <div className="columns lab">
      <div className="stack" style={{ ['--gap' as string]: '24px' }}>
        <section className="card" aria-label={t('lab.choose')}>
          <h2>{t('lab.choose')}</h2>
          {block.error !== null ? <Failed error={block.error} retry={() => void block.refetch()} /> : null}
          {isUnderWay ? (
            <div className="stack">
              <p>{t('lab.chosen', { name, height: formatNumber(place.height) })}</p>
              {isLeft ? (
                <Button variant="filled" loading={read.isPending} onClick={() => read.mutate(place)}>
                  {t(read.data === undefined ? 'lab.letRead' : 'lab.letReadAgain', { name })}
                </Button>
              ) : (
                <Button onClick={() => begin(place)}>{t('lab.again')}</Button>
              )}
            </div>
          ) : (
            <ChooseLetter
              lab={lab}
              place={place}
              setPlace={begin}
              text={block.data?.text}
              isPending={change.isPending}
              onChange={(letter) => change.mutate({ ...place, ...letter })}
            />
          )}
          <Refused error={change.error ?? read.error} />
        </section>
        <section className="card" aria-label={t('lab.happens')}>
          <h2>{t('lab.happens')}</h2>
          <div role="status" className="lab-story">
            <LabSteps story={{ name, organization: place.organization, change: told, copies, read: read.data }} />
          </div>
        </section>
      </div>
      <div className="stack" style={{ ['--gap' as string]: '24px' }}>
        {copies.length === 0 ? null : <LabCopies copies={copies} height={place.height} />}
        {read.data?.repair === undefined ? <Why /> : <OwnCheck height={place.height} />}
      </div>
    </div>
  );
}

function Refused({ error }: { error: unknown }) {
  const { t } = useTranslation();
  if (error === null) return null;
  const code = codeOf(error);
  if (code !== 'changed-already' && code !== 'letter-not-changed') return <Failed error={error} />;
  return <Note tone="warn">{t(`lab.refused.${code}`)}</Note>;
}

function Why() {
  const { t } = useTranslation();
  return (
    <Note tone="plain">
      {t('lab.why')} <Link to="/learn/sha-256">{t('lab.learn')}</Link>
    </Note>
  );
}

/** Not the demo's word: this browser follows the chain and counts the votes on the block. */
function OwnCheck({ height }: { height: number }) {
  const block = useBlock(height);
  const { data: status } = useLedgerStatus();
  return block.data === undefined || status === undefined ? null : <BlockCheck block={block.data} status={status} />;
}
