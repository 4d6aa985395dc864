import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatMoment, formatNumber, formatTime } from '../language/format.ts';
import { Fingerprint } from '../parts/fingerprint.tsx';
import { Icon } from '../parts/icon.tsx';
import { SealMark } from '../parts/seal.tsx';
import { failureWords } from '../proof/failure-words.ts';
import type { AccessesCheck } from '../proof/use-accesses-check.ts';

/** A hospital that has not reported for longer than this is behind, and said so in red. */
const BEHIND_AFTER_MS = 26 * 60 * 60 * 1000;

export function AccessProof({ check, again }: { check: AccessesCheck; again: () => void }) {
  const { t } = useTranslation();
  const { outcome } = check;
  const behind = (time: number | null) => time === null || check.checkedAt - time > BEHIND_AFTER_MS;
  const reported = outcome.ok ? outcome.completeness.filter((one) => !behind(one.time)) : [];
  const upTo = Math.min(...reported.map((one) => one.time ?? 0));
  return (
    <div className="card flush">
      <div className="access-proof">
        <SealMark state={outcome.ok ? 'verified' : 'problem'} size={96} />
        <div>
          <h2 className="large">
            {!outcome.ok
              ? t('accesses.problem')
              : reported.length === 0
                ? t('accesses.listHolds')
                : t('accesses.completeUpTo', { when: formatMoment(upTo) })}
          </h2>
          <p className="muted">
            {outcome.ok
              ? t('accesses.completeDetail')
              : `${failureWords(outcome.reason, t)} ${t('accesses.problemNext')}`}
          </p>
        </div>
        {outcome.ok ? (
          <ul className="reported">
            {outcome.completeness.map((one) => (
              <li key={one.organization} className={behind(one.time) ? 'colour-bad' : undefined}>
                <SealMark state={behind(one.time) ? 'unchecked' : 'verified'} />
                <span>{behind(one.time) ? <b>{t('accesses.behind', { name: one.name })}</b> : one.name}</span>
                <span>
                  {one.time === null
                    ? t('accesses.neverReported')
                    : t('accesses.upTo', { when: formatMoment(one.time) })}
                </span>
              </li>
            ))}
          </ul>
        ) : null}
      </div>
      <details className="how" open={!outcome.ok}>
        <summary>{t('accesses.how')}</summary>
        {outcome.ok ? (
          <ol>
            <Proven>
              {t('accesses.howSum', { count: outcome.count })} <Fingerprint value={outcome.runningHash} />
            </Proven>
            <Proven>{t('accesses.howState', { height: formatNumber(outcome.height) })}</Proven>
            <Proven>{t('accesses.howChain', { height: formatNumber(outcome.headHeight) })}</Proven>
            <Proven>{t('accesses.howNames')}</Proven>
            <li>
              <Icon name="info" little />
              <span>{t('accesses.howLimit')}</span>
            </li>
          </ol>
        ) : null}
        <div className="actions no-print">
          <Button size="sm" onClick={again}>
            {t('check.again')}
          </Button>
          <span className="small muted row">{t('check.at', { when: formatTime(check.checkedAt) })}</span>
        </div>
      </details>
    </div>
  );
}

function Proven({ children }: { children: React.ReactNode }) {
  return (
    <li className="proven">
      <Icon name="check" little />
      <span>{children}</span>
    </li>
  );
}
