import type { Network } from '@clearchart/api';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useHasLab } from '../connection/demo.ts';
import { formatMoment, formatNumber } from '../language/format.ts';
import { repairWords } from './repair-words.ts';

/** What speaks against a member, and what was mended in this copy. */
export function FindingsCard({ network: { evidence, repairs } }: { network: Network }) {
  const { t } = useTranslation();
  const hasLab = useHasLab();
  return (
    <>
      <section className="card" aria-label={t('node.evidence')}>
        <h2>{t('node.evidence')}</h2>
        {evidence.length === 0 ? (
          <p className="small muted">{t('node.noEvidence')}</p>
        ) : (
          <>
            <ul className="rows network-rows">
              {evidence.map(({ kind, organization, name, height }) => (
                <li key={`${organization} ${kind} ${height}`} className="colour-bad">
                  {t(`node.evidenceKind.${kind}`, { name, height: formatNumber(height) })}
                </li>
              ))}
            </ul>
            <p className="small muted">{t('node.evidenceDetail')}</p>
          </>
        )}
      </section>
      {repairs === undefined ? null : (
        <section className="card" aria-label={t('node.repairs')}>
          <h2>{t('node.repairs')}</h2>
          {repairs.length === 0 ? (
            <p className="small muted">{t('node.noRepairs')}</p>
          ) : (
            <ul className="rows network-rows">
              {repairs.map((repair) => (
                <li key={repair.keptIn}>
                  <p>{repairWords(repair, t)}</p>
                  <p className="small muted break">{t('node.repair.kept', { folder: repair.keptIn })}</p>
                  <p className="small muted">{formatMoment(repair.at)}</p>
                </li>
              ))}
            </ul>
          )}
          {hasLab ? (
            <p className="small findings-door">
              <Link to="/lab">{t('lab.door')}</Link>
            </p>
          ) : null}
        </section>
      )}
    </>
  );
}
