// What happened to the letter, step by step: each is told from the disk and the node's own log of damage, none is assumed.
import type { LabChange, LabCopy, LabRead } from '@clearchart/api';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatClock, formatNumber } from '../language/format.ts';
import { Fingerprint } from '../parts/fingerprint.tsx';
import { type Step, Steps } from '../parts/steps.tsx';
import { areSame, isDamaged } from './copies.ts';

export interface LabStory {
  name: string;
  organization: string;
  change: LabChange | undefined;
  copies: readonly LabCopy[];
  /** Once its hospital has read the copy. */
  read: LabRead | undefined;
}

export function LabSteps({ story }: { story: LabStory }) {
  const { t } = useTranslation();
  const { change, copies, name, organization, read } = story;
  const own = copies.find((copy) => copy.organization === organization);
  const isChanged = change !== undefined || isDamaged(own);
  const finding = read?.finding;
  const repair = read?.repair;
  const hashes = finding ?? (read === undefined ? undefined : own);
  const isLeft = read !== undefined && isDamaged(own);
  const steps: Step[] = [
    {
      state: isChanged ? 'done' : 'now',
      title: isChanged ? t('lab.step.change.done', { name }) : t('lab.step.change.todo'),
      detail:
        change === undefined
          ? undefined
          : t('lab.step.change.detail', { ...change, offset: formatNumber(change.offset) }),
      time: timeOf(change?.at),
    },
    {
      state: hashes !== undefined ? 'done' : isChanged ? 'now' : 'todo',
      title: hashes === undefined ? t('lab.step.find.todo', { name }) : t('lab.step.find.done', { name }),
      detail:
        hashes === undefined ? undefined : (
          <>
            {t('lab.step.find.detail')}
            <Hash words={t('lab.hash.kept')} value={hashes.kept} />
            <Hash words={t('lab.hash.found')} value={hashes.found} />
          </>
        ),
      time: timeOf(finding?.at),
    },
    {
      state: finding === undefined ? 'todo' : 'done',
      title: t(`lab.step.keep.${finding === undefined ? 'todo' : 'done'}`),
      detail: finding === undefined ? undefined : t('lab.step.keep.detail', { folder: finding.folder }),
      time: timeOf(finding?.at),
    },
    {
      state: repair !== undefined ? 'done' : isLeft ? 'failed' : 'todo',
      title:
        repair !== undefined
          ? t('lab.step.ask.done', { from: repair.from })
          : t(`lab.step.ask.${isLeft ? 'failed' : 'todo'}`),
      detail:
        repair !== undefined ? (
          <>
            {t('lab.step.ask.detail', { name })}
            <Hash words={t('lab.hash.header')} value={finding?.expected} />
          </>
        ) : isLeft ? (
          t('lab.step.ask.failedDetail', { name })
        ) : undefined,
      time: timeOf(repair?.at),
    },
    {
      state: repair === undefined ? 'todo' : areSame(copies) ? 'done' : 'failed',
      title: t(`lab.step.back.${repair === undefined ? 'todo' : areSame(copies) ? 'done' : 'failed'}`),
      detail: repair !== undefined && areSame(copies) ? t('lab.step.back.detail', { count: copies.length }) : undefined,
      time: timeOf(repair?.at),
    },
  ];
  return <Steps steps={steps} />;
}

function Hash({ words, value }: { words: ReactNode; value: string | undefined }) {
  if (value === undefined) return null;
  return (
    <span className="lab-hash">
      {words} <Fingerprint value={value} />
    </span>
  );
}

function timeOf(at: number | undefined): string | undefined {
  return at === undefined ? undefined : formatClock(at);
}
