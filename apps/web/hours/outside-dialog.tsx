import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../parts/dialog.tsx';
import { Note } from '../parts/states.tsx';
import { OutsideList } from './outside-list.tsx';
import type { VisitOutside } from './use-hours.ts';

interface Props {
  visits: readonly VisitOutside[];
  isPending: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** Says which visits a change leaves outside, before it is saved. */
export function OutsideDialog({ visits, isPending, onConfirm, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog onClose={onClose} title={t('hours.outside', { count: visits.length })} size="lg">
      <div className="stack">
        <Note tone="warn">{t('hours.outsideDetail')}</Note>
        <OutsideList visits={visits} />
        <div className="actions">
          <Button variant="filled" onClick={onClose}>
            {t('hours.goBack')}
          </Button>
          <Button loading={isPending} onClick={onConfirm}>
            {t('hours.saveAnyway')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
