// The visits with their notes, in the chart and in the patient's own record.
import { useTranslation } from 'react-i18next';
import { formatShortDate } from '../language/format.ts';
import { conceptWords } from '../record/fhir.ts';
import { RecordCard } from '../record/record-card.tsx';
import { RecordSeal } from '../record/record-seal.tsx';
import { SignedBy } from './signed-by.tsx';
import { useVisits } from './use-visits.ts';
import type { Visit } from './visits.ts';
import './visit.css';

export function VisitsCard({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const query = useVisits(patientId);
  if (query.data?.length === 0) return null;
  return (
    <RecordCard query={query} title={t('visit.visits')}>
      {(list) => (
        <ul className="rows">
          {list.map((visit) => (
            <VisitRow key={visit.encounter.id} visit={visit} />
          ))}
        </ul>
      )}
    </RecordCard>
  );
}

function VisitRow({ visit }: { visit: Visit }) {
  const { t } = useTranslation();
  const { encounter, practitioner, text, diagnoses, prescriptions, orders, signatures } = visit;
  const listed: [string, (string | undefined)[]][] = [
    [t('visit.diagnosis'), diagnoses.map(({ code }) => conceptWords(code))],
    [t('visit.prescription'), prescriptions.map((one) => conceptWords(one.medicationCodeableConcept))],
    [t('visit.orders'), orders.map(({ code }) => conceptWords(code))],
  ];
  return (
    <li className="visit-row stack">
      <div className="row wrapping">
        <div className="grow">
          <h3>{formatShortDate(visit.at)}</h3>
          <p className="small muted">{practitioner?.display}</p>
        </div>
        <RecordSeal resource={encounter} short />
      </div>
      {text === undefined ? null : <p className="visit-text">{text}</p>}
      {listed
        .filter(([, words]) => words.length > 0)
        .map(([title, words]) => (
          <p key={title} className="small">
            <b>{title}:</b> {words.filter(Boolean).join(', ')}
          </p>
        ))}
      <SignedBy signature={signatures[0]} />
    </li>
  );
}
