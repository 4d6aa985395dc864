import { Link, Navigate, useParams } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useTakenOver } from '../drawn/use-taken-over.ts';
import { ageInYears, formatDate, formatNumber, formatTime } from '../language/format.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';
import { Failed, Loading, Note } from '../parts/states.tsx';
import { RequireRole } from '../shell/require-role.tsx';
import { useTitle } from '../shell/title.ts';
import { useNames } from '../today/use-names.ts';
import { useToday } from '../today/use-today.ts';
import { VisitsCard } from '../visit/visits-card.tsx';
import { joinedWith, personName } from './fhir.ts';
import { DocumentsCard } from './documents-card.tsx';
import { MedicinesCard, ProblemsCard, ResultsCard } from './record-cards.tsx';
import { OwnSignature } from './own-signature.tsx';
import { useRecordDisputes } from './record-disputes.ts';
import { RecordSeal } from './record-seal.tsx';
import { byImportance, isOut, type Result, results, trend } from './results.ts';
import { allergies, medicines, problems } from './summary.ts';
import { TimelineCard } from './timeline-card.tsx';
import { useMyPatients } from './use-my-patients.ts';
import {
  useAllergies,
  useConditions,
  useDocuments,
  useMedicationRequests,
  useObservations,
  usePatient,
  useTimeline,
} from './use-record.ts';
import { VaccinationsCard } from './vaccinations-card.tsx';
import { VitalsCard } from './vitals-card.tsx';

const VisitPanel = lazy(async () => ({ default: (await import('../visit/visit-panel.tsx')).VisitPanel }));

const DIGEST_LINES = 4;

export function PatientPage() {
  const { id = '' } = useParams({ strict: false });
  useTakenOver();
  return (
    <RequireRole role="practitioner">
      <div className="chart-page">
        <Rail current={id} />
        <div className="chart-main">
          <Chart key={id} id={id} />
        </div>
        <Visit key={`visit ${id}`} id={id} />
      </div>
    </RequireRole>
  );
}

/** Only beside a record that is open: whoever may not read writes nothing. */
function Visit({ id }: { id: string }) {
  const { data } = usePatient(id);
  return data === undefined ? (
    <div className="no-print" />
  ) : (
    <Suspense fallback={<div />}>
      <VisitPanel patient={data} />
    </Suspense>
  );
}

/** Who comes today; without appointments, everybody in care. */
function Rail({ current }: { current: string }) {
  const { t } = useTranslation();
  const { data } = useMyPatients();
  const today = useToday();
  const lines = today.data ?? [];
  const nameOf = useNames(lines);
  if (lines.length > 0) {
    const done = lines.filter(({ state }) => state === 'done').length;
    return (
      <nav className="chart-rail no-print" aria-label={t('today.list')}>
        <h2>
          {t('nav.today')} <span>{t('today.progress', { done, count: lines.length })}</span>
        </h2>
        <ol>
          {lines.map((line) => (
            <li key={line.appointment.id}>
              <RailLink id={line.patientId} current={current} small={t(`today.state.${line.state}`)}>
                {formatTime(line.start)} {nameOf(line)}
              </RailLink>
            </li>
          ))}
        </ol>
      </nav>
    );
  }
  return (
    <nav className="chart-rail no-print" aria-label={t('patients.title')}>
      <h2>
        {t('nav.patients')} <span>{data === undefined ? '' : formatNumber(data.length)}</span>
      </h2>
      <ol>
        {(data ?? []).map((patient) => (
          <li key={patient.id}>
            <RailLink id={patient.id} current={current} small={t(`patients.relation.${patient.relation}`)}>
              {patient.name}
            </RailLink>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function RailLink({
  id,
  current,
  small,
  children,
}: {
  id: string;
  current: string;
  small: string;
  children: ReactNode;
}) {
  return (
    <Link to="/patients/$id" params={{ id }} aria-current={id === current ? 'page' : undefined}>
      {children}
      <small>{small}</small>
    </Link>
  );
}

function Chart({ id }: { id: string }) {
  const { t } = useTranslation();
  useTitle(t('patient.title'));
  const patient = usePatient(id);
  const allergyQuery = useAllergies(id);
  const conditions = useConditions(id);
  const requests = useMedicationRequests(id);
  const observations = useObservations(id);
  const history = useTimeline(id);
  const papers = useDocuments(id);
  const disputes = useRecordDisputes(`patient=${encodeURIComponent(id)}`);
  const disputed = (disputes.data ?? []).filter(({ state }) => state === 'open').length;
  if (patient.error !== null) {
    return (
      <div className="card">
        <Failed error={patient.error} wholePage />
      </div>
    );
  }
  // Drawn once, when all has come that stands one above the other: a part that came later would push the rest down.
  const parts = [patient, allergyQuery, conditions, requests, observations, history, papers];
  if (patient.data === undefined || parts.some(({ isPending }) => isPending)) return <Loading lines={6} />;
  const { data } = patient;
  const [survivor] = joinedWith(data, 'replaced-by');
  if (survivor !== undefined) return <Navigate to="/patients/$id" params={{ id: survivor }} replace />;
  const measured = results(observations.data ?? [], data);
  const warnings = allergies(allergyQuery.data ?? []);
  const facts = [
    data.birthDate === undefined ? undefined : t('patient.age', { count: ageInYears(data.birthDate, Date.now()) ?? 0 }),
    data.gender === undefined ? undefined : t(`gender.${data.gender}`),
    data.birthDate === undefined ? undefined : t('patient.born', { when: formatDate(data.birthDate) }),
  ];
  return (
    <div className="stack" style={{ ['--gap' as string]: '20px' }}>
      <div>
        <div className="banner">
          <Avatar name={personName(data.name)} large />
          <h1>{personName(data.name)}</h1>
          <p className="small muted">{facts.filter((fact) => fact !== undefined).join(' · ')}</p>
        </div>
        <div className="alerts" style={{ marginBottom: 0 }}>
          {warnings.map((allergy) => (
            <span key={allergy.resource.id} className="tag bad">
              <Icon name="alert" />
              {[allergy.words, allergy.reaction].filter((part) => part !== undefined).join(': ')}
              {allergy.severe ? `, ${t('record.severe')}` : ''}
            </span>
          ))}
          {allergyQuery.data !== undefined && warnings.length === 0 ? (
            <span className="tag">{t('record.noAllergies')}</span>
          ) : null}
          {allergyQuery.error === null ? null : (
            <span className="tag bad">
              <Icon name="alert" />
              {t('record.allergiesUnread')}
            </span>
          )}
          {disputed === 0 ? null : (
            <span className="tag warn">
              <Icon name="info" />
              {t('wrong.inChart', { count: disputed })}
            </span>
          )}
          <span className="tag">
            <RecordSeal resource={data} />
          </span>
          <OwnSignature resource={data} />
        </div>
      </div>
      <div className="digest">
        <Digest
          title={t('record.problems')}
          rows={problems(conditions.data ?? [])
            .filter((one) => one.active)
            .map((one) => ({ words: one.words, side: one.since?.slice(0, 4) ?? '' }))}
        />
        <Digest
          title={t('record.medicines')}
          rows={medicines(requests.data ?? [])
            .filter((one) => one.active)
            .map((one) => ({ words: one.words, side: one.dose.perDay?.join('–') ?? '' }))}
        />
        <Digest title={t('patient.newestResults')} rows={resultRows(measured, t)} />
      </div>
      <VitalsCard results={measured} />
      <ResultsCard query={observations} person={data} />
      <div className="columns" style={{ gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 340px), 1fr))' }}>
        <div className="stack" style={{ ['--gap' as string]: '20px' }}>
          <ProblemsCard query={conditions} />
          <VaccinationsCard query={history} />
        </div>
        <div className="stack" style={{ ['--gap' as string]: '20px' }}>
          <MedicinesCard query={requests} />
          <DocumentsCard query={papers} />
        </div>
      </div>
      <VisitsCard patientId={id} />
      <TimelineCard query={history} />
      <Note tone="plain">{t('patient.logged')}</Note>
    </div>
  );
}

interface DigestRow {
  words: string;
  side: string;
  bad?: boolean;
}

function resultRows(measured: readonly Result[], t: (key: string) => string): DigestRow[] {
  return byImportance(measured).map((result) => ({
    words: `${result.words} ${typeof result.value === 'number' ? formatNumber(result.value) : result.value} ${result.unit}`,
    side: isOut(result) ? t(`result.short.${result.zone}`) : t(`result.move.${trend(result.history)}`),
    bad: isOut(result),
  }));
}

function Digest({ title, rows }: { title: string; rows: readonly DigestRow[] }) {
  const { t } = useTranslation();
  return (
    <div className="card">
      <h2>{title}</h2>
      <ul>
        {rows.length === 0 ? <li className="muted">–</li> : null}
        {rows.slice(0, DIGEST_LINES).map((row) => (
          <li key={row.words}>
            {row.words} <span className={row.bad ? 'colour-bad' : undefined}>{row.side}</span>
          </li>
        ))}
        {rows.length <= DIGEST_LINES ? null : (
          <li className="muted">{t('record.moreBelow', { count: rows.length - DIGEST_LINES })}</li>
        )}
      </ul>
    </div>
  );
}
