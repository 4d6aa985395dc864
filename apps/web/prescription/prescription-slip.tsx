import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatNumber } from '../language/format.ts';
import { Dose } from '../parts/dose.tsx';
import { Fingerprint } from '../parts/fingerprint.tsx';
import { QrCode } from '../parts/qr-code.tsx';
import { Seal } from '../parts/seal.tsx';
import { useRecordCheck } from '../proof/use-record-check.ts';
import { doseWords } from '../record/dose-words.ts';
import { type MedicationRequest, type Patient, personName } from '../record/fhir.ts';
import type { Medicine } from '../record/summary.ts';
import { useNameOf } from './use-name-of.ts';
import '../record/receipt.css';

interface Props {
  medicine: Medicine;
  patient: Patient;
  /** Another slip is being printed. */
  left: boolean;
  print: ReactNode;
}

/** One order on one slip. The receipt under it is of the order as it is shown: another content would not match. */
export function PrescriptionSlip({ medicine, patient, left, print }: Props) {
  const { t } = useTranslation();
  const { resource, words, dose, since } = medicine;
  const check = useRecordCheck(resource, true);
  const { facts } = check;
  const order = resource as MedicationRequest;
  const prescriber = useNameOf(order.requester);
  const supply = order.dispenseRequest?.expectedSupplyDuration;
  const often = doseWords(medicine, t);
  const rows: [string, string | undefined][] = [
    [t('prescriptions.for'), personName(patient.name)],
    [t('profile.birthDate'), patient.birthDate === undefined ? undefined : formatDate(patient.birthDate)],
    [t('prescriptions.take'), often],
    [
      t('prescriptions.supply'),
      supply?.value === undefined || supply.code !== 'd' ? undefined : t('prescriptions.days', { count: supply.value }),
    ],
    [t('prescriptions.ordered'), since === undefined ? undefined : formatDate(since)],
    [t('prescriptions.by'), prescriber],
  ];
  return (
    <article className={left ? 'paper prescription-slip no-print' : 'paper prescription-slip'} aria-label={words}>
      <div className="slip-head">
        <h2>{words}</h2>
        {dose.perDay === undefined ? null : <Dose perDay={dose.perDay} />}
      </div>
      <dl>
        {rows.map(([name, value]) =>
          value === undefined || value === '' ? null : (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
      <div className="paper-foot">
        {facts === undefined ? null : <QrCode text={facts.checkUrl} label={t('receipt.qr')} />}
        <div className="stack" style={{ ['--gap' as string]: '8px' }}>
          <p className="small muted">{t('prescriptions.check')}</p>
          {facts === undefined ? null : (
            <p className="small">
              <Fingerprint value={facts.commitment} whole />
              <br />
              <span className="muted">{t('receipt.block')}</span> {formatNumber(facts.height)}
            </p>
          )}
          <p role="status" className="no-print">
            <Seal state={check.state}>{check.words}</Seal>
          </p>
          <div className="actions no-print">
            {print}
            <Link
              className="small row"
              to="/receipts/$type/$id/$version"
              params={{ type: resource.resourceType, id: resource.id, version: resource.meta?.versionId ?? '1' }}
            >
              {t('record.toReceipt')}
            </Link>
          </div>
        </div>
      </div>
    </article>
  );
}
