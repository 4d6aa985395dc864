import { Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { SignInForm } from './sign-in-form.tsx';

export function SignInDialog({ email, onClose }: { email: string | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('fault.signedOut')}
      closeButtonProps={{ 'aria-label': t('account.close') }}
    >
      <p className="muted" style={{ marginBottom: 16 }}>
        {t('fault.signedOutDetail')}
      </p>
      <SignInForm
        {...(email === undefined ? {} : { email })}
        onDone={() => {
          onClose();
          void client.refetchQueries({ type: 'active', predicate: (query) => query.state.status === 'error' });
        }}
      />
    </Modal>
  );
}
