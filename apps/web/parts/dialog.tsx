// A dialog that is there as long as it is drawn: it names its close button, and gives the focus back to what opened it.
import { Modal, type ModalProps } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

export function Dialog(props: Omit<ModalProps, 'opened' | 'closeButtonProps' | 'returnFocus'>) {
  const { t } = useTranslation();
  useFocusReturn();
  return <Modal opened closeButtonProps={{ 'aria-label': t('account.close') }} {...props} />;
}

/** Without it who works by keyboard starts again at the top of the page after each dialog. */
function useFocusReturn(): void {
  // While it is drawn for the first time the focus is still where it was.
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        const lost = document.activeElement === null || document.activeElement === document.body;
        if (lost && opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
      });
    },
    [opener],
  );
}
