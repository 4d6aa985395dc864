import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Session, useSession } from '../connection/session.ts';
import { Loading, State } from '../parts/states.tsx';
import type { ReaderRole } from './navigation.ts';

/** Draws the page only for its role. The server decides what is answered; this only spares a useless page. */
export function RequireRole({ role, children }: { role: NonNullable<ReaderRole>; children: ReactNode }) {
  return <Required allows={(session) => session.role === role}>{children}</Required>;
}

/** Draws the page for whoever works here. */
export function RequireStaff({ children }: { children: ReactNode }) {
  return <Required allows={({ role }) => role !== 'patient'}>{children}</Required>;
}

/** Draws the page for whoever is signed in. */
export function RequireSession({ children }: { children: ReactNode }) {
  return <Required allows={() => true}>{children}</Required>;
}

function Required({ allows, children }: { allows: (session: Session) => boolean; children: ReactNode }) {
  const { t } = useTranslation();
  const { session, loading } = useSession();
  if (session !== undefined && allows(session)) return children;
  return (
    <div className="wrap narrow">
      <div className="card">
        {loading ? (
          <Loading />
        ) : session ? (
          <State icon="lock" wholePage title={t('fault.notYours')}>
            {t('fault.notYoursDetail')}
          </State>
        ) : (
          <State
            icon="key"
            tone="brand"
            wholePage
            title={t('fault.signedOut')}
            action={
              <Button component={Link} to="/sign-in" variant="filled">
                {t('nav.signIn')}
              </Button>
            }
          >
            {t('require.detail')}
          </State>
        )}
      </div>
    </div>
  );
}
