import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCutOff } from '../connection/cut-off.ts';
import { formatTime } from '../language/format.ts';
import { Icon } from '../parts/icon.tsx';

/** Says that the device is off line, or that the hospital does not answer, and since when; fetches again when it is over. */
export function OfflineBar() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const cut = useCutOff();
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
          {t(`state.${cut.why}`, { when: formatTime(cut.since) })}
        </div>
      )}
    </div>
  );
}
