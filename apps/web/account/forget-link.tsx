import type { LinkedSide } from '@clearchart/crypto';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Session, useSession } from '../connection/session.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Note } from '../parts/states.tsx';
import { forgetLink } from '../session/index.ts';
import { linkFaultWords } from './link-fault-words.ts';
import { CurrentPassword } from './password-fields.tsx';

interface ForgetLinkProps {
  name: string;
  side: LinkedSide;
  session: Session;
  onClose: () => void;
}

export function ForgetLink({ name, side, session: { email }, onClose }: ForgetLinkProps) {
  const { t } = useTranslation();
  const { refresh } = useSession();
  const [password, setPassword] = useState('');
  const forget = useMutation({
    mutationFn: () => forgetLink({ email, password }, side),
    onSuccess: async () => {
      await refresh();
      onClose();
    },
  });
  return (
    <Dialog onClose={onClose} title={t('myHospitals.forgetTitle', { name })}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          forget.mutate();
        }}
      >
        <p>{t('myHospitals.forgetDetail', { name })}</p>
        {forget.isError ? <Note tone="bad">{linkFaultWords(forget.error, t)}</Note> : null}
        <CurrentPassword label={t('linkAccounts.password')} value={password} onChange={setPassword} />
        <Button type="submit" variant="filled" disabled={password === ''} loading={forget.isPending}>
          {t('myHospitals.forget')}
        </Button>
      </form>
    </Dialog>
  );
}
