// Vital signs over time: one chart, and a choice of what it shows.
import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../language/format.ts';
import { LineChart } from '../parts/line-chart.tsx';
import type { ReferenceRange } from '../parts/range.ts';
import type { Result } from './results.ts';
import { vitals, type VitalName } from './vitals.ts';

/** Nothing at all when nothing was measured twice: the results say the single values. */
export function VitalsCard({ results }: { results: readonly Result[] }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<VitalName>();
  const all = vitals(results);
  const shown = all.find(({ name }) => name === chosen) ?? all[0];
  if (shown === undefined) return null;
  const title = t(`vital.${shown.name}`);
  const lineNames = shown.name === 'pressure' ? [t('vital.upper'), t('vital.lower')] : [shown.unit];
  const newest = shown.lines.map(({ points }) => formatNumber(points.at(-1)?.value ?? 0, 1)).join(' / ');
  const usual = shown.lines.map(({ range }) => boundsOf(range)).filter((bounds) => bounds !== undefined);
  return (
    <section className="card" aria-label={t('vital.title')}>
      <div className="card-head vitals-head">
        <div>
          <h2>{title}</h2>
          <p className="small muted">
            {usual.length === shown.lines.length
              ? t('vital.usual', { bounds: usual.join(' / '), unit: shown.unit })
              : t('vital.count', { count: shown.lines[0]?.points.length ?? 0 })}
          </p>
        </div>
        {all.length < 2 ? null : (
          <SegmentedControl
            className="end no-print"
            aria-label={t('vital.choose')}
            value={shown.name}
            onChange={(name) => setChosen(name as VitalName)}
            data={all.map(({ name }) => ({ value: name, label: t(`vital.short.${name}`) }))}
          />
        )}
      </div>
      <LineChart
        label={t('vital.chart', {
          name: title,
          count: shown.lines[0]?.points.length ?? 0,
          newest,
          unit: shown.unit,
        })}
        series={shown.lines.map(({ points, range }, at) => ({ name: lineNames[at] ?? '', points, aim: range }))}
      />
    </section>
  );
}

function boundsOf(range: ReferenceRange | undefined): string | undefined {
  if (range?.low !== undefined && range.high !== undefined)
    return `${formatNumber(range.low)}–${formatNumber(range.high)}`;
  if (range?.high !== undefined) return `< ${formatNumber(range.high)}`;
  return range?.low === undefined ? undefined : `> ${formatNumber(range.low)}`;
}
