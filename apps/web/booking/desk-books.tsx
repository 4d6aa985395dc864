import type { Suggestion } from '@clearchart/api';
import { MISSED_COUNT_FOR_DAYS } from '@clearchart/exchange';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../language/format.ts';
import { Note, State } from '../parts/states.tsx';

interface Props {
  missed: NonNullable<Suggestion['missed']>;
  forDesk: boolean;
}

/** Said first to who has missed too many visits: who books, and until when it is so; to the desk, that it is needed. */
export function DeskBooks({ missed: { count, deskBooksUntil }, forDesk }: Props) {
  const { t } = useTranslation();
  const card = useRef<HTMLDivElement>(null);
  // It may come only after the button at the end of the page was pressed.
  useEffect(() => {
    card.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <div ref={card} className="desk-books" role="status">
      {forDesk ? (
        <Note tone="warn">{t('booking.missedDesk', { count, days: MISSED_COUNT_FOR_DAYS })}</Note>
      ) : (
        <div className="card">
          <State icon="phone" tone="brand" title={t('booking.deskBooks')}>
            {t('booking.deskBooksDetail', { count, days: MISSED_COUNT_FOR_DAYS, until: formatDate(deskBooksUntil) })}
          </State>
        </div>
      )}
    </div>
  );
}
