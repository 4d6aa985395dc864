// Signing needs the person's key. After a reload it is closed; the password opens it, right here.
import { useState, type ReactNode } from 'react';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { SignInDialog } from '../account/sign-in-dialog.tsx';
import { useSession } from '../connection/session.ts';
import { Icon } from '../parts/icon.tsx';
import { useKeysOpen } from '../session/use-keys-open.ts';

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
        <SignInDialog
          email={session?.email}
          title={t('visit.openKeys')}
          lead={t('visit.openKeysDetail')}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}
