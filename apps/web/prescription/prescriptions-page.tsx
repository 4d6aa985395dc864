import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ownPatientId, useSession } from '../connection/session.ts';
import { Icon } from '../parts/icon.tsx';
import { Failed, Loading, State } from '../parts/states.tsx';
import type { Patient } from '../record/fhir.ts';
import { medicines } from '../record/summary.ts';
import { useMedicationRequests, usePatient } from '../record/use-record.ts';
import { RequireRole } from '../shell/require-role.tsx';
import { useTitle } from '../shell/title.ts';
import { PrescriptionSlip } from './prescription-slip.tsx';
import './prescription.css';

export function PrescriptionsPage() {
  return (
    <RequireRole role="patient">
      <Prescriptions />
    </RequireRole>
  );
}

function Prescriptions() {
  const { t } = useTranslation();
  useTitle(t('prescriptions.title'));
  const { session } = useSession();
  const id = ownPatientId(session);
  const patient = usePatient(id);
  const requests = useMedicationRequests(id);
  const error = patient.error ?? requests.error;
  return (
    <div className="wrap narrow">
      <div className="page-head no-print">
        <div>
          <h1>{t('prescriptions.title')}</h1>
          <p>{t('prescriptions.lead')}</p>
        </div>
      </div>
      {error !== null ? (
        <div className="card">
          <Failed error={error} retry={() => void requests.refetch()} />
        </div>
      ) : patient.data === undefined || requests.data === undefined ? (
        <div className="card">
          <Loading lines={5} />
        </div>
      ) : (
        <Slips patient={patient.data} requests={requests.data} />
      )}
    </div>
  );
}

function Slips({ patient, requests }: { patient: Patient; requests: Parameters<typeof medicines>[0] }) {
  const { t } = useTranslation();
  const [only, setOnly] = useState<string>();
  const active = medicines(requests).filter((medicine) => medicine.active);
  if (active.length === 0) {
    return (
      <div className="card">
        <State
          icon="pill"
          tone="brand"
          title={t('prescriptions.none')}
          action={
            <Button component={Link} to="/me">
              {t('landing.toHome')}
            </Button>
          }
        >
          {t('prescriptions.noneDetail')}
        </State>
      </div>
    );
  }
  /** Prints one slip: the others are left out while the sheet is made. */
  function printOnly(id: string): void {
    setOnly(id);
    addEventListener('afterprint', () => setOnly(undefined), { once: true });
    setTimeout(() => print(), 0);
  }
  return (
    <div className="stack" style={{ ['--gap' as string]: '28px' }}>
      {active.map((medicine) => (
        <PrescriptionSlip
          key={medicine.resource.id}
          medicine={medicine}
          patient={patient}
          left={only !== undefined && only !== medicine.resource.id}
          print={
            <Button
              size="sm"
              leftSection={<Icon name="print" little />}
              aria-label={t('prescriptions.printOne', { medicine: medicine.words })}
              onClick={() => printOnly(medicine.resource.id)}
            >
              {t('receipt.print')}
            </Button>
          }
        />
      ))}
    </div>
  );
}
