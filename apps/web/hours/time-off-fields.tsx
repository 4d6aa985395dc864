import type { TimeOff } from '@clearchart/api';
import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ClockInput } from './clock-input.tsx';
import { type TimeOffFault, timeOffFault, type TimeOffForm, timeOffOf, withFirst } from './time-off.ts';

/** Letters; as on the server. */
const LONGEST_REASON = 200;

interface Props {
  form: TimeOffForm;
  now: string;
  isFirst: boolean;
  isPending: boolean;
  onChange: (form: TimeOffForm) => void;
  onAdd: (timeOff: TimeOff) => void;
}

/** Whole days or hours of one day, and why: what patients may read too. */
export function TimeOffFields({ form, now, isFirst, isPending, onChange, onAdd }: Props) {
  const { t } = useTranslation();
  const [tried, setTried] = useState<TimeOffForm>();
  // What was wrong is said until that form is changed.
  const fault = tried === form ? timeOffFault(form, now) : undefined;
  const errorOf = (field: TimeOffFault['field']) =>
    fault?.field === field ? t(`hours.timeOffFault.${fault.fault}`) : undefined;
  const set = (change: Partial<TimeOffForm>) => onChange({ ...form, ...change });
  const today = now.slice(0, 10);

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(form);
    if (timeOffFault(form, now) === undefined) onAdd(timeOffOf(form));
  }

  return (
    <form className="stack hours-new" noValidate onSubmit={submit}>
      <h3>{t('hours.newTimeOff')}</h3>
      <SegmentedControl
        aria-label={t('hours.howLong')}
        value={form.kind}
        onChange={(kind) => set({ kind: kind === 'part' ? 'part' : 'days' })}
        data={(['days', 'part'] as const).map((kind) => ({ value: kind, label: t(`hours.kind.${kind}`) }))}
      />
      <div className="hours-fields">
        <TextInput
          type="date"
          className={form.kind === 'part' ? 'both-columns' : ''}
          label={t(form.kind === 'part' ? 'hours.day' : 'hours.first')}
          min={today}
          value={form.first}
          error={errorOf('first')}
          onChange={(event) => onChange(withFirst(form, event.currentTarget.value))}
        />
        {form.kind === 'days' ? (
          <TextInput
            type="date"
            label={t('hours.last')}
            min={form.first === '' ? today : form.first}
            value={form.last}
            error={errorOf('last')}
            onChange={(event) => set({ last: event.currentTarget.value })}
          />
        ) : (
          (['from', 'until'] as const).map((field) => (
            <ClockInput
              key={field}
              label={t(`hours.${field}`)}
              value={form[field]}
              error={errorOf(field)}
              onChange={(clock) => set({ [field]: clock })}
            />
          ))
        )}
      </div>
      <TextInput
        label={t('hours.reason')}
        description={t('hours.reasonDetail')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        maxLength={LONGEST_REASON}
        value={form.reason}
        error={errorOf('reason')}
        onChange={(event) => set({ reason: event.currentTarget.value })}
      />
      <div>
        <Button type="submit" className="wide-on-phone" variant={isFirst ? 'filled' : 'default'} loading={isPending}>
          {t('hours.block')}
        </Button>
      </div>
    </form>
  );
}
