// The visit, docked beside the chart: what is written here becomes records when it is finished and sealed.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../connection/session.ts';
import { formatTime } from '../language/format.ts';
import { Icon } from '../parts/icon.tsx';
import { Loading, Note } from '../parts/states.tsx';
import { type Patient, personName } from '../record/fhir.ts';
import { useKeysOpen } from '../session/use-keys-open.ts';
import { openAppointmentOf } from '../today/today.ts';
import { useToday } from '../today/use-today.ts';
import { DiagnosisSection } from './diagnosis-section.tsx';
import { FinishSheet } from './finish-sheet.tsx';
import { AllergySection } from './allergy-section.tsx';
import { isAnswered } from './check-medicine.ts';
import { NoteSection } from './note-section.tsx';
import { OrderSection } from './order-section.tsx';
import { OpenKeys } from './open-keys.tsx';
import { PrescriptionSection } from './prescription-section.tsx';
import { UnsignedVisits } from './unsigned-visits.tsx';
import { useFinishVisit } from './use-finish-visit.ts';
import { useCheckContext, verdictsOn } from './use-verdicts.ts';
import { useVisitDraft } from './use-visit-draft.ts';
import { faultOfVisit } from './visit-form.ts';
import { VitalsSection } from './vitals-section.tsx';
import { VisitProgress } from './visit-progress.tsx';
import './visit.css';

export function VisitPanel({ patient }: { patient: Patient }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const today = useToday();
  const draft = useVisitDraft(patient.id);
  const keysOpen = useKeysOpen();
  const [sheet, setSheet] = useState(false);
  const author = { patientId: patient.id, person: session?.person ?? '', personName: session?.name ?? '' };
  const finishing = useFinishVisit(author, () => {
    setSheet(false);
    draft.drop();
  });
  const { form } = draft;
  const context = useCheckContext(patient, form);
  const verdicts = verdictsOn(form.prescriptions, context);
  const unanswered = form.prescriptions.filter((one) => !isAnswered(one, verdicts.get(one.key))).length;
  const fault = faultOfVisit(form);
  if (session?.person === undefined) return null;
  return (
    <aside className="visit no-print" aria-label={t('visit.title')}>
      <header>
        <h2 className="grow">{t('visit.title')}</h2>
        <span className="tiny muted" aria-live="polite">
          {draft.keptAt === undefined ? '' : t('visit.draftKept', { time: formatTime(draft.keptAt) })}
        </span>
      </header>
      {finishing.sent !== undefined ? (
        <VisitProgress finishing={finishing} onDone={finishing.reset} />
      ) : draft.ready ? (
        <>
          <div className="visit-body stack">
            {keysOpen ? null : (
              <div className="stack unsigned">
                <Note tone="plain">{t('visit.keysClosed')}</Note>
                <OpenKeys>{null}</OpenKeys>
              </div>
            )}
            <UnsignedVisits author={author} />
            <NoteSection form={form} change={draft.change} />
            <DiagnosisSection form={form} change={draft.change} />
            <AllergySection form={form} change={draft.change} />
            <PrescriptionSection form={form} change={draft.change} context={context} verdicts={verdicts} />
            <OrderSection form={form} change={draft.change} />
            <VitalsSection form={form} change={draft.change} patient={patient} age={context.age} />
          </div>
          <footer className="stack">
            {fault === undefined || fault === 'nothing-written' ? null : (
              <p className="small colour-bad row" role="alert">
                <Icon name="alert" little />
                {t(`visit.fault.${fault}`)}
              </p>
            )}
            {unanswered === 0 ? null : (
              <p className="small colour-bad row" role="status">
                <Icon name="alert" little />
                {t('visit.unanswered', { count: unanswered })}
              </p>
            )}
            <Button variant="filled" disabled={fault !== undefined || unanswered > 0} onClick={() => setSheet(true)}>
              {t('visit.finish')}
            </Button>
          </footer>
        </>
      ) : (
        <div className="visit-body">
          <Loading lines={4} />
        </div>
      )}
      {sheet ? (
        <FinishSheet
          form={form}
          name={personName(patient.name)}
          finishing={finishing}
          onSeal={() => finishing.send(form, openAppointmentOf(today.data ?? [], patient.id))}
          onClose={() => setSheet(false)}
        />
      ) : null}
    </aside>
  );
}
