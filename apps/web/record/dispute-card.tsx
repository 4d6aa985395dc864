// Beside the proof of one record: what the patient says is wrong with it, and what whoever treats the patient answers.
import type { RecordAnswerRequest } from '@clearchart/api';
import { DISPUTABLE_TYPES } from '@clearchart/exchange';
import { Button, Radio, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../connection/session.ts';
import { formatMoment } from '../language/format.ts';
import { Failed, Note } from '../parts/states.tsx';
import {
  answerDisputeOf,
  disputeVersion,
  takeBackDispute,
  type ToldDispute,
  useRecordDisputes,
  WORDS_AT_MOST,
} from './record-disputes.ts';

const OUTCOMES = ['amended', 'stands'] as const satisfies RecordAnswerRequest['outcome'][];

interface Props {
  type: string;
  id: string;
  version: string;
}

export function DisputeCard({ type, id, version }: Props) {
  const { t } = useTranslation();
  const { session } = useSession();
  const disputable = DISPUTABLE_TYPES.some((one) => one === type);
  const { data } = useRecordDisputes(disputable ? `focus=${type}/${encodeURIComponent(id)}` : undefined);
  if (data === undefined || session === undefined) return null;
  const open = data.find(({ state }) => state === 'open');
  const isPatient = session.role === 'patient';
  if (!isPatient && data.length === 0) return null;
  return (
    <section className="card stack no-print" aria-label={t('wrong.title')}>
      <h2>{t('wrong.title')}</h2>
      {data.map((dispute) => (
        <Told key={dispute.id} dispute={dispute} />
      ))}
      {open === undefined ? null : isPatient ? <TakeBack id={open.id} /> : <Answer id={open.id} />}
      {isPatient && open === undefined ? <Say type={type} id={id} version={version} /> : null}
    </section>
  );
}

function useChange<Input>(change: (input: Input) => Promise<unknown>, onDone?: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async () => {
      onDone?.();
      await client.invalidateQueries({ queryKey: ['record-disputes'] });
    },
  });
}

function Told({ dispute }: { dispute: ToldDispute }) {
  const { t } = useTranslation();
  const { answer } = dispute;
  return (
    <div className="stack" style={{ ['--gap' as string]: '6px' }}>
      <blockquote className="said">{dispute.words}</blockquote>
      <p className="tiny muted">
        {t('wrong.said', { when: formatMoment(Date.parse(dispute.askedAt)), version: dispute.version })}
      </p>
      {answer === undefined ? (
        <p className="small">{t('wrong.waits')}</p>
      ) : (
        <>
          <p>
            <b>{t(`wrong.outcome.${answer.outcome}`)}</b>
          </p>
          <p>{answer.words}</p>
          <p className="tiny muted">
            {t('wrong.answered', { name: answer.by, when: formatMoment(Date.parse(answer.at)) })}
          </p>
        </>
      )}
    </div>
  );
}

function Say({ type, id, version }: Props) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const say = useChange(
    () => disputeVersion(type, id, version, words),
    () => setWords(''),
  );
  return (
    <>
      <p className="small muted">{t('wrong.detail')}</p>
      <Textarea
        label={t('wrong.words')}
        autosize
        minRows={2}
        maxLength={WORDS_AT_MOST}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      {say.isError ? <Failed error={say.error} /> : null}
      <div>
        <Button disabled={words.trim() === ''} loading={say.isPending} onClick={() => say.mutate(undefined)}>
          {t('wrong.say')}
        </Button>
      </div>
    </>
  );
}

function TakeBack({ id }: { id: string }) {
  const { t } = useTranslation();
  const back = useChange(() => takeBackDispute(id));
  return (
    <>
      {back.isError ? <Failed error={back.error} /> : null}
      <div>
        <Button variant="subtle" loading={back.isPending} onClick={() => back.mutate(undefined)}>
          {t('wrong.takeBack')}
        </Button>
      </div>
    </>
  );
}

function Answer({ id }: { id: string }) {
  const { t } = useTranslation();
  const [outcome, setOutcome] = useState<RecordAnswerRequest['outcome']>('amended');
  const [words, setWords] = useState('');
  const answer = useChange(() => answerDisputeOf(id, { outcome, words: words.trim() }));
  return (
    <>
      <Radio.Group
        label={t('wrong.found')}
        value={outcome}
        onChange={(value) => setOutcome(OUTCOMES.find((one) => one === value) ?? 'stands')}
      >
        <div className="stack" style={{ ['--gap' as string]: '8px', marginTop: 8 }}>
          {OUTCOMES.map((one) => (
            <Radio key={one} value={one} label={t(`wrong.outcome.${one}`)} />
          ))}
        </div>
      </Radio.Group>
      {outcome === 'amended' ? <Note tone="plain">{t('wrong.amendFirst')}</Note> : null}
      <Textarea
        label={t('wrong.answerWords')}
        autosize
        minRows={2}
        maxLength={WORDS_AT_MOST}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      {answer.isError ? <Failed error={answer.error} /> : null}
      <div>
        <Button
          variant="filled"
          disabled={words.trim() === ''}
          loading={answer.isPending}
          onClick={() => answer.mutate(undefined)}
        >
          {t('wrong.answer')}
        </Button>
      </div>
    </>
  );
}
