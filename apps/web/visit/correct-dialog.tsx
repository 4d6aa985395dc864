// Correcting what was sealed: a new version with a reason, signed again. The old version stays and can be read.
import { Button, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { updateFhir } from '../connection/fhir.ts';
import { useSession } from '../connection/session.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Failed, Note } from '../parts/states.tsx';
import { conceptWords, type Resource } from '../record/fhir.ts';
import { amendedNote, isReason, REASON_LENGTH_LIMIT, withdrawnCondition } from './corrections.ts';
import { OpenKeys } from './open-keys.tsx';
import { signVersions } from './sign-versions.ts';
import { NOTE_LENGTH_LIMIT } from './visit-form.ts';
import { textOfBase64 } from './visit-resources.ts';
import type { Corrected } from './visits.ts';

interface CorrectDialogProps {
  corrected: Corrected;
  patientId: string;
  onClose: () => void;
}

export function CorrectDialog({ corrected, patientId, onClose }: CorrectDialogProps) {
  const { t } = useTranslation();
  const { session } = useSession();
  const client = useQueryClient();
  const before = 'note' in corrected ? (textOfBase64(corrected.note.content?.[0]?.attachment?.data) ?? '') : '';
  const [text, setText] = useState(before);
  const [reason, setReason] = useState('');
  const author = { patientId, person: session?.person ?? '', personName: session?.name ?? '' };
  const correct = useMutation({
    mutationFn: async () => {
      const next: Resource =
        'note' in corrected
          ? amendedNote(corrected.note, text, reason)
          : withdrawnCondition(corrected.condition, reason);
      const { resource } = await updateFhir(next);
      await signVersions([resource], author, reason.trim());
    },
    onSuccess: onClose,
    onSettled: () => client.invalidateQueries({ queryKey: ['record', patientId] }),
  });
  const changed = 'condition' in corrected || (text.trim() !== '' && text.trim() !== before.trim());
  return (
    <Dialog onClose={onClose} title={t('note' in corrected ? 'visit.correctNote' : 'visit.withdrawDiagnosis')}>
      <div className="stack">
        {'note' in corrected ? (
          <Textarea
            label={t('visit.note')}
            autosize
            minRows={4}
            maxRows={14}
            maxLength={NOTE_LENGTH_LIMIT}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        ) : (
          <p>
            <b>{conceptWords(corrected.condition.code)}</b>
          </p>
        )}
        <Textarea
          label={t('visit.correctionReason')}
          autosize
          minRows={2}
          maxLength={REASON_LENGTH_LIMIT}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Note tone="plain">{t('visit.correctionDetail')}</Note>
        {correct.isError ? <Failed error={correct.error} /> : null}
        <OpenKeys>
          <Button
            variant="filled"
            disabled={!changed || !isReason(reason)}
            loading={correct.isPending}
            onClick={() => correct.mutate()}
          >
            {t('visit.sealCorrection')}
          </Button>
        </OpenKeys>
      </div>
    </Dialog>
  );
}
