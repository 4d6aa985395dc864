// The hours of one role: the week and the times off, each saved by itself, with the last change to be taken back.
import type { RoleHours } from '@clearchart/api';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../parts/avatar.tsx';
import { Failed, Note } from '../parts/states.tsx';
import { OutsideDialog } from './outside-dialog.tsx';
import { roleWords } from './role-list.tsx';
import { SavedCard } from './saved-card.tsx';
import { EMPTY_TIME_OFF, wallNow } from './time-off.ts';
import { TimesOffCard } from './times-off-card.tsx';
import { useHoursChange } from './use-hours.ts';
import { WeekCard } from './week-card.tsx';
import { sameWeek, spansOf, type WeekForm, weekForm } from './week.ts';

export function RoleHoursForm({ hours }: { hours: RoleHours }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<WeekForm>();
  const [timeOff, setTimeOff] = useState(EMPTY_TIME_OFF);
  const change = useHoursChange(hours, (act) => {
    if (act === 'week') setTyped(undefined);
    if (act === 'add') setTimeOff(EMPTY_TIME_OFF);
  });
  const week = typed ?? weekForm(hours.week);
  const isChanged = typed !== undefined && !sameWeek(spansOf(typed), hours.week);
  const now = Date.now();
  const elsewhere = wallNow(now, hours.timeZone) !== wallNow(now);
  return (
    <div className="stack" style={{ ['--gap' as string]: '20px' }}>
      <div className="row">
        <Avatar name={hours.name} large />
        <div className="grow">
          <h2 className="large">{hours.name}</h2>
          <p className="small muted">{roleWords(hours, t)}</p>
        </div>
      </div>
      {elsewhere ? <Note tone="plain">{t('hours.clock', { zone: hours.timeZone })}</Note> : null}
      {change.error === null ? null : (
        <div className="card">
          <Failed error={change.error} />
        </div>
      )}
      <div role="status">
        {change.saved === undefined ? null : (
          <SavedCard change={change.saved} undoing={change.pending === 'undo'} onUndo={change.undo} />
        )}
      </div>
      <div className="columns hours-columns">
        <WeekCard
          week={week}
          isChanged={isChanged}
          isPending={change.pending === 'week'}
          onChange={setTyped}
          onReset={() => setTyped(undefined)}
          onSave={() => change.setWeek(spansOf(week))}
        />
        <TimesOffCard
          timesOff={hours.timesOff}
          form={timeOff}
          now={wallNow(now, hours.timeZone)}
          isFirst={!isChanged}
          pending={change.pending}
          onChange={setTimeOff}
          onAdd={change.add}
          onRemove={change.remove}
        />
      </div>
      {change.asked === undefined ? null : (
        <OutsideDialog
          visits={change.asked.visits}
          isPending={change.pending !== undefined}
          onConfirm={change.confirm}
          onClose={change.drop}
        />
      )}
    </div>
  );
}
