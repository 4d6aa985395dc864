import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { SealMark } from '../parts/seal.tsx';
import { Failed } from '../parts/states.tsx';
import { useTitle } from './title.ts';

export function NotFoundPage() {
  const { t } = useTranslation();
  useTitle(t('notFound.title'));
  return (
    <div className="wrap narrow stack" style={{ ['--gap' as string]: '20px', justifyItems: 'start', paddingTop: 72 }}>
      <SealMark state="unchecked" size={96} />
      <div>
        <h1>{t('notFound.title')}</h1>
        <p className="lead">{t('notFound.detail')}</p>
      </div>
      <div className="actions">
        <Button component={Link} to="/" variant="filled">
          {t('notFound.home')}
        </Button>
        <Button component={Link} to="/verify">
          {t('nav.verify')}
        </Button>
      </div>
    </div>
  );
}

export function RouteFailedPage({ error, reset }: { error: unknown; reset: () => void }) {
  return (
    <div className="wrap narrow">
      <div className="card">
        <Failed error={error} retry={reset} wholePage />
      </div>
    </div>
  );
}
