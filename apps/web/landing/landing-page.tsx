import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useDemoHospitals, useDemoPeople } from '../connection/demo.ts';
import { useSession } from '../connection/session.ts';
import { useTakenOver } from '../drawn/use-taken-over.ts';
import { Icon } from '../parts/icon.tsx';
import { homeOf } from '../shell/navigation.ts';
import { useTitle } from '../shell/title.ts';
import { goToStep } from '../tour/tour-state.ts';
import { DemoPeople } from './demo-people.tsx';
import { Emblem } from './emblem.tsx';
import './landing.css';
import { LiveRibbon } from './live-ribbon.tsx';
import { OtherHospitals } from './other-hospitals.tsx';

export function LandingPage() {
  const { t } = useTranslation();
  useTitle(t('landing.title'));
  useTakenOver();
  const { session } = useSession();
  const demo = useDemoPeople();
  const hospitals = useDemoHospitals();
  return (
    <>
      <div className="wrap" style={{ paddingBottom: 0 }}>
        <div className="hero">
          <div>
            <h1 className="display">{t('landing.title')}</h1>
            <p className="lead">{t('landing.lead')}</p>
            <div className="actions">
              {session ? (
                <Button component={Link} to={homeOf(session.role)} variant="filled">
                  {t('landing.toHome')}
                </Button>
              ) : demo !== undefined ? (
                <>
                  <Button variant="filled" onClick={() => goToStep(0)}>
                    {t('tour.start')}
                  </Button>
                  <Button component="a" href="#people">
                    {t('landing.try')}
                  </Button>
                </>
              ) : (
                <Button component={Link} to="/sign-in" variant="filled">
                  {t('nav.signIn')}
                </Button>
              )}
              {session || demo !== undefined ? null : (
                <Button component={Link} to="/register">
                  {t('landing.register')}
                </Button>
              )}
              <Button component={Link} to="/verify" variant="subtle">
                {t('nav.verify')}
              </Button>
            </div>
          </div>
          <Emblem />
        </div>
      </div>
      {/* Its times are of the reader's own zone: taken over by itself. */}
      <Suspense>
        <LiveRibbon />
      </Suspense>
      <div className="wrap">
        {demo === undefined ? null : <DemoPeople people={demo} />}
        <OtherHospitals hospitals={hospitals} />
        <section className="landing-section">
          <h2>{t('landing.promises')}</h2>
          <p>{t('landing.promisesLead')}</p>
          <ul className="promises">
            {(['history', 'list', 'seal'] as const).map((promise) => (
              <li key={promise}>
                <h3>{t(`landing.promise.${promise}.title`)}</h3>
                <p>{t(`landing.promise.${promise}.detail`)}</p>
              </li>
            ))}
          </ul>
        </section>
        <section className="landing-section">
          <h2>{t('landing.limits')}</h2>
          <p>{t('landing.limitsDetail')}</p>
          <p className="row" style={{ ['--gap' as string]: '8px' }}>
            <Icon name="info" little />
            <Link to="/learn/sha-256">{t('landing.learn')}</Link>
          </p>
        </section>
      </div>
    </>
  );
}
