import type { Network } from '@clearchart/api';
import { Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../language/format.ts';

/** While this hospital takes part without having all older blocks. */
export function HistoryCard({ history }: Pick<Network, 'history'>) {
  const { t } = useTranslation();
  if (history === undefined) return null;
  const { have, of } = history;
  const words = t('node.historyProgress', { have: formatNumber(have), of: formatNumber(of) });
  return (
    <section className="card" aria-label={t('node.history')}>
      <h2>{t('node.history')}</h2>
      <p className="history-progress">{words}</p>
      <Progress.Root>
        <Progress.Section value={of === 0 ? 100 : (100 * have) / of} aria-label={words} />
      </Progress.Root>
      <p className="small muted history-progress">{t('node.historyDetail')}</p>
    </section>
  );
}
