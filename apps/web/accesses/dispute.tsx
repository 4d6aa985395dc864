import type { Dispute } from '@clearchart/api';
import { Button, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoment } from '../language/format.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Icon } from '../parts/icon.tsx';
import { Failed } from '../parts/states.tsx';
import type { AccessLineView } from '../proof/check-accesses.ts';
import { readerName } from './reader-name.ts';
import { askAbout, disputeOf } from './use-disputes.ts';

interface Props {
  patient: string;
  line: AccessLineView;
  disputes: readonly Dispute[];
}

/** "I don't recognise this": asks the hospital, which must answer. Gone once it has been asked. */
export function DisputeButton({ patient, line, disputes }: Props) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  if (disputeOf(line, disputes) !== undefined) return null;
  const about = { name: readerName(line, t), when: formatMoment(line.at) };
  return (
    <>
      <Button
        size="sm"
        variant={line.emergency ? 'default' : 'subtle'}
        className="no-print"
        aria-label={t('dispute.askAbout', about)}
        onClick={() => setAsking(true)}
      >
        {t('dispute.ask')}
      </Button>
      {asking ? <AskDialog patient={patient} line={line} onClose={() => setAsking(false)} /> : null}
    </>
  );
}

function AskDialog({ patient, line, onClose }: Omit<Props, 'disputes'> & { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [words, setWords] = useState('');
  const ask = useMutation({
    mutationFn: () => askAbout(patient, line.access, words),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['disputes', patient] });
      onClose();
    },
  });
  return (
    <Dialog onClose={onClose} title={t('dispute.ask')}>
      <div className="stack">
        <p>{t('dispute.about', { name: readerName(line, t), when: formatMoment(line.at) })}</p>
        <p className="small muted">{t('dispute.detail')}</p>
        <Textarea
          label={t('dispute.words')}
          description={t('dispute.wordsDetail')}
          autosize
          minRows={3}
          maxLength={1_000}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        {ask.isError ? <Failed error={ask.error} /> : null}
        <div className="actions">
          <Button variant="filled" loading={ask.isPending} onClick={() => ask.mutate()}>
            {t('dispute.send')}
          </Button>
          <Button onClick={onClose}>{t('dispute.cancel')}</Button>
        </div>
      </div>
    </Dialog>
  );
}

/** Where the question stands: the hospital's turn, or its answer. */
export function DisputeState({ dispute }: { dispute: Dispute | undefined }) {
  const { t } = useTranslation();
  if (dispute === undefined) return null;
  const { answer } = dispute;
  const asked = formatMoment(Date.parse(dispute.askedAt));
  if (answer === undefined) {
    return (
      <p className="dispute small">
        <Icon name="clock" little />
        <span>{t('dispute.asked', { when: asked })}</span>
      </p>
    );
  }
  return (
    <div className="dispute answered small">
      <Icon name="info" little />
      <div>
        <p>
          <b>{t(`dispute.outcome.${answer.outcome}`)}</b>
        </p>
        <p>{answer.words}</p>
        <p className="muted">{t('dispute.answered', { name: answer.by, when: formatMoment(Date.parse(answer.at)) })}</p>
      </div>
    </div>
  );
}
