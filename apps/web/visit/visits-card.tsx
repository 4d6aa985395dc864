// The visits with their notes, in the chart and in the patient's own record.
import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../connection/session.ts';
import { formatShortDate } from '../language/format.ts';
import { Icon } from '../parts/icon.tsx';
import { Loading } from '../parts/states.tsx';
import { conceptWords, type MedicationRequest } from '../record/fhir.ts';
import { RecordCard } from '../record/record-card.tsx';
import { RecordSeal } from '../record/record-seal.tsx';
import { SignedBy } from './signed-by.tsx';
import { useVisits } from './use-visits.ts';
import type { Corrected, Visit } from './visits.ts';
import { isWithdrawn } from './withdrawn.ts';
import './visit.css';

const CorrectDialog = lazy(async () => ({ default: (await import('./correct-dialog.tsx')).CorrectDialog }));
const NoteHistory = lazy(async () => ({ default: (await import('./note-history.tsx')).NoteHistory }));
const PrescriptionSlip = lazy(async () => ({ default: (await import('./prescription-slip.tsx')).PrescriptionSlip }));

export function VisitsCard({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const query = useVisits(patientId);
  if (query.data?.length === 0) return null;
  return (
    <RecordCard query={query} title={t('visit.visits')}>
      {(list) => (
        <ul className="rows">
          {list.map((visit) => (
            <VisitRow key={visit.encounter.id} visit={visit} patientId={patientId} />
          ))}
        </ul>
      )}
    </RecordCard>
  );
}

function VisitRow({ visit, patientId }: { visit: Visit; patientId: string }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const [correcting, setCorrecting] = useState<Corrected>();
  const { encounter, practitioner, note, text, diagnoses, orders, signatures } = visit;
  const mine = session?.person !== undefined && practitioner?.reference === session.person;
  const amended = note?.docStatus === 'amended';
  const held = diagnoses.filter((diagnosis) => !isWithdrawn(diagnosis));
  const withdrawn = diagnoses.filter(isWithdrawn);
  return (
    <li className="visit-row stack">
      <div className="row wrapping">
        <div className="grow">
          <h3>{formatShortDate(visit.at)}</h3>
          <p className="small muted">{practitioner?.display}</p>
        </div>
        <RecordSeal resource={encounter} short />
      </div>
      <SignedBy signature={signatures[0]} />
      {text === undefined ? null : <p className="visit-text">{text}</p>}
      {note === undefined ? null : (
        <div>
          <RecordSeal resource={note} short />
        </div>
      )}
      {note === undefined || !amended ? null : (
        <>
          <p className="small muted">{t('visit.because', { reason: note.description ?? '' })}</p>
          <SignedBy signature={visit.noteSignatures[0]} />
          <Earlier visit={visit} />
        </>
      )}
      {held.map((diagnosis) => (
        <p key={diagnosis.id} className="small row">
          <span>
            <b>{t('visit.diagnosis')}:</b> {conceptWords(diagnosis.code)}
          </span>
          {mine ? (
            <Button size="sm" variant="subtle" onClick={() => setCorrecting({ condition: diagnosis })}>
              {t('visit.withdraw')}
            </Button>
          ) : null}
        </p>
      ))}
      {withdrawn.map((diagnosis) => (
        <p key={diagnosis.id} className="small muted">
          <del>{conceptWords(diagnosis.code)}</del> {t('visit.withdrawn')}
        </p>
      ))}
      <Prescriptions visit={visit} />
      {orders.length === 0 ? null : (
        <p className="small">
          <b>{t('visit.orders')}:</b> {orders.map(({ code }) => conceptWords(code)).join(', ')}
        </p>
      )}
      {mine && note !== undefined ? (
        <div>
          <Button
            size="sm"
            variant="subtle"
            leftSection={<Icon name="edit" little />}
            onClick={() => setCorrecting({ note })}
          >
            {t('visit.correctNote')}
          </Button>
        </div>
      ) : null}
      {correcting === undefined ? null : (
        <Suspense fallback={null}>
          <CorrectDialog corrected={correcting} patientId={patientId} onClose={() => setCorrecting(undefined)} />
        </Suspense>
      )}
    </li>
  );
}

function Earlier({ visit: { note } }: { visit: Visit }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (note === undefined) return null;
  return (
    <details className="lesser" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('visit.earlierVersions')}</summary>
      {open ? (
        <Suspense fallback={<Loading lines={2} />}>
          <NoteHistory note={note} />
        </Suspense>
      ) : null}
    </details>
  );
}

function Prescriptions({ visit: { prescriptions } }: { visit: Visit }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<MedicationRequest>();
  if (prescriptions.length === 0) return null;
  return (
    <div>
      <p className="small">
        <b>{t('visit.prescription')}:</b>
      </p>
      {prescriptions.map((request) => (
        <Button
          key={request.id}
          size="sm"
          variant="subtle"
          leftSection={<Icon name="pill" little />}
          aria-label={t('visit.slipOf', { medicine: conceptWords(request.medicationCodeableConcept) ?? '' })}
          onClick={() => setShown(request)}
        >
          {conceptWords(request.medicationCodeableConcept)}
        </Button>
      ))}
      {shown === undefined ? null : (
        <Suspense fallback={null}>
          <PrescriptionSlip request={shown} onClose={() => setShown(undefined)} />
        </Suspense>
      )}
    </div>
  );
}
