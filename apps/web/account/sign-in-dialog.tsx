import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../connection/session.ts';
import { homeOf } from '../shell/navigation.ts';
import { SignInForm } from './sign-in-form.tsx';
import { Dialog } from '../parts/dialog.tsx';

interface SignInDialogProps {
  email: string | undefined;
  /** Why it is asked; that the session has ended, unless said. */
  title?: string;
  lead?: string;
  /** The page beneath is hidden until somebody signs in or leaves it: nothing else closes the dialog. */
  onLeave?: () => void;
  onClose: () => void;
}

export function SignInDialog({ email, title, lead, onLeave, onClose }: SignInDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { session } = useSession();
  const [before] = useState(session?.accountId);
  const stays = onLeave !== undefined;
  useEffect(() => {
    if (!stays) return undefined;
    // Dialogs that are open on the page lie outside of the shell: all but this one is hidden.
    document.documentElement.dataset['covered'] = '';
    return () => {
      delete document.documentElement.dataset['covered'];
    };
  }, [stays]);
  return (
    <Dialog
      className="sign-in-dialog"
      onClose={onClose}
      title={title ?? t('fault.signedOut')}
      withCloseButton={!stays}
      closeOnEscape={!stays}
      closeOnClickOutside={!stays}
    >
      <p className="muted" style={{ marginBottom: 16 }}>
        {lead ?? t('fault.signedOutDetail')}
      </p>
      <SignInForm
        {...(email === undefined ? {} : { email })}
        onDone={({ accountId, role }) => {
          onClose();
          if (before !== undefined && before !== accountId) void navigate({ to: homeOf(role), replace: true });
          void client.refetchQueries({ type: 'active', predicate: (query) => query.state.status === 'error' });
        }}
      />
      {stays ? (
        <div className="stack" style={{ marginTop: 24 }}>
          <p className="small muted">{t('account.someoneElse')}</p>
          <Button onClick={onLeave}>{t('account.leavePage')}</Button>
        </div>
      ) : null}
    </Dialog>
  );
}
