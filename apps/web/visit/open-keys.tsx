// Signing needs the person's key. After a reload it is closed; the password opens it, right here.
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSession } from '../connection/session.ts';
import { Icon } from '../parts/icon.tsx';
import { useKeysOpen } from '../session/use-keys-open.ts';

const SignInDialog = lazy(async () => ({ default: (await import('../account/sign-in-dialog.tsx')).SignInDialog }));

export function OpenKeys({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const open = useKeysOpen();
  const { session } = useSession();
  const [asking, setAsking] = useState(false);
  if (open) return children;
  return (
    <>
      <Button leftSection={<Icon name="key" little />} onClick={() => setAsking(true)}>
        {t('visit.openKeys')}
      </Button>
      {asking ? (
        <Suspense fallback={null}>
          <SignInDialog
            email={session?.email}
            title={t('visit.openKeys')}
            lead={t('visit.openKeysDetail')}
            onClose={() => setAsking(false)}
          />
        </Suspense>
      ) : null}
    </>
  );
}
