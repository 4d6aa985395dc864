import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatShortDay, formatTime, languageName } from '../language/format.ts';
import { Avatar } from '../parts/avatar.tsx';
import { State } from '../parts/states.tsx';
import { byDay, localDay } from './days.ts';
import type { ChosenTime, DoctorTimes } from './use-booking.ts';

const DAYS_FIRST = 2;
const TIMES_FIRST = 4;

interface Props {
  doctors: readonly DoctorTimes[];
  chosen: ChosenTime | undefined;
  onChoose: (time: ChosenTime) => void;
}

/** The next free times of everybody who can help, soonest first. */
export function TimesStep({ doctors, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  return (
    <section className="booking-step" aria-labelledby="when">
      <span className="number" aria-hidden="true">
        3
      </span>
      <h2 id="when">{t('booking.when')}</h2>
      <div className="card flush">
        {doctors.length === 0 ? (
          <div className="no-times">
            <State icon="calendar" tone="brand" title={t('booking.noTimes')}>
              {t('booking.noTimesDetail')}
            </State>
          </div>
        ) : (
          <ul className="rows">
            {doctors.map((doctor) => (
              <DoctorRow key={doctor.role} doctor={doctor} chosen={chosen} onChoose={onChoose} />
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

function DoctorRow({ doctor, chosen, onChoose }: { doctor: DoctorTimes } & Omit<Props, 'doctors'>) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const days = byDay(doctor.times, localDay);
  const shown = all ? days : days.slice(0, DAYS_FIRST);
  const hidden =
    doctor.times.length - shown.reduce((sum, day) => sum + Math.min(day.times.length, all ? 99 : TIMES_FIRST), 0);
  return (
    <li className="doctor">
      <Avatar name={doctor.name} large />
      <div>
        <h3>{doctor.name}</h3>
        <p className="small muted">
          {[doctor.place, doctor.languages.map(languageName).join(', ')].filter((part) => part).join(' · ')}
        </p>
      </div>
      <div className="days" role="group" aria-label={t('booking.timesWith', { name: doctor.name })}>
        {shown.map((day) => (
          <div key={day.first} className="day">
            <span>{formatShortDay(day.first)}</span>
            <span className="times">
              {(all ? day.times : day.times.slice(0, TIMES_FIRST)).map((start) => (
                <button
                  key={start}
                  type="button"
                  aria-pressed={chosen?.role === doctor.role && chosen.start === start}
                  onClick={() => onChoose({ role: doctor.role, start })}
                >
                  {formatTime(start)}
                </button>
              ))}
            </span>
          </div>
        ))}
        {hidden <= 0 ? null : (
          <Button variant="subtle" size="sm" onClick={() => setAll(true)}>
            {t('booking.moreTimes')}
          </Button>
        )}
      </div>
    </li>
  );
}
