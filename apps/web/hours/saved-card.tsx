import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../parts/icon.tsx';
import { Note } from '../parts/states.tsx';
import { OutsideList } from './outside-list.tsx';
import type { Change } from './use-hours.ts';

interface Props {
  change: Change;
  undoing: boolean;
  onUndo: (change: Change) => void;
}

/** What was saved, to be taken back at once, and the visits that now wait for somebody to see to them. */
export function SavedCard({ change, undoing, onUndo }: Props) {
  const { t } = useTranslation();
  const { act, visits } = change;
  const card = useRef<HTMLElement>(null);
  // On a phone the button that was pressed lies pages below.
  useEffect(() => {
    card.current?.scrollIntoView({ block: 'nearest' });
  }, [change]);
  return (
    <section
      ref={card}
      className={visits.length === 0 ? 'stack' : 'card turn stack'}
      aria-label={t('hours.savedTitle')}
    >
      <div className="row wrapping">
        <div className="grow hours-saved">
          <Note tone="ok">{t(`hours.saved.${act}`)}</Note>
        </div>
        {act === 'undo' ? null : (
          <Button leftSection={<Icon name="back" little />} loading={undoing} onClick={() => onUndo(change)}>
            {t('hours.undo')}
          </Button>
        )}
      </div>
      {visits.length === 0 ? null : (
        <>
          <h2>{t('hours.stillBooked', { count: visits.length })}</h2>
          <OutsideList visits={visits} />
        </>
      )}
    </section>
  );
}
