import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { SignInForm } from './sign-in-form.tsx';
import { Dialog } from '../parts/dialog.tsx';

interface SignInDialogProps {
  email: string | undefined;
  /** Why it is asked; that the session has ended, unless said. */
  title?: string;
  lead?: string;
  onClose: () => void;
}

export function SignInDialog({ email, title, lead, onClose }: SignInDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return (
    <Dialog onClose={onClose} title={title ?? t('fault.signedOut')}>
      <p className="muted" style={{ marginBottom: 16 }}>
        {lead ?? t('fault.signedOutDetail')}
      </p>
      <SignInForm
        {...(email === undefined ? {} : { email })}
        onDone={() => {
          onClose();
          void client.refetchQueries({ type: 'active', predicate: (query) => query.state.status === 'error' });
        }}
      />
    </Dialog>
  );
}
