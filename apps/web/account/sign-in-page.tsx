import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../connection/session.ts';
import { SealMark } from '../parts/seal.tsx';
import { homeOf } from '../shell/navigation.ts';
import { useTitle } from '../shell/title.ts';
import { SignInForm } from './sign-in-form.tsx';
import './account.css';

export function SignInPage() {
  const { t } = useTranslation();
  useTitle(t('nav.signIn'));
  const { session } = useSession();
  const navigate = useNavigate();
  useEffect(() => {
    if (session) void navigate({ to: homeOf(session.role), replace: true });
  }, [session, navigate]);
  return (
    <div className="wrap narrow" style={{ maxWidth: 480 }}>
      <div className="stack" style={{ ['--gap' as string]: '20px' }}>
        <div className="row" style={{ ['--gap' as string]: '16px' }}>
          <SealMark state="sealed" size={56} />
          <div>
            <h1>{t('nav.signIn')}</h1>
            <p className="muted">{t('account.signInLead')}</p>
          </div>
        </div>
        <div className="card stack">
          <SignInForm onDone={() => undefined} />
          <p className="small">
            <Link to="/recover">{t('account.forgot')}</Link>
          </p>
        </div>
        <p className="or">
          {t('account.noAccount')} <Link to="/register">{t('account.register')}</Link>
        </p>
      </div>
    </div>
  );
}
