// When a session ends while somebody writes, the way back in comes to them: the page and its form stay where they are.
import { Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { onSessionEnded } from '../session/index.ts';
import { useSession } from '../connection/session.ts';
import { Loading } from '../parts/states.tsx';

const SignInForm = lazy(async () => ({ default: (await import('../account/sign-in-form.tsx')).SignInForm }));

export function SignInAgain() {
  const { t } = useTranslation();
  const { session } = useSession();
  const client = useQueryClient();
  const [ended, setEnded] = useState(false);
  const wasSignedIn = useRef(false);
  useEffect(() => {
    if (session) wasSignedIn.current = true;
  }, [session]);
  useEffect(() => onSessionEnded(() => wasSignedIn.current && setEnded(true)), []);
  return (
    <Modal opened={ended} onClose={() => setEnded(false)} title={t('fault.signedOut')} closeButtonProps={{ 'aria-label': t('account.close') }}>
      <p className="muted" style={{ marginBottom: 16 }}>
        {t('fault.signedOutDetail')}
      </p>
      <Suspense fallback={<Loading />}>
        <SignInForm
          onDone={() => {
            setEnded(false);
            void client.refetchQueries({ type: 'active', predicate: (query) => query.state.status === 'error' });
          }}
        />
      </Suspense>
    </Modal>
  );
}
