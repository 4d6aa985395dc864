import type { DeskDispute, DisputeAnswer } from '@clearchart/api';
import { Button, Radio, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerDispute, useDeskDisputes } from '../accesses/use-disputes.ts';
import { formatMoment } from '../language/format.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Failed } from '../parts/states.tsx';

const OUTCOMES = ['explained', 'mistake', 'misuse'] as const satisfies DisputeAnswer['outcome'][];

/** Openings of records that patients do not recognise: each waits for the hospital's answer. */
export function DisputesSection() {
  const { t } = useTranslation();
  const { data, error, refetch } = useDeskDisputes();
  if (error === null && (data === undefined || data.length === 0)) return null;
  return (
    <section className="card flush" aria-labelledby="disputes">
      <div className="card-inside">
        <h2 id="disputes">{t('dispute.desk')}</h2>
        <p className="small muted">{t('dispute.deskDetail')}</p>
        {error === null ? null : <Failed error={error} retry={() => void refetch()} />}
      </div>
      <ul className="rows">
        {(data ?? []).map((dispute) => (
          <Open key={dispute.id} dispute={dispute} />
        ))}
      </ul>
    </section>
  );
}

function Open({ dispute }: { dispute: DeskDispute }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [outcome, setOutcome] = useState<DisputeAnswer['outcome']>('explained');
  const [words, setWords] = useState('');
  const answer = useMutation({
    mutationFn: () => answerDispute(dispute.id, { outcome, words: words.trim() }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['desk-disputes'] }),
  });
  const { reader = t('dispute.somebody'), openedAt, purpose } = dispute;
  return (
    <li className="waiting-person">
      <Avatar name={dispute.patientName} large />
      <div className="stack" style={{ ['--gap' as string]: '12px' }}>
        <div>
          <h3>{dispute.patientName}</h3>
          <p className="small muted">
            {t('dispute.opened', { name: reader, when: openedAt === undefined ? '—' : formatMoment(openedAt) })}
            {purpose === undefined ? '' : ` · ${t(`purpose.${purpose}`)}`}
          </p>
          <p className="tiny muted">{t('dispute.asked', { when: formatMoment(Date.parse(dispute.askedAt)) })}</p>
        </div>
        {dispute.words === undefined ? null : <blockquote className="said">{dispute.words}</blockquote>}
        <Radio.Group
          label={t('dispute.found')}
          value={outcome}
          onChange={(value) => setOutcome(OUTCOMES.find((one) => one === value) ?? 'explained')}
        >
          <div className="stack" style={{ ['--gap' as string]: '8px', marginTop: 8 }}>
            {OUTCOMES.map((one) => (
              <Radio key={one} value={one} label={t(`dispute.outcome.${one}`)} />
            ))}
          </div>
        </Radio.Group>
        <Textarea
          label={t('dispute.answerWords')}
          description={t('dispute.answerDetail')}
          autosize
          minRows={2}
          maxLength={1_000}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        {answer.isError ? <Failed error={answer.error} /> : null}
        <div>
          <Button
            variant="filled"
            disabled={words.trim() === ''}
            loading={answer.isPending}
            onClick={() => answer.mutate()}
          >
            {t('dispute.answer')}
          </Button>
        </div>
      </div>
    </li>
  );
}
