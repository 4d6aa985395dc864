import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { readerName } from '../accesses/reader-name.ts';
import { formatShortDate, formatTime } from '../language/format.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';
import { SealMark } from '../parts/seal.tsx';
import { Failed, Loading } from '../parts/states.tsx';
import { useAccessesCheck } from '../proof/use-accesses-check.ts';

const SHOWN = 3;

/** Who opened the record last, under the seal of the reader's own check. */
export function WhoSawCard({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useAccessesCheck(id);
  const checked = data?.outcome.ok === true;
  const state = data === undefined ? 'unchecked' : data.outcome.ok ? 'verified' : 'problem';
  return (
    <section className="card flush" aria-label={t('accesses.title')}>
      <div className={`who-top ${state}`}>
        <SealMark state={state} size={56} ground="var(--ok-soft)" />
        <div>
          <h2>{t('accesses.title')}</h2>
          <p>
            {data === undefined
              ? t('accesses.checking')
              : checked && data.lines.length === 0
                ? t('accesses.cardNone', { at: formatTime(data.checkedAt) })
                : checked
                  ? t('accesses.cardChecked', { count: data.lines.length, at: formatTime(data.checkedAt) })
                  : t('accesses.cardProblem')}
          </p>
        </div>
      </div>
      {error !== null ? (
        <div className="card-body">
          <Failed error={error} retry={() => void refetch()} />
        </div>
      ) : isPending ? (
        <div className="card-body">
          <Loading lines={2} />
        </div>
      ) : (
        <ul className="rows">
          {data.lines.slice(0, SHOWN).map((line) => (
            <li key={line.index} className="row">
              {line.emergency ? (
                <span className="picture warn">
                  <Icon name="siren" little />
                </span>
              ) : (
                <Avatar name={readerName(line, t)} plain />
              )}
              <div className="grow">
                <b>{readerName(line, t)}</b>
                <p className="small muted">
                  {line.organizationName} · {t(`purpose.${line.purpose}`)}, {formatShortDate(line.at)}
                </p>
              </div>
            </li>
          ))}
          {data.lines.length === 0 ? <li className="muted small">{t('accesses.none')}</li> : null}
          <li>
            <Link to="/me/accesses">{t('accesses.wholeList')}</Link>
          </li>
        </ul>
      )}
    </section>
  );
}
