// The day at the desk: who comes to whom and when. Times and names alone; why somebody comes is between patient and practitioner.
import { MISSED_COUNT_FOR_DAYS } from '@clearchart/exchange';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { searchFhir } from '../connection/fhir.ts';
import { formatDay, formatTime } from '../language/format.ts';
import { Icon } from '../parts/icon.tsx';
import { Failed, Loading, State } from '../parts/states.tsx';
import { RequireRole } from '../shell/require-role.tsx';
import { useTitle } from '../shell/title.ts';
import './booking.css';
import { missedTooOften } from './missed.ts';
import { namesOf } from './names.ts';
import { actsFor, byPractitioner, patientIds, type ScheduledAppointment, unnamedPractitioners } from './schedule.ts';
import { useAppointmentAct } from './use-booking.ts';

const DAY_MS = 86_400_000;

function useDay(from: number) {
  return useQuery({
    queryKey: ['booking', 'day', from],
    refetchInterval: 30_000,
    queryFn: async ({ signal }) => {
      const at = (time: number) => encodeURIComponent(new Date(time).toISOString());
      const path = `Appointment?date=ge${at(from)}&date=lt${at(from + DAY_MS)}&_sort=date`;
      const appointments = await searchFhir<ScheduledAppointment>(path, signal);
      const ids = patientIds(appointments);
      const [patients, practitioners, missed] = await Promise.all([
        namesOf('Patient', ids, signal),
        namesOf('Practitioner', unnamedPractitioners(appointments), signal),
        missedTooOften(ids, signal),
      ]);
      return { appointments, names: new Map([...practitioners, ...patients]), missed };
    },
  });
}

export function SchedulePage() {
  return (
    <RequireRole role="administrator">
      <Schedule />
    </RequireRole>
  );
}

function Schedule() {
  const { t } = useTranslation();
  useTitle(t('nav.schedule'));
  const { day: wanted } = useParams({ strict: false });
  const [from, setFrom] = useState(() => midnightOf(wanted));
  const day = useDay(from);
  const move = (days: number) => setFrom(new Date(from + (days + 0.5) * DAY_MS).setHours(0, 0, 0, 0));
  return (
    <div className="wrap">
      <div className="page-head">
        <div>
          <h1>{formatDay(from)}</h1>
          <p>{t('schedule.lead')}</p>
        </div>
        <div className="end actions no-print">
          <Button leftSection={<Icon name="back" little />} onClick={() => move(-1)}>
            {t('schedule.before')}
          </Button>
          <Button rightSection={<Icon name="arrow" little />} onClick={() => move(1)}>
            {t('schedule.after')}
          </Button>
          <Button component={Link} to="/schedule/hours" leftSection={<Icon name="clock" little />}>
            {t('hours.title')}
          </Button>
        </div>
      </div>
      {day.error !== null ? (
        <div className="card">
          <Failed error={day.error} retry={() => void day.refetch()} />
        </div>
      ) : day.data === undefined ? (
        <div className="card">
          <Loading lines={8} />
        </div>
      ) : (
        <Day {...day.data} now={Date.now()} />
      )}
    </div>
  );
}

/** Of a day as `YYYY-MM-DD`, where the reader is; of today when it is none. */
function midnightOf(day: string | undefined): number {
  const time = new Date(`${day}T00:00:00`).getTime();
  return Number.isNaN(time) ? new Date().setHours(0, 0, 0, 0) : time;
}

interface DayProps {
  appointments: readonly ScheduledAppointment[];
  names: ReadonlyMap<string, string>;
  missed: ReadonlyMap<string, number>;
  now: number;
}

function Day({ appointments, names, missed, now }: DayProps) {
  const { t } = useTranslation();
  const columns = byPractitioner(appointments, names, missed);
  if (columns.length === 0) {
    return (
      <div className="card">
        <State icon="calendar" tone="brand" title={t('schedule.none')}>
          {t('schedule.noneDetail')}
        </State>
      </div>
    );
  }
  return (
    <div className="schedule">
      {columns.map(({ practitioner, name, lines }) => (
        <section key={practitioner} className="card" aria-label={name}>
          <h2>{name}</h2>
          <ol className="rows">
            {lines.map((appointment) => (
              <Line key={appointment.id} appointment={appointment} now={now} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function Line({ appointment, now }: { appointment: ScheduledAppointment; now: number }) {
  const { t } = useTranslation();
  const act = useAppointmentAct();
  const { id, start, status, patient, missed } = appointment;
  return (
    <li className="schedule-line">
      <time dateTime={start}>{formatTime(start ?? '')}</time>
      <div>
        <h3>{patient === '' ? t('today.somebody') : patient}</h3>
        <p className="small muted">{t(`schedule.status.${status}`)}</p>
        {missed === undefined ? null : (
          <span className="tag warn">{t('schedule.missed', { count: missed, days: MISSED_COUNT_FOR_DAYS })}</span>
        )}
      </div>
      <div className="actions no-print">
        {actsFor(appointment, now).map((name) => (
          <Button
            key={name}
            size="sm"
            variant={name === 'check-in' ? 'default' : 'subtle'}
            disabled={act.isPending}
            onClick={() => act.mutate({ id, act: name })}
          >
            {t(`schedule.act.${name}`)}
          </Button>
        ))}
      </div>
      {act.isError ? <Failed error={act.error} /> : null}
    </li>
  );
}
