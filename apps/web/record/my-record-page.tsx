import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { ownPatientId, useSession } from '../connection/session.ts';
import { formatDay, formatDate } from '../language/format.ts';
import { NextVisitCard } from '../booking/next-visit-card.tsx';
import { Icon } from '../parts/icon.tsx';
import { Failed, Note, State } from '../parts/states.tsx';
import { RecordPrintHead } from '../print/record-print-head.tsx';
import { RequireRole } from '../shell/require-role.tsx';
import { useTitle } from '../shell/title.ts';
import { TakeAwayCard } from '../take-away/take-away-card.tsx';
import { VisitsCard } from '../visit/visits-card.tsx';
import { addressLine, contactValue, givenName, joinedWith, type Patient } from './fhir.ts';
import { DocumentsCard } from './documents-card.tsx';
import { OwnSignature } from './own-signature.tsx';
import { RecordCard } from './record-card.tsx';
import { MedicinesCard, ProblemsCard, ResultsCard } from './record-cards.tsx';
import { RecordSeal } from './record-seal.tsx';
import { results } from './results.ts';
import { allergies } from './summary.ts';
import { TimelineCard } from './timeline-card.tsx';
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
import { WhoSawCard } from './who-saw-card.tsx';

// Signing and checking weigh more than the page; most readers have nothing to sign.
const CustodyReview = lazy(async () => ({ default: (await import('../profile/custody-review.tsx')).CustodyReview }));
const UnsignedWritings = lazy(async () => ({
  default: (await import('../profile/unsigned-writings.tsx')).UnsignedWritings,
}));

export function MyRecordPage() {
  return (
    <RequireRole role="patient">
      <MyRecord />
    </RequireRole>
  );
}

function MyRecord() {
  const { t } = useTranslation();
  useTitle(t('nav.home'));
  const { session } = useSession();
  const id = ownPatientId(session);
  const patient = usePatient(id);
  if (id === undefined) return <AwaitingDesk deskNumber={session?.deskNumber} />;
  if (patient.error !== null) {
    return (
      <div className="wrap">
        <div className="card">
          <Failed error={patient.error} retry={() => void patient.refetch()} wholePage />
        </div>
      </div>
    );
  }
  return (
    <div className="wrap">
      {patient.data === undefined ? null : <RecordPrintHead patient={patient.data} />}
      <div className="page-head no-print">
        <div>
          <h1>{patient.data === undefined ? t('me.hello') : t(greeting(), { name: givenName(patient.data.name) })}</h1>
          <p>{formatDay(Date.now())}</p>
        </div>
        <Button
          component={Link}
          to="/me/profile"
          className="end wide-on-phone"
          leftSection={<Icon name="edit" little />}
        >
          {t('me.editProfile')}
        </Button>
      </div>
      <Suspense fallback={null}>
        <CustodyReview patientId={id} />
        <UnsignedWritings patientId={id} />
      </Suspense>
      {patient.data === undefined || joinedWith(patient.data, 'replaces').length === 0 ? null : (
        <Note tone="plain">{t('join.patient')}</Note>
      )}
      <NextVisitCard patientId={id} />
      <Record id={id} patient={patient.data} />
    </div>
  );
}

/** Key of the greeting for the hour of the reader's day. */
function greeting(): string {
  const hour = new Date().getHours();
  return hour < 12 ? 'me.morning' : hour < 17 ? 'me.afternoon' : 'me.evening';
}

function Record({ id, patient }: { id: string; patient: Patient | undefined }) {
  const { t } = useTranslation();
  const observations = useObservations(id);
  const conditions = useConditions(id);
  const requests = useMedicationRequests(id);
  const history = useTimeline(id);
  const papers = useDocuments(id);
  const person = patient ?? {};
  return (
    <div className="record-grid">
      <div className="stack" style={{ ['--gap' as string]: '20px' }}>
        <ResultsCard query={observations} person={person} />
        <VitalsCard results={results(observations.data ?? [], person)} />
        <ProblemsCard
          query={conditions}
          edit={
            <Link to="/me/problems" className="end">
              {t('told.edit')}
            </Link>
          }
        />
      </div>
      <div className="stack" style={{ ['--gap' as string]: '20px' }}>
        <WhoSawCard id={id} />
        <MedicinesCard
          query={requests}
          end={
            <Link to="/me/prescriptions" className="end no-print">
              {t('prescriptions.link')}
            </Link>
          }
        />
        <AllergiesCard id={id} />
        <VaccinationsCard query={history} />
        <DocumentsCard query={papers} />
        {patient === undefined ? null : <MyDetails patient={patient} />}
        <TakeAwayCard id={id} />
      </div>
      <div className="stack" style={{ ['--gap' as string]: '20px' }}>
        <VisitsCard patientId={id} />
        <TimelineCard query={history} />
      </div>
    </div>
  );
}

function AllergiesCard({ id }: { id: string }) {
  const { t } = useTranslation();
  const query = useAllergies(id);
  return (
    <RecordCard query={query} title={t('record.allergies')} lines={2}>
      {(resources) => {
        const list = allergies(resources);
        if (list.length === 0) return <p className="muted">{t('record.noAllergies')}</p>;
        return (
          <ul className="rows">
            {list.map((allergy) => (
              <li key={allergy.resource.id} className="row" style={{ ['--gap' as string]: '14px' }}>
                <span className={allergy.severe ? 'picture bad' : 'picture'}>
                  <Icon name={allergy.severe ? 'alert' : 'heart'} />
                </span>
                <div className="grow">
                  <h3>{allergy.words}</h3>
                  <p className="small muted">
                    {[allergy.reaction, allergy.severe ? t('record.severe') : undefined]
                      .filter((part) => part !== undefined)
                      .join(' · ')}
                  </p>
                  <RecordSeal resource={allergy.resource} short />
                </div>
              </li>
            ))}
          </ul>
        );
      }}
    </RecordCard>
  );
}

function MyDetails({ patient }: { patient: Patient }) {
  const { t } = useTranslation();
  const rows = [
    [t('profile.birthDate'), patient.birthDate === undefined ? '' : formatDate(patient.birthDate)],
    [t('profile.phone'), contactValue(patient.telecom, 'phone')],
    [t('profile.email'), contactValue(patient.telecom, 'email')],
    [t('profile.address'), addressLine(patient.address?.[0])],
  ] as const;
  return (
    <section className="card" aria-label={t('me.details')}>
      <div className="card-head">
        <h2>{t('me.details')}</h2>
        <Link to="/me/profile" className="end">
          {t('me.edit')}
        </Link>
      </div>
      <dl className="pairs" style={{ gridTemplateColumns: '100px minmax(0, 1fr)', columnGap: 12 }}>
        {rows.map(([name, value]) =>
          value === '' ? null : (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
      <div style={{ marginTop: 10 }}>
        <RecordSeal resource={patient} />
        <OwnSignature resource={patient} />
      </div>
    </section>
  );
}

/** Shown until the desk has checked who a self-registered person is. */
function AwaitingDesk({ deskNumber }: { deskNumber: string | undefined }) {
  const { t } = useTranslation();
  return (
    <div className="wrap narrow">
      <div className="card stack">
        <State icon="clock" tone="brand" wholePage title={t('me.awaiting')}>
          {t('me.awaitingDetail')}
        </State>
        {deskNumber === undefined ? null : (
          <p className="desk-number">
            {t('me.awaitingNumber')} <b translate="no">{`${deskNumber.slice(0, 3)} ${deskNumber.slice(3)}`}</b>
          </p>
        )}
        <Note tone="plain">{t('me.awaitingBring')}</Note>
      </div>
    </div>
  );
}
