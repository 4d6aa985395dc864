import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { codeOf } from '../connection/fault-words.ts';
import { formatDay, formatTime } from '../language/format.ts';
import { Icon } from '../parts/icon.tsx';
import { Failed, Note } from '../parts/states.tsx';
import type { DoctorTimes } from './use-booking.ts';

interface Props {
  doctor: DoctorTimes | undefined;
  start: string | undefined;
  heldUntil: number | undefined;
  fault: unknown;
  timeIsGone: boolean;
  isPending: boolean;
  onBook: () => void;
}

/** What is about to be booked, always in sight, with the one button that does it. */
export function YourVisit({ doctor, start, heldUntil, fault, timeIsGone, isPending, onBook }: Props) {
  const { t } = useTranslation();
  const chosen = doctor !== undefined && start !== undefined;
  return (
    <aside className="card your-visit stack" aria-label={t('booking.yourVisit')}>
      <h2>{t('booking.yourVisit')}</h2>
      {chosen ? (
        <dl>
          <div>
            <dt>{t('booking.when')}</dt>
            <dd>
              {formatDay(start)}, {formatTime(start)}
            </dd>
          </div>
          <div>
            <dt>{t('booking.with')}</dt>
            <dd>
              {doctor.name}, {t(`specialty.${doctor.specialty}`)}
            </dd>
          </div>
          {doctor.place === undefined ? null : (
            <div>
              <dt>{t('booking.where')}</dt>
              <dd>{doctor.place}</dd>
            </div>
          )}
        </dl>
      ) : (
        <p className="muted">{t('booking.chooseTime')}</p>
      )}
      <div role="status">
        {timeIsGone ? (
          <Note tone="warn">{t(codeOf(fault) === 'own-time-taken' ? 'booking.ownTaken' : 'booking.taken')}</Note>
        ) : codeOf(fault) === 'too-many-visits' ? (
          <Note tone="warn">{t('booking.tooMany')}</Note>
        ) : codeOf(fault) === 'missed-too-often' ? (
          <Note tone="warn">{t('booking.missedTooOften')}</Note>
        ) : fault === undefined ? null : (
          <Failed error={fault} />
        )}
      </div>
      {chosen ? <p className="small muted">{t('booking.mayRead', { name: doctor.name })}</p> : null}
      <Button variant="filled" disabled={!chosen} loading={isPending} onClick={onBook}>
        {t('booking.book')}
      </Button>
      {chosen && heldUntil !== undefined && !timeIsGone ? (
        <p className="small muted held">
          <Icon name="clock" little /> {t('booking.held', { time: formatTime(start), until: formatTime(heldUntil) })}
        </p>
      ) : null}
    </aside>
  );
}
