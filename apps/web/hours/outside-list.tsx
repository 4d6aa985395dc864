// Visits that lie outside the hours, each with the way to where it is seen to: the day at the desk, the chart of who treats.
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '../connection/session.ts';
import { formatDay, formatTime } from '../language/format.ts';
import { Failed } from '../parts/states.tsx';
import { useMyPatients } from '../record/use-my-patients.ts';
import type { VisitOutside } from './use-hours.ts';
import { useVisitPatients } from './use-visit-patients.ts';

export function OutsideList({ visits }: { visits: readonly VisitOutside[] }) {
  const { session } = useSession();
  const isDesk = session?.role === 'administrator';
  const ids = visits.map(({ id }) => id);
  const { data, error } = useVisitPatients(ids, isDesk);
  const mine = useMyPatients(!isDesk);
  const nameOf = (id: string | undefined) => mine.data?.find((one) => one.id === id)?.name;
  return (
    <>
      {error === null ? null : <Failed error={error} />}
      <ul className="rows hours-outside">
        {visits.map((visit) => (
          <Line
            key={visit.id}
            visit={visit}
            patientId={data?.get(visit.id)?.id}
            name={data?.get(visit.id)?.name ?? nameOf(data?.get(visit.id)?.id)}
            isDesk={isDesk}
            loaded={data !== undefined}
          />
        ))}
      </ul>
    </>
  );
}

interface LineProps {
  visit: VisitOutside;
  /** Undefined when the reader may not see yet whose it is. */
  patientId: string | undefined;
  name: string | undefined;
  isDesk: boolean;
  loaded: boolean;
}

function Line({ visit: { start }, patientId, name, isDesk, loaded }: LineProps) {
  const { t } = useTranslation();
  const unnamed = isDesk || patientId !== undefined ? t('today.somebody') : t('hours.nameLater');
  return (
    <li className="row wrapping">
      <div className="grow">
        <b>
          {formatDay(start)}, {formatTime(start)}
        </b>
        <p className="small muted">{name ?? (loaded ? unnamed : '')}</p>
      </div>
      {isDesk ? (
        <Link to="/schedule/on/$day" params={{ day: localDate(start) } as never}>
          {t('hours.toDay')}
        </Link>
      ) : patientId === undefined ? null : (
        <Link to="/patients/$id" params={{ id: patientId } as never}>
          {t('today.openChart')}
        </Link>
      )}
    </li>
  );
}

/** `YYYY-MM-DD`, where the reader is. */
function localDate(instant: string): string {
  const date = new Date(instant);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
