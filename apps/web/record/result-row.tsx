import { useTranslation } from 'react-i18next';
import { formatNumber, formatShortDate } from '../language/format.ts';
import { RangeBar } from '../parts/range-bar.tsx';
import { TrendLine } from '../parts/trend-line.tsx';
import { RecordSeal } from './record-seal.tsx';
import { type Result, trend } from './results.ts';

/** One result in words first, then the number in its range, then how it moved. */
export function ResultRow({ result }: { result: Result }) {
  const { t } = useTranslation();
  const shown = typeof result.value === 'number' ? formatNumber(result.value) : result.value;
  const before = result.history.at(-2);
  const move = trend(result.history);
  return (
    <div className="result">
      <div>
        <h3>{result.words}</h3>
        <p className="small muted">
          {t(`result.zone.${result.zone}`)}
          {before === undefined || move === 'single'
            ? ''
            : ` ${t(`result.trend.${move}`, { before: formatNumber(before.value), when: formatShortDate(before.at) })}`}
        </p>
      </div>
      <div className="result-value">
        <p>
          <b>{shown}</b> {result.unit}
        </p>
        {typeof result.value === 'number' && result.range !== undefined ? (
          <RangeBar
            value={result.value}
            range={result.range}
            label={t('result.bar', { value: shown, unit: result.unit, zone: t(`result.zone.${result.zone}`) })}
          />
        ) : result.history.length > 1 ? (
          <TrendLine history={result.history} label={t('result.line', { count: result.history.length })} />
        ) : null}
        {result.usualSource !== undefined && typeof result.value === 'number' ? (
          <p className="tiny muted" title={result.usualSource}>
            {t('result.usualRange')}
          </p>
        ) : null}
      </div>
      <p className="small muted">
        <RecordSeal resource={result.resource} short /> <span className="no-print">·</span> {formatShortDate(result.at)}
      </p>
    </div>
  );
}
