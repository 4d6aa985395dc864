import type { LedgerStatus } from '@clearchart/api';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { HeaderSummary } from '../connection/ledger.ts';
import { formatClock, formatNumber, formatShortDate } from '../language/format.ts';
import { Seal } from '../parts/seal.tsx';
import { nameOf } from './entry-words.ts';

export function BlockTable({
  headers,
  current,
  status,
}: {
  headers: readonly HeaderSummary[];
  current: number;
  status: LedgerStatus;
}) {
  const { t } = useTranslation();
  return (
    <section className="card flush" aria-label={t('explorer.table')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('explorer.column.block')}</th>
            <th scope="col">{t('explorer.column.time')}</th>
            <th scope="col">{t('explorer.column.what')}</th>
            <th scope="col" className="not-on-phone">
              {t('explorer.column.madeBy')}
            </th>
            <th scope="col">{t('explorer.column.state')}</th>
          </tr>
        </thead>
        <tbody>
          {headers.toReversed().map((header) => (
            <tr key={header.height} className={header.height === current ? 'current' : undefined}>
              <td>
                <Link
                  to="/explorer/blocks/$height"
                  params={{ height: String(header.height) }}
                  aria-current={header.height === current ? 'true' : undefined}
                >
                  {formatNumber(header.height)}
                </Link>
              </td>
              <td>
                {formatClock(header.time)}
                <br />
                <span className="tiny muted">{formatShortDate(header.time)}</span>
              </td>
              <td>{t('block.entries', { count: header.entries })}</td>
              <td className="not-on-phone">{nameOf(header.proposer, status.members)}</td>
              <td>
                <Seal state="final" members={status.members.length}>
                  {t('explorer.final')}
                </Seal>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
