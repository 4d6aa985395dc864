import { useTranslation } from 'react-i18next';
import { formatDate, formatMoment, formatNumber } from '../language/format.ts';
import { Fingerprint } from '../parts/fingerprint.tsx';
import { QrCode } from '../parts/qr-code.tsx';
import { useRecordCheck } from '../proof/use-record-check.ts';
import { personName, type Patient } from '../record/fhir.ts';
import { usePrinting } from './use-printing.ts';

/** Whose record is on the paper, and the receipt of its newest version of the person's details. */
export function RecordPrintHead({ patient }: { patient: Patient }) {
  const { t } = useTranslation();
  const printing = usePrinting();
  const { facts } = useRecordCheck(patient, printing);
  return (
    <div className="record-print-head print-only" aria-hidden="true">
      <div>
        <p className="print-title">{t('print.recordOf', { name: personName(patient.name) })}</p>
        <p>
          {[
            patient.birthDate === undefined ? undefined : t('patient.born', { when: formatDate(patient.birthDate) }),
            patient.gender === undefined ? undefined : t(`gender.${patient.gender}`),
          ]
            .filter((part) => part !== undefined)
            .join(' · ')}
        </p>
        {facts === undefined ? null : (
          <p>
            {t('print.receipt', { height: formatNumber(facts.height), when: formatMoment(facts.time) })}
            <br />
            <Fingerprint value={facts.commitment} whole />
          </p>
        )}
      </div>
      {facts === undefined ? null : <QrCode text={facts.checkUrl} label={t('receipt.qr')} />}
    </div>
  );
}
