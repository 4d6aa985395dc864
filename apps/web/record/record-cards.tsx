// The parts of a record that the patient's and the practitioner's page share.
import { Button } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatNumber, formatShortDate } from '../language/format.ts';
import { Dose } from '../parts/dose.tsx';
import { Icon } from '../parts/icon.tsx';
import { Failed, Loading, State } from '../parts/states.tsx';
import type { Condition, MedicationRequest, Observation, TimelineResource } from './fhir.ts';
import { RecordSeal } from './record-seal.tsx';
import { ResultRow } from './result-row.tsx';
import { byImportance, results } from './results.ts';
import { medicines, problems, type Medicine } from './summary.ts';
import { timeline } from './timeline.ts';
import './patient-list.css';
import './record.css';

const RESULTS_FIRST = 5;
const PROBLEMS_FIRST = 8;
const TIMELINE_FIRST = 20;

interface CardProps<Data> {
  query: UseQueryResult<Data>;
  title: string;
  tag?: (data: Data) => string | undefined;
  lines?: number;
  children: (data: Data) => ReactNode;
}

/** A card with its own loading and failure, so that one slow answer never empties the page. */
export function RecordCard<Data>({ query, title, tag, lines = 3, children }: CardProps<Data>) {
  const words = query.data === undefined ? undefined : tag?.(query.data);
  return (
    <section className="card" aria-label={title}>
      <div className="card-head">
        <h2>{title}</h2>
        {words === undefined ? null : <span className="tag brand">{words}</span>}
      </div>
      {query.data !== undefined ? (
        children(query.data)
      ) : query.error === null ? (
        <Loading lines={lines} />
      ) : (
        <Failed error={query.error} retry={() => void query.refetch()} />
      )}
    </section>
  );
}

/** Shows the first few, then all on request. */
function Folded<Item>({
  items,
  first,
  children,
}: {
  items: readonly Item[];
  first: number;
  children: (items: readonly Item[]) => ReactNode;
}) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  return (
    <>
      {children(all ? items : items.slice(0, first))}
      {items.length <= first ? null : (
        <Button variant="subtle" size="sm" className="fold no-print" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('record.fewer') : t('record.all', { count: items.length })}
        </Button>
      )}
    </>
  );
}

export function ResultsCard({ query }: { query: UseQueryResult<Observation[]> }) {
  const { t } = useTranslation();
  return (
    <RecordCard query={query} title={t('record.results')} lines={6}>
      {(observations) => {
        const list = byImportance(results(observations));
        if (list.length === 0) {
          return (
            <State icon="flask" tone="brand" title={t('record.noResults')}>
              {t('record.noResultsDetail')}
            </State>
          );
        }
        return (
          <Folded items={list} first={RESULTS_FIRST}>
            {(shown) => (
              <div className="rows">
                {shown.map((result) => (
                  <ResultRow key={result.key} result={result} />
                ))}
              </div>
            )}
          </Folded>
        );
      }}
    </RecordCard>
  );
}

export function ProblemsCard({ query }: { query: UseQueryResult<Condition[]> }) {
  const { t } = useTranslation();
  return (
    <RecordCard query={query} title={t('record.problems')}>
      {(conditions) => {
        const list = problems(conditions);
        if (list.length === 0) return <p className="muted">{t('record.noProblems')}</p>;
        return (
          <Folded items={list} first={PROBLEMS_FIRST}>
            {(shown) => (
              <ul className="rows">
                {shown.map((problem) => (
                  <li key={problem.resource.id} className="problem">
                    <div>
                      <h3 className={problem.active ? undefined : 'muted'}>{problem.words}</h3>
                      <p className="small muted">
                        {problem.since === undefined ? '' : t('record.since', { when: formatDate(problem.since) })}
                        {problem.active
                          ? ''
                          : ` · ${problem.until === undefined ? t('record.over') : t('record.until', { when: formatDate(problem.until) })}`}
                      </p>
                    </div>
                    <RecordSeal resource={problem.resource} short />
                  </li>
                ))}
              </ul>
            )}
          </Folded>
        );
      }}
    </RecordCard>
  );
}

export function MedicinesCard({ query }: { query: UseQueryResult<MedicationRequest[]> }) {
  const { t } = useTranslation();
  return (
    <RecordCard query={query} title={t('record.medicines')}>
      {(requests) => {
        const all = medicines(requests);
        const active = all.filter((medicine) => medicine.active);
        const earlier = all.filter((medicine) => !medicine.active);
        return (
          <>
            {active.length === 0 ? <p className="muted">{t('record.noMedicines')}</p> : null}
            <ul className="rows">
              {active.map((medicine) => (
                <MedicineRow key={medicine.resource.id} medicine={medicine} />
              ))}
            </ul>
            {earlier.length === 0 ? null : (
              <details className="earlier">
                <summary>{t('record.earlierMedicines', { count: earlier.length })}</summary>
                <ul className="rows">
                  {earlier.map((medicine) => (
                    <MedicineRow key={medicine.resource.id} medicine={medicine} />
                  ))}
                </ul>
              </details>
            )}
          </>
        );
      }}
    </RecordCard>
  );
}

function MedicineRow({ medicine }: { medicine: Medicine }) {
  const { t } = useTranslation();
  const { dose } = medicine;
  const often =
    dose.every === undefined
      ? undefined
      : t(`dose.every.${dose.every.unit}`, {
          count: dose.every.period,
          times: t('dose.times', { count: dose.every.times }),
        });
  const words = dose.text ?? (dose.perDay === undefined ? often : undefined);
  return (
    <li className="medicine">
      <div>
        <h3 className={medicine.active ? undefined : 'muted'}>{medicine.words}</h3>
        <p className="small muted">
          {[
            words,
            dose.asNeeded ? t('dose.asNeeded') : undefined,
            medicine.since === undefined ? undefined : t('record.ordered', { when: formatShortDate(medicine.since) }),
          ]
            .filter((part) => part !== undefined)
            .join(' · ')}
        </p>
        <RecordSeal resource={medicine.resource} short />
      </div>
      {dose.perDay === undefined ? null : <Dose perDay={dose.perDay} />}
    </li>
  );
}

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
        if (list.length === 0)
          return (
            <State icon="calendar" tone="brand" title={t('record.noTimeline')}>
              {t('record.noTimelineDetail')}
            </State>
          );
        return (
          <Folded items={list} first={TIMELINE_FIRST}>
            {(shown) => (
              <ol className="timeline">
                {shown.map((happening) => (
                  <li key={`${happening.kind}${happening.resource.id}`}>
                    <time dateTime={happening.at}>{formatShortDate(happening.at)}</time>
                    <span className="picture">
                      <Icon name={happening.icon} />
                    </span>
                    <div>
                      <h3>{happening.words === '' ? t(`timeline.kind.${happening.kind}`) : happening.words}</h3>
                      <p className="small muted">
                        {[t(`timeline.kind.${happening.kind}`), happening.detail]
                          .filter((part) => part !== undefined)
                          .join(' · ')}
                      </p>
                    </div>
                    <RecordSeal resource={happening.resource} short />
                  </li>
                ))}
              </ol>
            )}
          </Folded>
        );
      }}
    </RecordCard>
  );
}
