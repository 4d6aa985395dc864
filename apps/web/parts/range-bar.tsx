// A result in its reference range: coloured zones, a dot, and the bounds as numbers, so that colour never speaks alone.
import './range-bar.css';
import { layBar, type ReferenceRange } from './range.ts';

const WIDTH = 190;

export function RangeBar({ value, range, label }: { value: number; range: ReferenceRange; label: string }) {
  const bar = layBar(value, range);
  if (bar === undefined) return null;
  const dot = bar.value * WIDTH;
  return (
    <svg className="range-bar" viewBox={`0 0 ${WIDTH} 26`} role="img" aria-label={label}>
      {bar.zones.map((zone) => (
        <rect
          key={zone.from}
          className={zone.kind}
          x={zone.from * WIDTH + (zone.from > 0 ? 1 : 0)}
          y="2"
          width={Math.max(1, (zone.to - zone.from) * WIDTH - (zone.from > 0 ? 1 : 0) - (zone.to < 1 ? 1 : 0))}
          height="8"
          rx="3"
        />
      ))}
      <circle cx={dot} cy="6" r="7" />
      {bar.marks.map((mark) => (
        <text key={mark.label} x={Math.min(WIDTH - 8, Math.max(8, mark.at * WIDTH))} y="25" textAnchor="middle">
          {mark.label}
        </text>
      ))}
    </svg>
  );
}
