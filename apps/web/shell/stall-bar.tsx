import { useTranslation } from 'react-i18next';
import { useStall } from '../connection/use-stall.ts';
import { Icon } from '../parts/icon.tsx';

/** Says calmly that entries wait for other hospitals. Nothing is drawn in normal work. */
export function StallBar() {
  const { t } = useTranslation();
  const stall = useStall();
  return (
    <div role="status">
      {stall === undefined ? null : (
        <div className="offline-bar no-print">
          <Icon name="clock" little />
          <span>
            {t('stall.title')} {t('stall.detail')}
          </span>
        </div>
      )}
    </div>
  );
}
