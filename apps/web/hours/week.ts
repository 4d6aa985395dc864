// Hours of a week as they stand in the form: the spans of each day, and what is wrong with them. Pure.
import type { HoursSpan } from '@clearchart/api';

export type Weekday = HoursSpan['day'];

export const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const satisfies readonly Weekday[];

/** `HH:MM`, nothing while it is typed; `until` is `24:00` on a whole day alone. */
export interface Span {
  readonly from: string;
  readonly until: string;
}

export type WeekForm = Readonly<Record<Weekday, readonly Span[]>>;

export type SpanFault = 'missing' | 'backwards' | 'overlap';

const END_OF_DAY = '24:00';
const FIRST_SPAN: Span = { from: '09:00', until: '13:00' };
const EMPTY_SPAN: Span = { from: '', until: '' };
const BREAK_MINUTES = 60;
const LATER_SPAN_MINUTES = 180;
const DAY_MINUTES = 24 * 60;

export function weekForm(spans: readonly HoursSpan[]): WeekForm {
  const of = (day: Weekday) => spans.filter((one) => one.day === day).map(({ from, until }) => ({ from, until }));
  return {
    mon: of('mon'),
    tue: of('tue'),
    wed: of('wed'),
    thu: of('thu'),
    fri: of('fri'),
    sat: of('sat'),
    sun: of('sun'),
  };
}

/** By day and time. */
export function spansOf(form: WeekForm): HoursSpan[] {
  return WEEK.flatMap((day) =>
    form[day].toSorted((one, other) => one.from.localeCompare(other.from)).map((span) => ({ day, ...span })),
  );
}

export const isWholeDay = ({ from, until }: Span): boolean => from === '00:00' && until === END_OF_DAY;

/** Of the span at this place among those of its day. */
export function spanFault(spans: readonly Span[], at: number): SpanFault | undefined {
  const span = spans[at] ?? EMPTY_SPAN;
  if (span.from === '' || span.until === '') return 'missing';
  if (span.from >= span.until) return 'backwards';
  const clashes = spans.some((other, place) => place < at && other.from < span.until && span.from < other.until);
  return clashes ? 'overlap' : undefined;
}

export function hasFault(form: WeekForm): boolean {
  return WEEK.some((day) => form[day].some((_span, at) => spanFault(form[day], at) !== undefined));
}

export function sameWeek(one: readonly HoursSpan[], other: readonly HoursSpan[]): boolean {
  const words = (spans: readonly HoursSpan[]) => spans.map(({ day, from, until }) => `${day} ${from} ${until}`).join();
  return words(one) === words(other);
}

/** What a press on "add" puts there: the morning, then the time after a break, nothing where the day has no room. */
export function nextSpan(spans: readonly Span[]): Span {
  const last = spans.at(-1);
  if (last === undefined) return FIRST_SPAN;
  const from = minutesOf(last.until) + BREAK_MINUTES;
  const until = Math.min(from + LATER_SPAN_MINUTES, DAY_MINUTES - 1);
  return from < until ? { from: clockOf(from), until: clockOf(until) } : EMPTY_SPAN;
}

/** Minutes of a week within the hours. */
export function minutesAWeek(spans: readonly HoursSpan[]): number {
  return spans.reduce((sum, { from, until }) => sum + minutesOf(until) - minutesOf(from), 0);
}

/** Not a number of what is not a time. */
function minutesOf(clock: string): number {
  const [hours = '', minutes = ''] = clock.split(':');
  return clock === '' ? Number.NaN : Number(hours) * 60 + Number(minutes);
}

function clockOf(minutes: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
