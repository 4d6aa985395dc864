// A time off as it stands in the form, and as it is told. Pure.
import type { TimeOff } from '@clearchart/api';

export interface TimeOffForm {
  /** Whole days, or hours of one day. */
  readonly kind: 'days' | 'part';
  /** `YYYY-MM-DD`; of a part the day. */
  readonly first: string;
  /** The last day, it included. */
  readonly last: string;
  /** `HH:MM` */
  readonly from: string;
  readonly until: string;
  readonly reason: string;
}

export const EMPTY_TIME_OFF: TimeOffForm = {
  kind: 'days',
  first: '',
  last: '',
  from: '09:00',
  until: '13:00',
  reason: '',
};

export interface TimeOffFault {
  readonly field: 'first' | 'last' | 'from' | 'until' | 'reason';
  readonly fault: 'missing' | 'no-time' | 'backwards' | 'over';
}

/** The first thing that is wrong; `now` is what the hospital's clock shows, `YYYY-MM-DDTHH:MM`. */
export function timeOffFault(form: TimeOffForm, now: string): TimeOffFault | undefined {
  const { kind, first, last, from, until, reason } = form;
  if (first === '') return { field: 'first', fault: 'missing' };
  if (kind === 'days') {
    if (last === '') return { field: 'last', fault: 'missing' };
    if (last < first) return { field: 'last', fault: 'backwards' };
    if (last < now.slice(0, 10)) return { field: 'last', fault: 'over' };
  } else {
    if (from === '') return { field: 'from', fault: 'no-time' };
    if (until === '') return { field: 'until', fault: 'no-time' };
    if (until <= from) return { field: 'until', fault: 'backwards' };
    if (`${first}T${until}` <= now) return { field: 'until', fault: 'over' };
  }
  return reason.trim() === '' ? { field: 'reason', fault: 'missing' } : undefined;
}

export function timeOffOf({ kind, first, last, from, until, reason }: TimeOffForm): TimeOff {
  const span =
    kind === 'days' ? { from: first, until: last } : { from: `${first}T${from}`, until: `${first}T${until}` };
  return { ...span, reason: reason.trim() };
}

/** Its first day taken with it when it stood before. */
export function withFirst(form: TimeOffForm, first: string): TimeOffForm {
  return { ...form, first, last: form.last < first ? first : form.last };
}

/** How to tell it: one day or part of a day, else from where to where; an end that is missing is open. */
export type TimeOffSpan =
  | { readonly kind: 'day'; readonly day: string; readonly from?: string; readonly until?: string }
  | { readonly kind: 'span'; readonly from: Edge; readonly until: Edge }
  | { readonly kind: 'open-end'; readonly from: Edge }
  | { readonly kind: 'open-start'; readonly until: Edge }
  | { readonly kind: 'always' };

export interface Edge {
  readonly day: string;
  /** `HH:MM` */
  readonly time?: string;
}

export function timeOffSpan({ from, until }: Pick<TimeOff, 'from' | 'until'>): TimeOffSpan {
  const [first, last] = [from, until].map((text) => (text === undefined ? undefined : edgeOf(text)));
  if (first === undefined) return last === undefined ? { kind: 'always' } : { kind: 'open-start', until: last };
  if (last === undefined) return { kind: 'open-end', from: first };
  if (first.day !== last.day || (first.time === undefined) !== (last.time === undefined))
    return { kind: 'span', from: first, until: last };
  return {
    kind: 'day',
    day: first.day,
    ...(first.time === undefined ? {} : { from: first.time }),
    ...(last.time === undefined ? {} : { until: last.time }),
  };
}

function edgeOf(text: string): Edge {
  const [day = '', time] = text.split('T');
  return time === undefined ? { day } : { day, time };
}

/** What a clock in this zone (IANA name) shows, `YYYY-MM-DDTHH:MM`; without a zone the reader's own. */
export function wallNow(now: number, timeZone?: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).formatToParts(now);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}
