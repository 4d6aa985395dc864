import type { Booked } from '@clearchart/api';
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatDay, formatTime } from '../language/format.ts';
import { Icon } from '../parts/icon.tsx';
import { Note } from '../parts/states.tsx';
import { CalendarButton } from './calendar-button.tsx';

/** It is booked and on disk: what, where, and what one can do with it. */
export function BookedCard({ booked, forDesk }: { booked: Booked; forDesk: boolean }) {
  const { t } = useTranslation();
  const { doctor, start, end, appointmentId } = booked;
  return (
    <div className="wrap narrow">
      <section className="card stack" aria-label={t('booking.booked')}>
        <span className="picture brand">
          <Icon name="check" />
        </span>
        <h1>{t('booking.booked')}</h1>
        <p>
          <b>
            {formatDay(start)}, {formatTime(start)}
          </b>
          <br />
          {doctor.name}, {t(`specialty.${doctor.specialty}`)}
          {doctor.place === undefined ? null : (
            <>
              <br />
              {doctor.place}
            </>
          )}
        </p>
        <Note tone="plain">{t(forDesk ? 'booking.bookedDesk' : 'booking.bookedDetail')}</Note>
        <div className="actions">
          {forDesk ? (
            <Button component={Link} to="/schedule" variant="filled">
              {t('booking.toSchedule')}
            </Button>
          ) : (
            <>
              <Button component={Link} to="/me" variant="filled">
                {t('booking.toHome')}
              </Button>
              <CalendarButton id={appointmentId} start={start} end={end} place={doctor.place} />
            </>
          )}
        </div>
      </section>
    </div>
  );
}
