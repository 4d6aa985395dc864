import { calendarFile } from '@clearchart/exchange';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '../parts/icon.tsx';
import { saveFile } from '../parts/save-file.ts';

/** The visit for the reader's own calendar; nothing in it says why. */
export function CalendarButton({
  id,
  start,
  end,
  place,
}: {
  id: string;
  start: string;
  end: string;
  place: string | undefined;
}) {
  const { t } = useTranslation();
  return (
    <Button
      leftSection={<Icon name="calendar" little />}
      onClick={() => {
        const utc = (time: string | number) => new Date(time).toISOString();
        const text = calendarFile([
          { id, start: utc(start), end: utc(end), place, title: t('booking.calendarTitle'), madeAt: utc(Date.now()) },
        ]);
        saveFile('clearchart-visit.ics', new Blob([text], { type: 'text/calendar' }));
      }}
    >
      {t('booking.toCalendar')}
    </Button>
  );
}
