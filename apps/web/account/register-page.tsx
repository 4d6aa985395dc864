import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon, type IconName } from '../parts/icon.tsx';
import { useTitle } from '../shell/title.ts';
import './account.css';
import { ClaimForm } from './claim-form.tsx';
import { SelfRegistration } from './self-registration.tsx';

type Way = 'new' | 'code';

/** Two ways in: the hospital knows the person and gave a code, or the person is new. */
export function RegisterPage() {
  const { t } = useTranslation();
  useTitle(t('account.register'));
  const [way, setWay] = useState<Way>();
  return (
    <div className="wrap narrow">
      <div className="page-head">
        <div>
          <h1>{t('account.register')}</h1>
          <p>{way === undefined ? t('account.registerLead') : t(`account.way.${way}.detail`)}</p>
        </div>
      </div>
      {way === undefined ? (
        <div className="stack">
          <Choice icon="key" way="code" choose={setWay} />
          <Choice icon="people" way="new" choose={setWay} />
          <p className="or">
            {t('account.haveAccount')} <Link to="/sign-in">{t('nav.signIn')}</Link>
          </p>
        </div>
      ) : (
        <div className="stack">
          {way === 'code' ? <ClaimForm /> : <SelfRegistration />}
          <div className="no-print">
            <Button variant="subtle" size="sm" onClick={() => setWay(undefined)}>
              {t('account.otherWay')}
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}

function Choice({ icon, way, choose }: { icon: IconName; way: Way; choose: (way: Way) => void }) {
  const { t } = useTranslation();
  return (
    <button type="button" className="choice" onClick={() => choose(way)}>
      <span className="picture brand">
        <Icon name={icon} />
      </span>
      <span>
        <b>{t(`account.way.${way}.title`)}</b>
        <span className="small muted">{t(`account.way.${way}.detail`)}</span>
      </span>
      <Icon name="arrow" little />
    </button>
  );
}
