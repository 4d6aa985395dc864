// Everything that happened, with a choice of kind and a search in its words: a long life stays findable.
import { Chip, TextInput } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber, formatShortDate } from '../language/format.ts';
import { Icon } from '../parts/icon.tsx';
import { State } from '../parts/states.tsx';
import type { TimelineResource } from './fhir.ts';
import { Folded, RecordCard } from './record-card.tsx';
import { RecordSeal } from './record-seal.tsx';
import { type Happening, KINDS, matching, timeline } from './timeline.ts';
import './timeline.css';

const FIRST = 20;
/** Fewer than this are seen at a glance. */
const SEARCHED_FROM = 10;

export function TimelineCard({ query }: { query: UseQueryResult<TimelineResource[]> }) {
  const { t } = useTranslation();
  return (
    <RecordCard
      query={query}
      title={t('record.timeline')}
      lines={6}
      tag={(data) => (data.length === 0 ? undefined : formatNumber(data.length))}
    >
      {(resources) => {
        const list = timeline(resources);
        return list.length === 0 ? (
          <State icon="calendar" tone="brand" title={t('record.noTimeline')}>
            {t('record.noTimelineDetail')}
          </State>
        ) : (
          <Searched all={list} />
        );
      }}
    </RecordCard>
  );
}

function Searched({ all }: { all: readonly Happening[] }) {
  const { t } = useTranslation();
  const [kind, setKind] = useState('all');
  const [text, setText] = useState('');
  const kinds = KINDS.filter((one) => all.some((happening) => happening.kind === one));
  const found = matching(all, kind, text);
  return (
    <>
      {all.length < SEARCHED_FROM ? null : (
        <div className="timeline-tools no-print">
          <Chip.Group value={kind} onChange={setKind}>
            <div className="chips" role="group" aria-label={t('timeline.choose')}>
              {['all', ...kinds].map((one) => (
                <Chip key={one} value={one} size="sm">
                  {t(`timeline.kinds.${one}`)}
                </Chip>
              ))}
            </div>
          </Chip.Group>
          <TextInput
            type="search"
            aria-label={t('timeline.search')}
            placeholder={t('timeline.search')}
            leftSection={<Icon name="search" little />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </div>
      )}
      {found.length === 0 ? (
        <p className="muted" role="status">
          {t('timeline.nothing')}
        </p>
      ) : (
        <Folded items={found} first={FIRST}>
          {(shown) => (
            <ol className="timeline">
              {shown.map((happening) => (
                <Row key={`${happening.kind}${happening.resource.id}`} happening={happening} />
              ))}
            </ol>
          )}
        </Folded>
      )}
    </>
  );
}

function Row({ happening }: { happening: Happening }) {
  const { t } = useTranslation();
  const kind = t(`timeline.kind.${happening.kind}`);
  return (
    <li>
      <time dateTime={happening.at}>{formatShortDate(happening.at)}</time>
      <span className="picture">
        <Icon name={happening.icon} />
      </span>
      <div>
        <h3>{happening.words === '' ? kind : happening.words}</h3>
        <p className="small muted">{[kind, happening.detail].filter((part) => part !== undefined).join(' · ')}</p>
      </div>
      <RecordSeal resource={happening.resource} short />
    </li>
  );
}
