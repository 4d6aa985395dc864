import type { Network } from '@clearchart/api';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../language/format.ts';
import { Note } from '../parts/states.tsx';

/** While this hospital takes part without having all older blocks. */
export function HistoryCard({ history }: Pick<Network, 'history'>) {
  const { t } = useTranslation();
  if (history === undefined) return null;
  const { have, of } = history;
  return (
    <section className="card" aria-label={t('node.history')}>
      <h2>{t('node.history')}</h2>
      <Note tone="ok">{t('node.historyProgress', { have: formatNumber(have), of: formatNumber(of) })}</Note>
      <p className="small muted">{t('node.historyDetail')}</p>
    </section>
  );
}
