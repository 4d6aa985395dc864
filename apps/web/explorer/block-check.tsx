import { Button } from '@mantine/core';
import type { LedgerBlock, LedgerStatus } from '@clearchart/api';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../language/format.ts';
import { SealMark } from '../parts/seal.tsx';
import { Failed } from '../parts/states.tsx';
import { CheckSteps } from '../proof/check-steps.tsx';
import { useBlockCheck } from '../proof/use-block-check.ts';
import { useWalkProgress } from '../proof/walk-progress.ts';
import { BlockVoters } from './block-voters.tsx';

/** The reader's own check of one block, run as soon as the block is shown. */
export function BlockCheck({ block, status }: { block: LedgerBlock; status: LedgerStatus }) {
  const { t } = useTranslation();
  const { check, voters, error, again, milliseconds } = useBlockCheck(block, status);
  const done = check.steps.length > 0 && check.steps.every((step) => step.state === 'done');
  const failed = check.steps.some((step) => step.state === 'failed');
  const walk = useWalkProgress();
  const isWalking = walk !== undefined && walk.height < walk.of;
  const words = {
    verified: {
      title: t('check.inYourBrowser'),
      detail: milliseconds === undefined ? null : t('check.took', { seconds: formatNumber(milliseconds / 1000) }),
    },
    problem: { title: t('seal.problem'), detail: t('check.believeNothing') },
    checking: {
      title: t('check.checking'),
      detail: isWalking
        ? t('check.walking', { height: formatNumber(walk.height), of: formatNumber(walk.of) })
        : t('check.working'),
    },
    unchecked: { title: t('seal.unchecked'), detail: null },
  };
  const state = done ? 'verified' : failed ? 'problem' : error === undefined ? 'checking' : 'unchecked';
  const { title, detail } = words[state];
  return (
    <section className="card" aria-label={t('check.title')}>
      <div className="row" style={{ ['--gap' as string]: '14px', marginBottom: 18 }} role="status">
        <SealMark state={state === 'checking' ? 'unchecked' : state} size={56} />
        <div>
          <h2>{title}</h2>
          <p className="small muted">{detail}</p>
        </div>
      </div>
      {error === undefined ? <CheckSteps steps={check.steps} /> : <Failed error={error} retry={again} />}
      {voters === undefined || !done ? null : <BlockVoters voters={voters} members={status.members} />}
      <div className="actions" style={{ marginTop: 16 }}>
        <Button size="sm" onClick={again}>
          {t('check.again')}
        </Button>
      </div>
    </section>
  );
}
