import type { TimeOff } from '@clearchart/api';
import type { TFunction } from 'i18next';
import { formatDay } from '../language/format.ts';
import { type Edge, timeOffSpan } from './time-off.ts';

/** "Saturday 28 November, 09:00–13:00". */
export function timeOffWords(timeOff: TimeOff, t: TFunction): string {
  const span = timeOffSpan(timeOff);
  switch (span.kind) {
    case 'day':
      return span.from === undefined ? formatDay(span.day) : `${formatDay(span.day)}, ${span.from}–${span.until}`;
    case 'span':
      return t('hours.span', { from: edgeWords(span.from), until: edgeWords(span.until) });
    case 'open-end':
      return t('hours.openEnd', { from: edgeWords(span.from) });
    case 'open-start':
      return t('hours.openStart', { until: edgeWords(span.until) });
    case 'always':
      return t('hours.always');
  }
}

function edgeWords({ day, time }: Edge): string {
  return time === undefined ? formatDay(day) : `${formatDay(day)}, ${time}`;
}
