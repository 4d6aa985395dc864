// What a practitioner should know before the door opens: why, problems, allergies, the last visit, what is still open.
import { MISSED_COUNT_FOR_DAYS } from '@clearchart/exchange';
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatDate, formatTime } from '../language/format.ts';
import { Icon } from '../parts/icon.tsx';
import { conceptWords } from '../record/fhir.ts';
import { allergies, problems } from '../record/summary.ts';
import { useAllergies, useConditions, useTimeline } from '../record/use-record.ts';
import type { TodayLine } from './today.ts';
import { usePreparation } from './use-preparation.ts';

const LINES_AT_MOST = 5;

export function PreparationCard({ line, name, isNext }: { line: TodayLine; name: string; isNext: boolean }) {
  const { t } = useTranslation();
  const { patientId } = line;
  const allergyQuery = useAllergies(patientId);
  const conditions = useConditions(patientId);
  const history = useTimeline(patientId);
  const preparation = usePreparation(line);
  const warnings = allergies(allergyQuery.data ?? []);
  const active = problems(conditions.data ?? []).filter((one) => one.active);
  const last = (history.data ?? [])
    .filter(
      ({ resourceType, status, period }) => resourceType === 'Encounter' && status === 'finished' && period?.start,
    )
    .toSorted((one, other) => (other.period?.start ?? '').localeCompare(one.period?.start ?? ''))[0];
  const why = [line.reason, ...(preparation.data?.answers ?? [])].filter(
    (words) => words !== undefined && words !== '',
  );
  return (
    <section
      className={isNext ? 'card preparation next' : 'card preparation'}
      aria-label={t('today.preparation', { name })}
    >
      <div className="card-head">
        <div className="grow">
          <p className="small muted">
            {isNext ? `${t('today.next')} · ` : ''}
            {formatTime(line.start)} · {t(`today.state.${line.state}`)}
          </p>
          <h2 className="large">{name}</h2>
        </div>
        <Button
          component={Link}
          to="/patients/$id"
          params={{ id: patientId } as never}
          variant={isNext ? 'filled' : 'default'}
          leftSection={<Icon name="stethoscope" little />}
        >
          {line.state === 'done' ? t('today.openChart') : t('today.start')}
        </Button>
      </div>
      <div className="alerts">
        {warnings.map((allergy) => (
          <span key={allergy.resource.id} className="tag bad">
            <Icon name="alert" />
            {[allergy.words, allergy.reaction].filter((part) => part !== undefined).join(': ')}
          </span>
        ))}
        {allergyQuery.data !== undefined && warnings.length === 0 ? (
          <span className="tag">{t('record.noAllergies')}</span>
        ) : null}
        {preparation.data?.missed === undefined ? null : (
          <span className="tag warn">
            <Icon name="clock" />
            {t('schedule.missed', { count: preparation.data.missed, days: MISSED_COUNT_FOR_DAYS })}
          </span>
        )}
        {allergyQuery.error === null ? null : <span className="tag bad">{t('record.allergiesUnread')}</span>}
      </div>
      <dl className="preparation-facts">
        <Fact
          title={t('today.why')}
          lines={why.length === 0 && preparation.data === undefined ? undefined : ([...new Set(why)] as string[])}
          none={t('today.noReason')}
        />
        <Fact
          title={t('record.problems')}
          lines={conditions.data === undefined ? undefined : active.map(({ words }) => words)}
          none={t('record.noProblems')}
        />
        <Fact
          title={t('today.lastVisit')}
          lines={
            history.data === undefined
              ? undefined
              : last === undefined
                ? []
                : [
                    [
                      formatDate(last.period?.start ?? ''),
                      conceptWords(last.reasonCode?.[0]) ?? conceptWords(last.type?.[0]),
                    ]
                      .filter((part) => part !== undefined)
                      .join(' · '),
                  ]
          }
          none={t('today.firstVisit')}
        />
        <Fact title={t('today.openOrders')} lines={preparation.data?.openOrders} none={t('today.nothingOpen')} />
      </dl>
    </section>
  );
}

interface FactProps {
  title: string;
  /** Undefined until it was read: nothing is told to be absent before. */
  lines: readonly string[] | undefined;
  none: string;
}

function Fact({ title, lines, none }: FactProps) {
  const { t } = useTranslation();
  if (lines === undefined)
    return (
      <div>
        <dt>{title}</dt>
        <dd className="muted">…</dd>
      </div>
    );
  return (
    <div>
      <dt>{title}</dt>
      {lines.length === 0 ? <dd className="muted">{none}</dd> : null}
      {lines.slice(0, LINES_AT_MOST).map((line) => (
        <dd key={line}>{line}</dd>
      ))}
      {lines.length <= LINES_AT_MOST ? null : (
        <dd className="muted">{t('record.moreBelow', { count: lines.length - LINES_AT_MOST })}</dd>
      )}
    </div>
  );
}
