// Times off that lie ahead, each with its reason; one is added below.
import type { TimeOff } from '@clearchart/api';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { TimeOffFields } from './time-off-fields.tsx';
import type { TimeOffForm } from './time-off.ts';
import { timeOffWords } from './time-off-words.ts';
import type { Act } from './use-hours.ts';

interface Props {
  timesOff: readonly TimeOff[];
  form: TimeOffForm;
  /** What the hospital's clock shows, `YYYY-MM-DDTHH:MM`. */
  now: string;
  /** Nothing else on the page waits to be saved. */
  isFirst: boolean;
  pending: Act | undefined;
  onChange: (form: TimeOffForm) => void;
  onAdd: (timeOff: TimeOff) => void;
  onRemove: (at: number) => void;
}

export function TimesOffCard({ timesOff, form, now, isFirst, pending, onChange, onAdd, onRemove }: Props) {
  const { t } = useTranslation();
  return (
    <section className="card stack" aria-labelledby="hours-off">
      <h2 id="hours-off">{t('hours.timesOff')}</h2>
      {timesOff.length === 0 ? (
        <p className="muted">{t('hours.noTimesOff')}</p>
      ) : (
        <ul className="rows">
          {timesOff.map((timeOff, at) => {
            const words = timeOffWords(timeOff, t);
            return (
              <li key={`${timeOff.from} ${timeOff.until} ${timeOff.reason} ${at}`} className="row top">
                <div className="grow">
                  <b>{words}</b>
                  <p className="small muted break">{timeOff.reason}</p>
                </div>
                <Button
                  size="sm"
                  disabled={pending !== undefined}
                  aria-label={t('hours.removeTimeOff', { when: words })}
                  onClick={() => onRemove(at)}
                >
                  {t('hours.remove')}
                </Button>
              </li>
            );
          })}
        </ul>
      )}
      <TimeOffFields
        form={form}
        now={now}
        isFirst={isFirst}
        isPending={pending === 'add'}
        onChange={onChange}
        onAdd={onAdd}
      />
    </section>
  );
}
