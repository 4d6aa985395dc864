// The practitioner's home: who comes today, who is next, and what to know about them.
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay, formatTime } from '../language/format.ts';
import { Icon } from '../parts/icon.tsx';
import { Failed, Loading, State } from '../parts/states.tsx';
import { RequireRole } from '../shell/require-role.tsx';
import { useTitle } from '../shell/title.ts';
import { PreparationCard } from './preparation-card.tsx';
import { nextOf, type TodayLine } from './today.ts';
import './today.css';
import { useNames } from './use-names.ts';
import { useToday } from './use-today.ts';

export function TodayPage() {
  return (
    <RequireRole role="practitioner">
      <Today />
    </RequireRole>
  );
}

function Today() {
  const { t } = useTranslation();
  useTitle(t('nav.today'));
  const { data, error, refetch } = useToday();
  const done = (data ?? []).filter(({ state }) => state === 'done').length;
  return (
    <div className="wrap">
      <div className="page-head">
        <div>
          <h1>{t('today.title')}</h1>
          <p>
            {formatDay(Date.now())}
            {data === undefined || data.length === 0 ? '' : ` · ${t('today.progress', { done, count: data.length })}`}
          </p>
        </div>
        <Button
          component={Link}
          to="/schedule/hours"
          className="end no-print wide-on-phone"
          leftSection={<Icon name="clock" little />}
        >
          {t('hours.mine')}
        </Button>
      </div>
      {error !== null ? (
        <div className="card">
          <Failed error={error} retry={() => void refetch()} />
        </div>
      ) : data === undefined ? (
        <div className="card">
          <Loading lines={6} />
        </div>
      ) : data.length === 0 ? (
        <div className="card today-empty">
          <State icon="calendar" tone="brand" title={t('today.none')}>
            {t('today.noneDetail')}
          </State>
        </div>
      ) : (
        <Day lines={data} />
      )}
    </div>
  );
}

function Day({ lines }: { lines: readonly TodayLine[] }) {
  const { t } = useTranslation();
  const next = nextOf(lines);
  const [chosen, setChosen] = useState<string>();
  const shown = lines.find(({ appointment }) => appointment.id === chosen) ?? next ?? lines[0];
  const nameOf = useNames(lines);
  return (
    <div className="today">
      {shown === undefined ? null : (
        <PreparationCard
          key={shown.appointment.id}
          line={shown}
          name={nameOf(shown)}
          isNext={shown.appointment.id === next?.appointment.id}
        />
      )}
      <section className="card flush" aria-label={t('today.list')}>
        <ol className="today-list">
          {lines.map((line) => (
            <li key={line.appointment.id}>
              <button
                type="button"
                aria-pressed={line.appointment.id === shown?.appointment.id}
                onClick={() => setChosen(line.appointment.id)}
              >
                <time dateTime={line.start}>{formatTime(line.start)}</time>
                <span className="grow">
                  <b>{nameOf(line)}</b>
                  {line.reason === undefined ? null : <span className="small muted">{line.reason}</span>}
                </span>
                <span className={`tag ${TONE[line.state]}`}>{t(`today.state.${line.state}`)}</span>
              </button>
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}

const TONE: Readonly<Record<TodayLine['state'], string>> = {
  expected: '',
  arrived: 'brand',
  done: 'ok',
  missed: 'warn',
  cancelled: '',
};
