import { SegmentedControl } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlock, useHeaders, useLedgerStatus } from '../connection/ledger.ts';
import { useStall } from '../connection/use-stall.ts';
import { formatNumber } from '../language/format.ts';
import { BlockRibbon } from '../parts/block-ribbon.tsx';
import { Seal, SealMark } from '../parts/seal.tsx';
import { Failed, Loading, Note, State } from '../parts/states.tsx';
import { useTitle } from '../shell/title.ts';
import { BlockCheck } from './block-check.tsx';
import { BlockEntries, type Lens } from './block-entries.tsx';
import { BlockSearch } from './block-search.tsx';
import { BlockTable } from './block-table.tsx';
import './explorer.css';
import { FreshnessLine } from './freshness-line.tsx';

const RIBBON_BLOCKS = 8;
const LENSES: readonly Lens[] = ['plain', 'clinical', 'expert'];

export function ExplorerPage() {
  const { t } = useTranslation();
  useTitle(t('explorer.title'));
  const [lens, setLens] = useState<Lens>('plain');
  const params = useParams({ strict: false });
  const { data: status, error, refetch } = useLedgerStatus();
  const stall = useStall();
  const asked = params.height === undefined ? undefined : Number(params.height);
  const height = asked ?? status?.finalHeight;
  const newest = status?.finalHeight ?? 0;
  const last = height === undefined ? undefined : Math.min(newest, Math.max(height + 2, RIBBON_BLOCKS));
  const { data: headers, error: unlisted } = useHeaders(
    last === undefined || newest === 0 ? undefined : Math.max(1, last - RIBBON_BLOCKS + 1),
    RIBBON_BLOCKS,
  );
  const block = useBlock(height !== undefined && height >= 1 && height <= newest ? height : undefined);

  if (error !== null)
    return (
      <Framed>
        <Failed error={error} retry={() => void refetch()} />
      </Framed>
    );
  if (status === undefined || height === undefined)
    return (
      <Framed>
        <Loading lines={6} />
      </Framed>
    );
  const shown = headers ?? [];
  const waiting =
    last === newest && status.pending > 0 ? [{ height: newest + 1, entries: status.pending, waiting: true }] : [];
  return (
    <div className="wrap">
      <div className="page-head">
        <div>
          <h1>{t('explorer.title')}</h1>
          <p>{t('explorer.lead')}</p>
        </div>
        <BlockSearch newest={newest} />
      </div>
      <dl className="ledger-facts">
        <Fact name={t('explorer.newest')}>{formatNumber(newest + (stall?.blocks ?? 0))}</Fact>
        <Fact name={t('explorer.finalUpTo')}>
          {formatNumber(status.finalHeight)} <SealMark state="final" members={status.members.length} />
        </Fact>
        <Fact name={t('explorer.hospitals')}>{formatNumber(status.members.length)}</Fact>
        <Fact name={t('explorer.waiting')}>{formatNumber(status.pending)}</Fact>
      </dl>
      {stall === undefined || stall.blocks === 0 ? null : (
        <div style={{ marginBottom: 16 }}>
          <Note>
            {t('stall.blocks', { count: stall.blocks })}. {t('stall.detail')}
          </Note>
        </div>
      )}
      {newest === 0 ? null : <FreshnessLine members={status.members} />}
      {newest === 0 ? (
        <div className="card">
          <State icon="file" tone="brand" title={t('explorer.empty')}>
            {t('explorer.emptyDetail')}
          </State>
        </div>
      ) : (
        <>
          {shown.length === 0 ? null : <BlockRibbon blocks={[...shown, ...waiting]} current={height} />}
          {height < 1 || height > newest || !Number.isInteger(height) ? (
            <div className="card" style={{ marginTop: 24 }}>
              <State icon="search" title={t('explorer.noSuchBlock', { height: String(params.height) })}>
                {t('explorer.noSuchBlockDetail', { newest: formatNumber(newest) })}
              </State>
            </div>
          ) : (
            <>
              <div className="row wrapping block-head">
                <h2 className="large">{t('block.title', { height: formatNumber(height) })}</h2>
                <Seal state="final" members={status.members.length} />
                <SegmentedControl
                  className="end wide-on-phone"
                  aria-label={t('explorer.lens')}
                  value={lens}
                  onChange={(value) => setLens(LENSES.find((one) => one === value) ?? 'plain')}
                  data={LENSES.map((value) => ({ value, label: t(`explorer.lenses.${value}`) }))}
                />
              </div>
              <div className="columns">
                <div className="stack" style={{ ['--gap' as string]: '24px' }}>
                  {block.error !== null ? (
                    <div className="card">
                      <Failed error={block.error} retry={() => void block.refetch()} />
                    </div>
                  ) : block.data === undefined ? (
                    <div className="card">
                      <Loading lines={5} />
                    </div>
                  ) : (
                    <BlockEntries block={block.data} members={status.members} lens={lens} />
                  )}
                  {shown.length === 0 && unlisted !== null ? null : (
                    <BlockTable headers={shown} current={height} status={status} />
                  )}
                </div>
                {block.data === undefined ? null : <BlockCheck key={`${height}`} block={block.data} status={status} />}
              </div>
            </>
          )}
        </>
      )}
    </div>
  );
}

function Framed({ children }: { children: React.ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className="wrap">
      <div className="page-head">
        <h1>{t('explorer.title')}</h1>
      </div>
      <div className="card">{children}</div>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
