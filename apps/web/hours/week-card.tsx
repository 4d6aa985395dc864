// The hours of a week, day by day; several spans a day.
import { VISIT_MINUTES } from '@clearchart/exchange';
import { ActionIcon, Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatWeekday } from '../language/format.ts';
import { Icon } from '../parts/icon.tsx';
import { ClockInput } from './clock-input.tsx';
import { hasFault, isWholeDay, nextSpan, type Span, spanFault, WEEK, type Weekday, type WeekForm } from './week.ts';

/** A Monday, from which the days of a week get their names. */
const SOME_MONDAY = '2024-01-01T12:00:00';
const DAY_MS = 86_400_000;

interface Props {
  week: WeekForm;
  isChanged: boolean;
  isPending: boolean;
  onChange: (week: WeekForm) => void;
  onReset: () => void;
  onSave: () => void;
}

export function WeekCard({ week, isChanged, isPending, onChange, onReset, onSave }: Props) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  const isEmpty = WEEK.every((day) => week[day].length === 0);
  return (
    <section className="card stack" aria-labelledby="hours-week">
      <div>
        <h2 id="hours-week">{t('hours.week')}</h2>
        <p className="small muted">{t(isEmpty ? 'hours.weekEmpty' : 'hours.weekDetail', { minutes: VISIT_MINUTES })}</p>
      </div>
      <ul className="rows">
        {WEEK.map((day, at) => (
          <Day
            key={day}
            day={day}
            name={formatWeekday(Date.parse(SOME_MONDAY) + at * DAY_MS)}
            spans={week[day]}
            above={at === 0 ? [] : week[WEEK[at - 1] ?? 'mon']}
            showsMissing={shown}
            onChange={(spans) => onChange({ ...week, [day]: spans })}
          />
        ))}
      </ul>
      <div className="actions">
        <Button
          variant={isChanged ? 'filled' : 'default'}
          className="wide-on-phone"
          disabled={!isChanged}
          loading={isPending}
          onClick={() => {
            setShown(true);
            if (!hasFault(week)) onSave();
          }}
        >
          {t('hours.saveWeek')}
        </Button>
        {isChanged ? (
          <Button className="wide-on-phone" onClick={onReset}>
            {t('hours.reset')}
          </Button>
        ) : null}
      </div>
    </section>
  );
}

interface DayProps {
  day: Weekday;
  name: string;
  spans: readonly Span[];
  /** Of the day before. */
  above: readonly Span[];
  /** What has not been typed yet is a fault only once somebody has tried to save it. */
  showsMissing: boolean;
  onChange: (spans: readonly Span[]) => void;
}

function Day({ day, name, spans, above, showsMissing, onChange }: DayProps) {
  const { t } = useTranslation();
  return (
    <li className="hours-day">
      <h3 id={`hours-${day}`}>{name}</h3>
      <div className="hours-spans" role="group" aria-labelledby={`hours-${day}`}>
        {spans.length === 0 ? <p className="muted hours-closed">{t('hours.closed')}</p> : null}
        {spans.map((span, at) => {
          const fault = spanFault(spans, at);
          return (
            <SpanRow
              key={at}
              span={span}
              day={name}
              number={at + 1}
              fault={fault === 'missing' && !showsMissing ? undefined : fault}
              onChange={(next) => onChange(spans.with(at, next))}
              onRemove={() => onChange(spans.toSpliced(at, 1))}
            />
          );
        })}
      </div>
      <div className="hours-day-acts">
        {spans.length > 0 || above.length === 0 ? null : (
          <Button
            size="sm"
            variant="subtle"
            aria-label={t('hours.likeAboveOf', { day: name })}
            onClick={() => onChange(above)}
          >
            {t('hours.likeAbove')}
          </Button>
        )}
        {spans.some(isWholeDay) ? null : (
          <Button
            size="sm"
            variant="subtle"
            leftSection={<Icon name="plus" little />}
            aria-label={t('hours.addSpanOf', { day: name })}
            onClick={() => onChange([...spans, nextSpan(spans)])}
          >
            {t('hours.addSpan')}
          </Button>
        )}
      </div>
    </li>
  );
}

interface SpanRowProps {
  span: Span;
  day: string;
  /** From 1 on, among those of the day. */
  number: number;
  fault: ReturnType<typeof spanFault>;
  onChange: (span: Span) => void;
  onRemove: () => void;
}

function SpanRow({ span, day, number, fault, onChange, onRemove }: SpanRowProps) {
  const { t } = useTranslation();
  // Half a time would be a fault at every key.
  const [isTyping, setTyping] = useState(false);
  const words = fault === undefined || isTyping ? undefined : t(`hours.fault.${fault}`);
  return (
    <div
      className="hours-span"
      onFocus={() => setTyping(true)}
      onBlur={({ currentTarget, relatedTarget }) => setTyping(currentTarget.contains(relatedTarget))}
    >
      {isWholeDay(span) ? (
        <span>{t('hours.wholeDay')}</span>
      ) : (
        <>
          <ClockInput
            aria-label={t('hours.spanFrom', { day, number })}
            value={span.from}
            error={words !== undefined}
            onChange={(from) => onChange({ ...span, from })}
          />
          <span aria-hidden="true">–</span>
          <ClockInput
            aria-label={t('hours.spanUntil', { day, number })}
            value={span.until}
            error={words !== undefined}
            onChange={(until) => onChange({ ...span, until })}
          />
        </>
      )}
      <ActionIcon variant="subtle" size={44} aria-label={t('hours.removeSpan', { day, number })} onClick={onRemove}>
        <Icon name="close" />
      </ActionIcon>
      {words === undefined ? null : (
        <p className="hours-fault small" role="alert">
          {words}
        </p>
      )}
    </div>
  );
}
