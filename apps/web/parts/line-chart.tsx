// The chart of vital signs. Series differ by dash and end mark as well as by colour, and are labelled at their end.
import { formatNumber, formatShortDate } from '../language/format.ts';
import './line-chart.css';
import { roundScale } from './line-chart-scale.ts';

export interface Series {
  name: string;
  points: readonly { at: string; value: number }[];
  /** The usual range: shaded behind a lone series, drawn as a line at the upper bound where bands of several would overlap. */
  aim?: { low?: number | undefined; high?: number | undefined } | undefined;
}

const WIDTH = 760;
const HEIGHT = 230;
const LEFT = 34;
const RIGHT = 72;
/** Least distance between two dates below the chart. */
const DATE_WIDTH = 110;

/** First and newest date always, those between as far as they have room. */
function spacedDates(dates: readonly string[], x: (date: string) => number): string[] {
  const newest = dates.at(-1);
  if (newest === undefined) return [];
  const kept: string[] = [];
  for (const date of dates.slice(0, -1)) {
    const before = kept.at(-1);
    const room = before === undefined || x(date) - x(before) >= DATE_WIDTH;
    if (room && x(newest) - x(date) >= DATE_WIDTH) kept.push(date);
  }
  return [...kept, newest];
}

export function LineChart({ series, label }: { series: readonly Series[]; label: string }) {
  const all = series.flatMap((one) => one.points);
  if (all.length === 0) return null;
  const isAlone = series.length === 1;
  const bounds = isAlone ? [] : series.flatMap(({ aim }) => aim?.high ?? []);
  const scale = roundScale([...all.map((point) => point.value), ...bounds]);
  const times = all.map((point) => Date.parse(point.at));
  const first = Math.min(...times);
  const span = Math.max(...times) - first || 1;
  const x = (at: string) => LEFT + ((Date.parse(at) - first) / span) * (WIDTH - LEFT - RIGHT);
  const y = (value: number) => 12 + ((scale.high - value) / (scale.high - scale.low)) * (HEIGHT - 40);
  const dates = spacedDates([...new Set(all.map((point) => point.at))].toSorted(), x);
  return (
    <svg className="line-chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {series.map(({ name, aim }) =>
        aim === undefined || !isAlone ? null : (
          <rect
            key={name}
            className="aim"
            x={LEFT}
            width={WIDTH - LEFT - RIGHT}
            y={Math.max(12, y(Math.min(aim.high ?? scale.high, scale.high)))}
            height={Math.max(
              0,
              y(Math.max(aim.low ?? scale.low, scale.low)) -
                Math.max(12, y(Math.min(aim.high ?? scale.high, scale.high))),
            )}
          />
        ),
      )}
      {scale.steps.map((step) => (
        <g key={step}>
          <path className="grid" d={`M${LEFT} ${y(step)}H${WIDTH - RIGHT}`} />
          <text x={LEFT - 8} y={y(step) + 4} textAnchor="end">
            {formatNumber(step)}
          </text>
        </g>
      ))}
      {bounds.map((bound) => (
        <g key={bound} className="bound">
          <path d={`M${LEFT} ${y(bound)}H${WIDTH - RIGHT}`} />
          <text x={LEFT + 4} y={y(bound) - 5}>{`< ${formatNumber(bound)}`}</text>
        </g>
      ))}
      {dates.map((date, at) => (
        <text
          key={date}
          className={at > 0 && at < dates.length - 1 ? 'middle-date' : undefined}
          x={x(date)}
          y={HEIGHT - 4}
          textAnchor={at === 0 ? 'start' : at === dates.length - 1 ? 'end' : 'middle'}
        >
          {formatShortDate(date)}
        </text>
      ))}
      {series.map((one, at) => {
        const newest = one.points.at(-1);
        if (newest === undefined) return null;
        return (
          <g key={one.name} className={at === 0 ? 'first-series' : 'second-series'}>
            <polyline points={one.points.map((point) => `${x(point.at)},${y(point.value)}`).join(' ')} />
            {at === 0 ? (
              <circle cx={x(newest.at)} cy={y(newest.value)} r="4" />
            ) : (
              <rect x={x(newest.at) - 4} y={y(newest.value) - 4} width="8" height="8" />
            )}
            <text className="end-value" x={WIDTH - RIGHT + 10} y={y(newest.value)}>
              {formatNumber(newest.value, 1)}
            </text>
            <text x={WIDTH - RIGHT + 10} y={y(newest.value) + 14}>
              {one.name}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
