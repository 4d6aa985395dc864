// What happened to the letter, step by step: each is told from the disk and the node's own log of damage, none is assumed.
import type { LabStory } from '@clearchart/api';
import { useTranslation } from 'react-i18next';
import { formatClock, formatNumber } from '../language/format.ts';
import { Fingerprint } from '../parts/fingerprint.tsx';
import { type Step, Steps } from '../parts/steps.tsx';
import { areSame, isDamaged } from './copies.ts';

interface LabStepsProps {
  /** Of the hospital whose copy was changed. */
  name: string;
  organization: string;
  story: LabStory;
}

export function LabSteps({ name, organization, story }: LabStepsProps) {
  const { t } = useTranslation();
  const { change, copies, finding, readAt, repair } = story;
  const own = copies.find((copy) => copy.organization === organization);
  const isLeft = isDamaged(own);
  const isFound = finding !== undefined || (readAt !== undefined && isLeft);
  // In the evidence lies what was found; where nobody could give the block it still lies in its place.
  const hashes = finding ?? own;
  // A node also looks through its files by itself.
  const isByReader = finding === undefined || (readAt !== undefined && readAt <= finding.at);
  const isGivenUp = isFound && finding === undefined;
  const isBack = repair !== undefined && areSame(copies);
  const steps: Step[] = [
    {
      state: 'done',
      title: t('lab.step.change.done', { name }),
      detail:
        change === undefined
          ? t('lab.step.change.byOthers')
          : t('lab.step.change.detail', { ...change, offset: formatNumber(change.offset) }),
      time: timeOf(change?.at),
    },
    {
      state: isFound ? 'done' : 'now',
      title: t(`lab.step.find.${isFound ? (isByReader ? 'done' : 'byItself') : 'todo'}`, { name }),
      detail: !isFound ? (
        t('lab.step.find.todoDetail', { name })
      ) : (
        <>
          {t('lab.step.find.detail')}
          <Hash words={t('lab.hash.kept')} value={hashes?.kept} />
          <Hash words={t('lab.hash.found')} value={hashes?.found} />
        </>
      ),
      time: isFound ? timeOf(isByReader ? readAt : finding?.at) : undefined,
    },
    {
      state: repair !== undefined ? 'done' : isGivenUp ? 'failed' : 'todo',
      title:
        repair !== undefined
          ? t('lab.step.ask.done', { from: repair.from })
          : t(`lab.step.ask.${isGivenUp ? 'failed' : 'todo'}`),
      detail:
        repair !== undefined ? (
          <>
            {t('lab.step.ask.detail', { name })}
            <Hash words={t('lab.hash.header')} value={finding?.expected} />
          </>
        ) : isGivenUp ? (
          t('lab.step.ask.failedDetail', { name })
        ) : undefined,
    },
    {
      state: finding === undefined ? 'todo' : 'done',
      title: t(`lab.step.keep.${finding === undefined ? 'todo' : 'done'}`),
      detail: finding === undefined ? undefined : t('lab.step.keep.detail', { folder: finding.folder }),
      time: timeOf(finding?.at),
    },
    {
      state: isBack ? 'done' : repair === undefined ? 'todo' : 'failed',
      title: t(`lab.step.back.${isBack ? 'done' : repair === undefined ? 'todo' : 'failed'}`),
      detail: isBack ? (
        <>
          {t('lab.step.back.detail', { count: copies.length })}
          {isByReader && readAt !== undefined ? ` ${tookWords(repair.at - readAt, t)}` : null}
        </>
      ) : undefined,
      time: timeOf(repair?.at),
    },
  ];
  return <Steps steps={steps} />;
}

function tookWords(milliseconds: number, t: ReturnType<typeof useTranslation>['t']): string {
  return t('lab.step.back.took', { seconds: formatNumber(milliseconds / 1000, 3) });
}

function Hash({ words, value }: { words: string; value: string | undefined }) {
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
