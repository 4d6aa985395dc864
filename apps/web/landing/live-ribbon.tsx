import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useHeaders, useLedgerStatus } from '../connection/ledger.ts';
import { formatNumber, formatTime } from '../language/format.ts';
import { SealMark } from '../parts/seal.tsx';

/** Blocks shown. */
const TILES = 6;

/** The newest blocks as they come, with a dashed tile for what still waits. */
export function LiveRibbon() {
  const { t } = useTranslation();
  const { data: status } = useLedgerStatus();
  const newest = status?.finalHeight;
  const { data: headers } = useHeaders(newest === undefined ? undefined : Math.max(1, newest - TILES + 1), TILES);
  if (status === undefined) return null;
  const members = status.members.length;
  return (
    <section className="live-ribbon" aria-label={t('ribbon.label')}>
      <div>
        <p className="row nowrap" style={{ ['--gap' as string]: '8px' }}>
          <SealMark state="final" members={members} />
          <Link to="/explorer" className="small">
            {t('landing.liveLedger')}
          </Link>
        </p>
        <div className="live-tiles">
          <ol>
            {(headers ?? []).map((header) => (
              <li key={header.height}>
                <Link className="tile" to="/explorer/blocks/$height" params={{ height: String(header.height) }}>
                  <b>
                    {formatNumber(header.height)}
                    <SealMark state={header.height <= status.finalHeight ? 'final' : 'pending'} members={members} />
                  </b>
                  {t('block.entries', { count: header.entries })}
                  <br />
                  {formatTime(header.time)}
                </Link>
              </li>
            ))}
            {status.pending === 0 ? null : (
              <li>
                <span className="tile waiting">
                  <b>
                    {formatNumber(status.finalHeight + 1)}
                    <SealMark state="pending" members={members} />
                  </b>
                  {t('block.entries', { count: status.pending })}
                  <br />
                  {t('landing.waiting')}
                </span>
              </li>
            )}
          </ol>
        </div>
      </div>
    </section>
  );
}
