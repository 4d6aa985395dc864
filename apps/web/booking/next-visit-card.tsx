// The next visit on the patient's own page: when, with whom, where; to move it, cancel it, or keep it in a calendar.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { searchFhir } from '../connection/fhir.ts';
import { formatDay, formatTime } from '../language/format.ts';
import { Failed, Note } from '../parts/states.tsx';
import type { Resource } from '../record/fhir.ts';
import './booking.css';
import { CalendarButton } from './calendar-button.tsx';
import { DateTile } from './date-tile.tsx';
import { useAppointmentAct } from './use-booking.ts';

interface Appointment extends Resource {
  status?: string;
  start?: string;
  end?: string;
  participant?: { actor?: { reference?: string; display?: string } }[];
}

function useNextVisit(patientId: string) {
  return useQuery({
    queryKey: ['booking', 'next', patientId],
    queryFn: async ({ signal }): Promise<Appointment | null> => {
      const from = new Date().toISOString().slice(0, 10);
      const path = `Appointment?patient=${encodeURIComponent(patientId)}&date=ge${from}&status=booked&_sort=date`;
      const found = await searchFhir<Appointment>(path, signal);
      return found.find(({ end, start }) => Date.parse(end ?? start ?? '') > Date.now()) ?? null;
    },
  });
}

export function NextVisitCard({ patientId }: { patientId: string }) {
  const { data } = useNextVisit(patientId);
  const act = useAppointmentAct();
  return (
    <>
      {act.isSuccess ? <Cancelled /> : null}
      {data === undefined || data === null || data.start === undefined ? null : (
        <NextVisit key={data.id} visit={data} start={data.start} cancel={act} />
      )}
    </>
  );
}

interface NextVisitProps {
  visit: Appointment;
  start: string;
  cancel: ReturnType<typeof useAppointmentAct>;
}

function NextVisit({ visit, start, cancel }: NextVisitProps) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const { id, end = start, participant = [] } = visit;
  const named = (type: string) =>
    participant.find(({ actor }) => actor?.reference?.startsWith(`${type}/`))?.actor?.display;
  const [doctor, place] = [named('Practitioner'), named('Location')];
  return (
    <section className="card next-visit" aria-label={t('booking.next')}>
      <DateTile at={start} />
      <div>
        <h2>{[doctor, formatTime(start)].filter((part) => part !== undefined).join(', ')}</h2>
        <p className="muted">{place ?? formatDay(start)}</p>
      </div>
      {asking ? (
        <div className="actions">
          <p className="small">{t('booking.cancelAsk')}</p>
          <Button
            variant="filled"
            loading={cancel.isPending}
            onClick={() => cancel.mutate({ id, act: 'cancel' }, { onError: () => setAsking(false) })}
          >
            {t('booking.cancelYes')}
          </Button>
          <Button onClick={() => setAsking(false)}>{t('booking.cancelNo')}</Button>
        </div>
      ) : (
        <div className="actions">
          <Button component={Link} to={`/book/move/${id}`}>
            {t('booking.move')}
          </Button>
          <CalendarButton id={id} start={start} end={end} place={place} />
          <Button variant="subtle" onClick={() => setAsking(true)}>
            {t('booking.cancel')}
          </Button>
        </div>
      )}
      {cancel.isError ? <Failed error={cancel.error} /> : null}
    </section>
  );
}

function Cancelled() {
  const { t } = useTranslation();
  return (
    <div className="visit-cancelled" role="status">
      <Note tone="plain">
        {t('booking.cancelled')} <Link to="/book">{t('booking.again')}</Link>
      </Note>
    </div>
  );
}
