import type { Dispute } from '@clearchart/api';
import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ownPatientId, useSession } from '../connection/session.ts';
import { formatDay, formatNumber, formatTime } from '../language/format.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';
import { saveJson } from '../parts/save-file.ts';
import { Failed, Loading, State } from '../parts/states.tsx';
import type { AccessLineView } from '../proof/check-accesses.ts';
import { useAccessesCheck } from '../proof/use-accesses-check.ts';
import { RequireRole } from '../shell/require-role.tsx';
import { useTitle } from '../shell/title.ts';
import { joinedWith } from '../record/fhir.ts';
import { usePatient } from '../record/use-record.ts';
import { AccessProof } from './access-proof.tsx';
import { DisputeButton, DisputeState } from './dispute.tsx';
import { allowedBy, readerName } from './reader-name.ts';
import { disputeOf, useDisputes } from './use-disputes.ts';
import './accesses.css';

const LINES_AT_ONCE = 50;

export function AccessesPage() {
  return (
    <RequireRole role="patient">
      <Accesses />
    </RequireRole>
  );
}

function Accesses() {
  const { t } = useTranslation();
  useTitle(t('accesses.title'));
  const { session } = useSession();
  const id = ownPatientId(session);
  const patient = usePatient(id);
  const query = useAccessesCheck(id);
  const { data } = query;
  return (
    <div className="wrap">
      <div className="page-head">
        <div>
          <h1>{t('accesses.title')}</h1>
          <p>{t('accesses.lead')}</p>
        </div>
        {data === undefined ? null : (
          <Button
            className="end wide-on-phone no-print"
            leftSection={<Icon name="download" little />}
            onClick={() =>
              saveJson('clearchart-accesses.json', { version: 1, kind: 'clearchart-accesses', ...data.list })
            }
          >
            {t('accesses.save')}
          </Button>
        )}
      </div>
      <AccessesTo id={id} />
      {patient.data === undefined
        ? null
        : joinedWith(patient.data, 'replaces').map((joined) => (
            <section key={joined} aria-label={t('join.earlierRecord')} style={{ marginTop: 40 }}>
              <h2 style={{ marginBottom: 16 }}>{t('join.earlierRecord')}</h2>
              <AccessesTo id={joined} />
            </section>
          ))}
    </div>
  );
}

/** Of one record: the proof first, then the lines that it is about. */
function AccessesTo({ id }: { id: string | undefined }) {
  const { t } = useTranslation();
  const query = useAccessesCheck(id);
  const { data } = query;
  const { data: disputes } = useDisputes(id);
  const [only, setOnly] = useState('all');
  const [shown, setShown] = useState(LINES_AT_ONCE);
  const lines = (data?.lines ?? []).filter((line) => only === 'all' || line.emergency);
  const emergencies = (data?.lines ?? []).filter((line) => line.emergency).length;
  if (query.error !== null) {
    return (
      <div className="card">
        <Failed error={query.error} retry={() => void query.refetch()} />
      </div>
    );
  }
  if (data === undefined) {
    return (
      <div className="card">
        <Loading lines={5} />
      </div>
    );
  }
  return (
    <>
      <AccessProof check={data} again={() => void query.refetch()} />
      {data.lines.length === 0 ? (
        <div className="card" style={{ marginTop: 24 }}>
          <State icon="eye" tone="brand" title={t('accesses.none')}>
            {t('accesses.noneDetail')}
          </State>
        </div>
      ) : (
        <>
          <div style={{ marginTop: 24 }}>
            <SegmentedControl
              aria-label={t('accesses.show')}
              value={only}
              onChange={setOnly}
              data={[
                { value: 'all', label: t('accesses.all', { count: data.lines.length }) },
                { value: 'emergency', label: t('accesses.emergencies', { count: emergencies }) },
              ]}
            />
          </div>
          {lines.length === 0 ? (
            <p className="muted" style={{ marginTop: 24 }}>
              {t('accesses.noEmergency')}
            </p>
          ) : null}
          {byDay(lines.slice(0, shown)).map(([day, ofDay]) => (
            <section key={day} aria-label={day}>
              <h2 className="day">{day}</h2>
              <ul className="card flush rows">
                {ofDay.map((line) => (
                  <Line key={line.index} line={line} patient={id ?? ''} disputes={disputes ?? []} />
                ))}
              </ul>
            </section>
          ))}
          {lines.length <= shown ? null : (
            <p className="row" style={{ justifyContent: 'center', marginTop: 24 }}>
              <Button onClick={() => setShown(shown + LINES_AT_ONCE)}>
                {t('accesses.earlier', { count: lines.length - shown })}
              </Button>
            </p>
          )}
        </>
      )}
    </>
  );
}

function byDay(lines: readonly AccessLineView[]): [string, AccessLineView[]][] {
  const days = new Map<string, AccessLineView[]>();
  for (const line of lines) {
    const day = formatDay(line.at);
    days.set(day, [...(days.get(day) ?? []), line]);
  }
  return [...days];
}

function Line({ line, patient, disputes }: { line: AccessLineView; patient: string; disputes: readonly Dispute[] }) {
  const { t } = useTranslation();
  const name = readerName(line, t);
  const by = allowedBy(line);
  return (
    <li className={line.emergency ? 'access emergency' : 'access'}>
      <time dateTime={new Date(line.at).toISOString()}>{formatTime(line.at)}</time>
      {line.emergency ? (
        <span className="avatar siren">
          <Icon name="siren" little />
        </span>
      ) : (
        <Avatar name={name} />
      )}
      <div>
        <h3>
          {name}
          {line.emergency ? ` · ${t('accesses.emergencyOpening')}` : ''}
        </h3>
        <p className="small muted">
          {line.organizationName} · {t(`purpose.${line.purpose}`)}
          {by === undefined ? '' : ` · ${t('accesses.allowedBy', { name: by })}`}
          {line.reads === undefined
            ? ` · ${t('accesses.openNow')}`
            : ` · ${t('accesses.reads', { count: line.reads })}`}
        </p>
        <DisputeState dispute={disputeOf(line, disputes)} />
        {line.nameProven ? null : <p className="small colour-bad">{t('accesses.nameNotProven')}</p>}
      </div>
      <div className="access-end">
        <span className="tiny muted nowrap">{t('accesses.inBlock', { height: formatNumber(line.height) })}</span>
        <DisputeButton patient={patient} line={line} disputes={disputes} />
      </div>
    </li>
  );
}
