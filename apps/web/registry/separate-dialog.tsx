import type { JoinedPairLine } from '@clearchart/api';
import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../parts/dialog.tsx';
import { Failed, Note } from '../parts/states.tsx';
import { separateRecords, useDeskAct } from './use-duplicates.ts';

const SHORTEST_REASON = 3;

/** Says before it is done what stays where. */
export function SeparateDialog({
  pair: { survivor, replaced },
  onClose,
}: {
  pair: JoinedPairLine;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const separate = useDeskAct(separateRecords, onClose);
  return (
    <Dialog onClose={onClose} title={t('join.separateDialog')}>
      <div className="stack">
        <p>{t('join.joined', { kept: survivor.name, replaced: replaced.name })}</p>
        <Note tone="plain">{t('join.separateDoes', { name: survivor.name })}</Note>
        <Textarea
          label={t('join.separateReason')}
          autosize
          minRows={2}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {separate.isError ? <Failed error={separate.error} /> : null}
        <div className="actions">
          <Button
            variant="filled"
            disabled={reason.trim().length < SHORTEST_REASON}
            loading={separate.isPending}
            onClick={() => separate.mutate({ replaced: replaced.id, reason: reason.trim() })}
          >
            {t('join.separate')}
          </Button>
          <Button onClick={onClose}>{t('account.close')}</Button>
        </div>
      </div>
    </Dialog>
  );
}
