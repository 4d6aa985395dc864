import type { HoursList } from '@clearchart/api';
import { TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../language/format.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';
import '../registry/registry.css';
import { minutesAWeek } from './week.ts';

export type HoursLine = HoursList['roles'][number];

/** A list longer than this is searched. */
const SEEN_AT_ONCE = 12;

/** As what and where, in the reader's language. */
export function roleWords({ specialty, place }: Pick<HoursLine, 'specialty' | 'place'>, t: TFunction): string {
  return [specialty === undefined ? undefined : t(`specialty.${specialty}`), place]
    .filter((part) => part !== undefined)
    .join(' · ');
}

/** Everybody who can be given hours; who has none, and so is offered to nobody, is seen at once. */
export function RoleList({ roles }: { roles: readonly HoursLine[] }) {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const wanted = query.trim().toLocaleLowerCase();
  const shown = roles.filter((one) => `${one.name} ${roleWords(one, t)}`.toLocaleLowerCase().includes(wanted));
  return (
    <section className="card flush" aria-label={t('hours.everybody')}>
      {roles.length <= SEEN_AT_ONCE ? null : (
        <div className="flush-title">
          <TextInput
            className="hours-search"
            label={t('hours.search')}
            leftSection={<Icon name="search" little />}
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
          />
        </div>
      )}
      {shown.length === 0 ? <p className="card-inside muted">{t('hours.nobodyFound')}</p> : null}
      <ul className="rows hours-roles">
        {shown.map((one) => (
          <li key={one.role}>
            <Link to="/schedule/hours/$role" params={{ role: one.role } as never}>
              <Avatar name={one.name} />
              <span className="grow">
                <b>{one.name}</b>
                <span className="small muted">{roleWords(one, t)}</span>
              </span>
              <span className="hours-tags">
                {one.timesOff === 0 ? null : (
                  <span className="tag">{t('hours.timesOffCount', { count: one.timesOff })}</span>
                )}
                {one.week.length === 0 ? (
                  <span className="tag warn">{t('hours.none')}</span>
                ) : (
                  <span className="tag">
                    {t('hours.aWeek', { hours: formatNumber(minutesAWeek(one.week) / 60, 1) })}
                  </span>
                )}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
