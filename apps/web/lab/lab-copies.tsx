import type { LabCopy } from '@clearchart/api';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../language/format.ts';
import { Fingerprint } from '../parts/fingerprint.tsx';
import { Icon } from '../parts/icon.tsx';
import { isDamaged } from './copies.ts';

/** The same block as it lies on each hospital's disk now. */
export function LabCopies({ copies, height }: { copies: readonly LabCopy[]; height: number }) {
  const { t } = useTranslation();
  return (
    <section className="card" aria-label={t('lab.copies')}>
      <h2>{t('lab.copies')}</h2>
      <p className="small muted">{t('lab.copiesDetail', { height: formatNumber(height) })}</p>
      <div role="status">
        <ul className="rows lab-copies">
          {copies.map((copy) => (
            <li key={copy.organization} className={isDamaged(copy) ? 'differs' : 'same'}>
              <Icon name={isDamaged(copy) ? 'alert' : 'check'} />
              <span>
                <b>{copy.name}</b>
                <span className="small">{t(isDamaged(copy) ? 'lab.differs' : 'lab.same')}</span>
              </span>
              {copy.found === undefined ? null : <Fingerprint value={copy.found} />}
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
