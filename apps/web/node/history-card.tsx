import type { Network } from '@clearchart/api';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../language/format.ts';
import { HowFar } from '../parts/how-far.tsx';

/** While this hospital takes part without having all older blocks. */
export function HistoryCard({ history }: Pick<Network, 'history'>) {
  const { t } = useTranslation();
  if (history === undefined) return null;
  const { have, of } = history;
  return (
    <section className="card stack" aria-label={t('node.history')} style={{ ['--gap' as string]: '12px' }}>
      <h2>{t('node.history')}</h2>
      <HowFar done={have} of={of}>
        {t('node.historyProgress', { have: formatNumber(have), of: formatNumber(of) })}
      </HowFar>
      <p className="small muted">{t('node.historyDetail')}</p>
    </section>
  );
}
