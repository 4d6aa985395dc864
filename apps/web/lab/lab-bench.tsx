import type { Lab } from '@clearchart/api';
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeOf } from '../connection/fault-words.ts';
import { useBlock, useLedgerStatus } from '../connection/ledger.ts';
import { BlockCheck } from '../explorer/block-check.tsx';
import '../explorer/explorer.css';
import { formatNumber } from '../language/format.ts';
import { Failed, Note } from '../parts/states.tsx';
import { ChooseLetter } from './choose-letter.tsx';
import { isDamaged } from './copies.ts';
import { LabCopies } from './lab-copies.tsx';
import { LabSteps } from './lab-steps.tsx';
import { type LabPlace, useLabBlock, useLabChange, useLabRead } from './use-lab.ts';

export function LabBench({ lab, first }: { lab: Lab; first: LabPlace }) {
  const { t } = useTranslation();
  const [place, setPlace] = useState(first);
  /** Whether what happened to the copy is told to its end, or a new letter is chosen. */
  const [isTelling, setTelling] = useState(lab.open !== undefined);
  const { data: block, error, refetch } = useLabBlock(place);
  const change = useLabChange();
  const read = useLabRead();
  const name = lab.hospitals.find(({ organization }) => organization === place.organization)?.name ?? '';
  const story = block?.story;
  const isLeft = isDamaged(story?.copies.find(({ organization }) => organization === place.organization));
  const isShown = isTelling || isLeft;
  const elsewhere = lab.open === undefined || isSame(lab.open, place) ? undefined : lab.open;
  const go = (next: LabPlace, isTold: boolean): void => {
    change.reset();
    read.reset();
    setPlace(next);
    setTelling(isTold);
  };
  return (
    <div className="columns lab">
      <div className="stack" style={{ ['--gap' as string]: '24px' }}>
        <section className="card" aria-label={t(isShown ? 'lab.happens' : 'lab.choose')}>
          <h2>{t(isShown ? 'lab.happens' : 'lab.choose')}</h2>
          {error === null ? null : <Failed error={error} retry={() => void refetch()} />}
          {elsewhere === undefined || isShown ? null : (
            <Elsewhere lab={lab} place={elsewhere} onGo={() => go(elsewhere, true)} />
          )}
          {isShown ? (
            <div className="stack" style={{ ['--gap' as string]: '20px' }}>
              <p>{t('lab.chosen', { name, height: formatNumber(place.height) })}</p>
              <div role="status">
                {story === undefined ? null : <LabSteps name={name} organization={place.organization} story={story} />}
              </div>
              <NextAct
                key={String(isLeft)}
                takesFocus={change.isSuccess || read.isSuccess}
                isFilled={isLeft}
                isPending={read.isPending}
                onAct={() => (isLeft ? read.mutate(place) : go(place, false))}
              >
                {isLeft
                  ? t(story?.readAt === undefined ? 'lab.letRead' : 'lab.letReadAgain', { name })
                  : t('lab.again')}
              </NextAct>
            </div>
          ) : (
            <ChooseLetter
              lab={lab}
              place={place}
              setPlace={(next) => go(next, false)}
              text={block?.text}
              isPending={change.isPending}
              isHeldBack={elsewhere !== undefined}
              onChange={(letter) => change.mutate({ ...place, ...letter }, { onSuccess: () => setTelling(true) })}
            />
          )}
          <Refused error={change.error ?? read.error} />
        </section>
        {isShown && story?.repair !== undefined ? <OwnCheck height={place.height} /> : null}
      </div>
      <div className="stack" style={{ ['--gap' as string]: '24px' }}>
        {story === undefined ? null : <LabCopies copies={story.copies} height={place.height} />}
        <Why />
      </div>
    </div>
  );
}

function isSame(one: LabPlace, other: LabPlace): boolean {
  return one.organization === other.organization && one.height === other.height;
}

/** Whoever came here by keyboard goes on from what comes next, in the place of what they pressed. */
function NextAct({
  takesFocus,
  isFilled,
  isPending,
  onAct,
  children,
}: {
  takesFocus: boolean;
  isFilled: boolean;
  isPending: boolean;
  onAct: () => void;
  children: string;
}) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (takesFocus) button.current?.focus({ preventScroll: true });
  }, [takesFocus]);
  return (
    <div className="actions">
      <Button ref={button} variant={isFilled ? 'filled' : 'default'} loading={isPending} onClick={onAct}>
        {children}
      </Button>
    </div>
  );
}

/** One change at a time: the other is seen to its end first. */
function Elsewhere({ lab, place, onGo }: { lab: Lab; place: LabPlace; onGo: () => void }) {
  const { t } = useTranslation();
  const name = lab.hospitals.find(({ organization }) => organization === place.organization)?.name ?? '';
  return (
    <Note tone="warn">
      {t('lab.elsewhere', { name, height: formatNumber(place.height) })}{' '}
      <Button size="sm" onClick={onGo}>
        {t('lab.goThere')}
      </Button>
    </Note>
  );
}

const REFUSALS = ['change-under-way', 'letter-not-changed', 'no-other-copy'] as const;

function Refused({ error }: { error: unknown }) {
  const { t } = useTranslation();
  if (error === null) return null;
  const code = REFUSALS.find((one) => one === codeOf(error));
  if (code === undefined) return <Failed error={error} />;
  return (
    <div role="alert">
      <Note tone="warn">{t(`lab.refused.${code}`)}</Note>
    </div>
  );
}

function Why() {
  const { t } = useTranslation();
  return (
    <Note tone="plain">
      {t('lab.why')} <Link to="/learn/sha-256">{t('lab.learn')}</Link>
    </Note>
  );
}

/** Not the demo's word: this browser follows the chain and counts the votes on the block. */
function OwnCheck({ height }: { height: number }) {
  const block = useBlock(height);
  const { data: status } = useLedgerStatus();
  return block.data === undefined || status === undefined ? null : <BlockCheck block={block.data} status={status} />;
}
