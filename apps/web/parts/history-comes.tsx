// In place of what needs an older block, while this hospital still fetches it: how far that is, and by itself again when it is done.
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useHistory } from '../connection/use-history.ts';
import { formatNumber } from '../language/format.ts';
import { HowFar } from './how-far.tsx';
import { Icon } from './icon.tsx';

export function HistoryComes({ retry }: { retry: (() => void) | undefined }) {
  const { t } = useTranslation();
  const history = useHistory(true);
  const again = useRef(retry);
  again.current = retry;
  const isWhole = history === null;
  useEffect(() => {
    if (isWhole) again.current?.();
  }, [isWhole]);
  return (
    <div className="stack" role="status" style={{ ['--gap' as string]: '12px' }}>
      <div className="row top">
        <span className="picture brand">
          <Icon name="clock" />
        </span>
        <div>
          <h2 className="state-title">{t('fault.historyComes')}</h2>
          <p className="small muted">{t('fault.historyComesDetail')}</p>
        </div>
      </div>
      {history === undefined || history === null ? null : (
        <HowFar done={history.have} of={history.of}>
          {t('fault.historyProgress', { have: formatNumber(history.have), of: formatNumber(history.of) })}
        </HowFar>
      )}
    </div>
  );
}
