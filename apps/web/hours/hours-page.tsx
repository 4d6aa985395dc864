// When somebody can be booked: the own hours of a practitioner, anybody's for the desk.
import { Button, NativeSelect } from '@mantine/core';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '../connection/session.ts';
import { Icon } from '../parts/icon.tsx';
import { Failed, Loading, State } from '../parts/states.tsx';
import { RequireStaff } from '../shell/require-role.tsx';
import { useTitle } from '../shell/title.ts';
import './hours.css';
import { RoleHoursForm } from './role-hours-form.tsx';
import { type HoursLine, RoleList, roleWords } from './role-list.tsx';
import { useHoursList, useRoleHours } from './use-hours.ts';

export function HoursPage() {
  return (
    <RequireStaff>
      <Hours />
    </RequireStaff>
  );
}

function Hours() {
  const { t } = useTranslation();
  const { session } = useSession();
  const isDesk = session?.role === 'administrator';
  const title = t(isDesk ? 'hours.title' : 'hours.mine');
  useTitle(title);
  const { role } = useParams({ strict: false });
  const list = useHoursList();
  const roles = list.data ?? [];
  const [only] = roles.length === 1 ? roles : [];
  const chosen = role ?? (isDesk ? undefined : only?.role);
  return (
    <div className="wrap">
      <div className="page-head">
        <div>
          <h1>{title}</h1>
          <p>{t(isDesk ? 'hours.lead' : 'hours.mineLead')}</p>
        </div>
        <Button
          component={Link}
          to={isDesk ? '/schedule' : '/today'}
          className="end no-print wide-on-phone"
          leftSection={<Icon name="back" little />}
        >
          {t(isDesk ? 'nav.schedule' : 'nav.today')}
        </Button>
      </div>
      {list.data === undefined ? (
        <div className="card">
          {list.error === null ? (
            <Loading lines={8} />
          ) : (
            <Failed error={list.error} retry={() => void list.refetch()} />
          )}
        </div>
      ) : chosen !== undefined ? (
        <>
          {roles.length < 2 ? null : <Choice roles={roles} chosen={chosen} isDesk={isDesk} />}
          <Role key={chosen} role={chosen} />
        </>
      ) : roles.length === 0 ? (
        <div className="card">
          <State icon="calendar" tone="brand" title={t('hours.nobody')}>
            {t(isDesk ? 'hours.nobodyDetail' : 'hours.nowhereDetail')}
          </State>
        </div>
      ) : (
        <RoleList roles={roles} />
      )}
    </div>
  );
}

function Choice({ roles, chosen, isDesk }: { roles: readonly HoursLine[]; chosen: string; isDesk: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <NativeSelect
      className="hours-choice"
      label={t(isDesk ? 'hours.whose' : 'hours.where')}
      value={chosen}
      onChange={(event) => void navigate({ to: `/schedule/hours/${encodeURIComponent(event.currentTarget.value)}` })}
      data={roles.map((one) => ({
        value: one.role,
        label: [one.name, roleWords(one, t)].filter((part) => part !== '').join(' · '),
      }))}
    />
  );
}

function Role({ role }: { role: string }) {
  const { data, error, refetch } = useRoleHours(role);
  if (data !== undefined) return <RoleHoursForm hours={data} />;
  return (
    <div className="card">
      {error === null ? <Loading lines={8} /> : <Failed error={error} retry={() => void refetch()} />}
    </div>
  );
}
