// Results, problems and medicines, as the patient's and the practitioner's page share them.
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatShortDate } from '../language/format.ts';
import { Dose } from '../parts/dose.tsx';
import { State } from '../parts/states.tsx';
import { doseWords } from './dose-words.ts';
import type { Condition, MedicationRequest, Observation } from './fhir.ts';
import { Folded, RecordCard } from './record-card.tsx';
import { RecordSeal } from './record-seal.tsx';
import { ResultRow } from './result-row.tsx';
import { OwnSignature } from './own-signature.tsx';
import { byImportance, type Measured, results } from './results.ts';
import { medicines, problems, type Medicine } from './summary.ts';
import './patient-list.css';

const RESULTS_FIRST = 5;
const PROBLEMS_FIRST = 8;

export function ResultsCard({ query, person }: { query: UseQueryResult<Observation[]>; person: Measured }) {
  const { t } = useTranslation();
  return (
    <RecordCard query={query} title={t('record.results')} lines={6}>
      {(observations) => {
        const list = byImportance(results(observations, person));
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

/** `edit`: a way to the patient's own words, on the patient's own page. */
export function ProblemsCard({ query, edit }: { query: UseQueryResult<Condition[]>; edit?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <RecordCard query={query} title={t('record.problems')} end={edit}>
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
                        {problem.told ? `${problem.since === undefined ? '' : ' · '}${t('record.told')}` : ''}
                        {problem.active
                          ? ''
                          : ` · ${problem.until === undefined ? t('record.over') : t('record.until', { when: formatDate(problem.until) })}`}
                      </p>
                      <OwnSignature resource={problem.resource} />
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

export function MedicinesCard({ query, end }: { query: UseQueryResult<MedicationRequest[]>; end?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <RecordCard query={query} title={t('record.medicines')} end={end}>
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
  return (
    <li className="medicine">
      <div>
        <h3 className={medicine.active ? undefined : 'muted'}>{medicine.words}</h3>
        <p className="small muted">
          {[
            doseWords(medicine, t),
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
