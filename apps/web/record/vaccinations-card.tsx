import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { formatShortDate } from '../language/format.ts';
import type { TimelineResource } from './fhir.ts';
import { Folded, RecordCard } from './record-card.tsx';
import { RecordSeal } from './record-seal.tsx';
import { vaccinations } from './vaccinations.ts';

const FIRST = 5;

export function VaccinationsCard({ query }: { query: UseQueryResult<TimelineResource[]> }) {
  const { t } = useTranslation();
  return (
    <RecordCard query={query} title={t('record.vaccinations')}>
      {(resources) => {
        const list = vaccinations(resources.filter(({ resourceType }) => resourceType === 'Immunization'));
        if (list.length === 0) return <p className="muted">{t('record.noVaccinations')}</p>;
        return (
          <Folded items={list} first={FIRST}>
            {(shown) => (
              <ul className="rows">
                {shown.map(({ words, dates, resource }) => (
                  <li key={words} className="problem">
                    <div>
                      <h3>{words}</h3>
                      <p className="small muted">
                        {[
                          dates[0] === undefined ? undefined : formatShortDate(dates[0]),
                          dates.length < 2 ? undefined : t('record.doses', { count: dates.length }),
                        ]
                          .filter((part) => part !== undefined)
                          .join(' · ')}
                      </p>
                    </div>
                    <RecordSeal resource={resource} short />
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
