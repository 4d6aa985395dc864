import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../parts/icon.tsx';

function subscribe(changed: () => void): () => void {
  addEventListener('online', changed);
  addEventListener('offline', changed);
  return () => {
    removeEventListener('online', changed);
    removeEventListener('offline', changed);
  };
}

/** Whether the device says it has a network; true does not promise that the hospital answers. */
export function useOnline(): boolean {
  return useSyncExternalStore(subscribe, () => navigator.onLine);
}

export function OfflineBar() {
  const { t } = useTranslation();
  if (useOnline()) return null;
  return (
    <div className="offline-bar" role="status">
      <Icon name="offline" little />
      {t('state.offline')}
    </div>
  );
}
