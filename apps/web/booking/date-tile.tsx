import { formatParts } from '../language/format.ts';

/** A day as a leaf of a calendar. */
export function DateTile({ at }: { at: string }) {
  const { weekday, day, month } = formatParts(at);
  return (
    <time className="date-tile" dateTime={at}>
      <span>{weekday}</span>
      <b>{day}</b>
      <span>{month}</span>
    </time>
  );
}
