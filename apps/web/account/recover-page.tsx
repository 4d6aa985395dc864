import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getJson } from '../connection/get-json.ts';
import { Failed, Loading } from '../parts/states.tsx';
import { useTitle } from '../shell/title.ts';
import './account.css';
import { AskForLink } from './ask-for-link.tsx';
import { NewPasswordByWords } from './new-password-by-words.tsx';

/**
 * A forgotten password: first the link by mail, where the hospital sends mail; then the recovery words. The link's code stands in
 * the fragment, which no browser sends to a server or keeps in a log.
 */
export function RecoverPage() {
  const { t } = useTranslation();
  useTitle(t('account.recover'));
  const [code] = useState(() => location.hash.replace(/^#/, ''));
  const { data, error, refetch } = useQuery({
    queryKey: ['recovery'],
    enabled: code === '',
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => getJson('/api/recovery', (shapes) => shapes.recoveryWaySchema, signal),
  });
  return (
    <div className="wrap narrow">
      <div className="page-head">
        <div>
          <h1>{t('account.recover')}</h1>
          <p>{t('account.recoverLead')}</p>
        </div>
      </div>
      {code !== '' ? (
        <NewPasswordByWords code={code} />
      ) : error !== null ? (
        <div className="card">
          <Failed error={error} retry={() => void refetch()} />
        </div>
      ) : data === undefined ? (
        <div className="card">
          <Loading />
        </div>
      ) : data.byMail ? (
        <AskForLink />
      ) : (
        <NewPasswordByWords />
      )}
    </div>
  );
}
