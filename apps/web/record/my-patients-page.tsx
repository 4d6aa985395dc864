import { TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ageInYears, formatDate } from '../language/format.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';
import { Failed, Loading, State } from '../parts/states.tsx';
import { RequireRole } from '../shell/require-role.tsx';
import { useTitle } from '../shell/title.ts';
import './patient-list.css';
import './record.css';
import { useMyPatients } from './use-my-patients.ts';

export function MyPatientsPage() {
  return (
    <RequireRole role="practitioner">
      <MyPatients />
    </RequireRole>
  );
}

function MyPatients() {
  const { t } = useTranslation();
  useTitle(t('nav.patients'));
  const [text, setText] = useState('');
  const { data, error, refetch } = useMyPatients();
  const wanted = text.trim().toLowerCase();
  const shown = (data ?? []).filter((patient) => patient.name.toLowerCase().includes(wanted));
  return (
    <div className="wrap">
      <div className="page-head">
        <div>
          <h1>{t('patients.title')}</h1>
          <p>{t('patients.lead')}</p>
        </div>
        {(data?.length ?? 0) < 6 ? null : (
          <TextInput
            className="end block-search"
            aria-label={t('patients.filter')}
            placeholder={t('patients.filter')}
            leftSection={<Icon name="search" />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
      </div>
      {error !== null ? (
        <div className="card">
          <Failed error={error} retry={() => void refetch()} />
        </div>
      ) : data === undefined ? (
        <div className="card">
          <Loading lines={5} />
        </div>
      ) : shown.length === 0 ? (
        <div className="card">
          <State icon="people" tone="brand" title={t('patients.none')}>
            {t('patients.noneDetail')}
          </State>
        </div>
      ) : (
        <ul className="patient-list">
          {shown.map((patient) => (
            <li key={patient.id}>
              <Link to="/patients/$id" params={{ id: patient.id }} className="patient-link">
                <Avatar name={patient.name} large />
                <span>
                  <b>{patient.name}</b>
                  <span className="small muted">
                    {[
                      patient.birthDate === undefined
                        ? undefined
                        : t('patient.age', { count: ageInYears(patient.birthDate, Date.now()) ?? 0 }),
                      patient.gender === undefined ? undefined : t(`gender.${patient.gender}`),
                    ]
                      .filter((part) => part !== undefined)
                      .join(', ')}
                  </span>
                  <span className="tiny muted">
                    {t(`patients.relation.${patient.relation}`)}
                    {patient.until === undefined
                      ? ''
                      : ` · ${t('patients.until', { when: formatDate(patient.until) })}`}
                  </span>
                </span>
                <Icon name="arrow" little />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
