// A prescription to hand over: what is to be given, and the code by which a pharmacy checks that the ledger holds it.
import { useTranslation } from 'react-i18next';
import { formatShortDate } from '../language/format.ts';
import { Dialog } from '../parts/dialog.tsx';
import { QrCode } from '../parts/qr-code.tsx';
import { Seal } from '../parts/seal.tsx';
import { Loading } from '../parts/states.tsx';
import { useRecordCheck } from '../proof/use-record-check.ts';
import { conceptWords, type MedicationRequest } from '../record/fhir.ts';

export function PrescriptionSlip({ request, onClose }: { request: MedicationRequest; onClose: () => void }) {
  const { t } = useTranslation();
  const check = useRecordCheck(request, true);
  return (
    <Dialog onClose={onClose} title={t('visit.slip')}>
      <div className="stack">
        <div>
          <h3>{conceptWords(request.medicationCodeableConcept)}</h3>
          {(request.dosageInstruction ?? []).slice(0, 1).map(({ text }) => (
            <p key={text}>{text}</p>
          ))}
          {request.authoredOn === undefined ? null : (
            <p className="small muted">{t('record.ordered', { when: formatShortDate(request.authoredOn) })}</p>
          )}
        </div>
        {check.facts === undefined ? (
          <Loading lines={4} />
        ) : (
          <div className="slip-code">
            <QrCode text={check.facts.checkUrl} label={t('visit.slipCode')} />
          </div>
        )}
        <Seal state={check.state}>{check.words}</Seal>
        <p className="small muted">{t('visit.slipDetail')}</p>
      </div>
    </Dialog>
  );
}
