import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTime } from '../language/format.ts';
import { Icon } from '../parts/icon.tsx';
import { silentSince, watchReach } from '../session/index.ts';

function subscribe(changed: () => void): () => void {
  addEventListener('online', changed);
  addEventListener('offline', changed);
  return () => {
    removeEventListener('online', changed);
    removeEventListener('offline', changed);
  };
}

/** Since when the device has had no network, as far as it knows (ms). */
function useOfflineSince(): number | undefined {
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  const [since, setSince] = useState<number>();
  if (online && since !== undefined) setSince(undefined);
  if (!online && since === undefined) setSince(Date.now());
  return since;
}

/** Says that the device is off line, or that the hospital does not answer, and since when; fetches again when it is over. */
export function OfflineBar() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const offline = useOfflineSince();
  const silent = useSyncExternalStore(watchReach, silentSince);
  const cut = offline ?? silent;
  const wasCut = useRef(false);
  useEffect(() => {
    if (cut === undefined && wasCut.current) void client.refetchQueries({ type: 'active', stale: true });
    wasCut.current = cut !== undefined;
  }, [cut, client]);
  return (
    // The place stands there always, so that what appears in it is read out.
    <div role="status">
      {cut === undefined ? null : (
        <div className="offline-bar no-print">
          <Icon name="offline" little />
          {t(offline === undefined ? 'state.silent' : 'state.offline', { when: formatTime(cut) })}
        </div>
      )}
    </div>
  );
}
