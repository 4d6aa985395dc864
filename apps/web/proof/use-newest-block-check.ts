import type { LedgerStatus } from '@clearchart/api';
import type { TFunction } from 'i18next';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SealState } from '../parts/seal.tsx';
import { codeOf } from '../connection/fault-words.ts';
import { useHistory } from '../connection/use-history.ts';
import { formatNumber } from '../language/format.ts';
import { failureWords } from './failure-words.ts';
import { useWalkProgress, type WalkProgress } from './walk-progress.ts';

/** The landing page's own small proof: this browser follows the chain up to its newest block. */
export function useNewestBlockCheck(status: LedgerStatus | undefined): { state: SealState; words: string } {
  const { t } = useTranslation();
  const [outcome, setOutcome] = useState<{ ok: boolean; reason?: string; confirmedBy?: number }>();
  const [isHistoryComing, setIsHistoryComing] = useState(false);
  const history = useHistory(isHistoryComing);
  const walk = useWalkProgress();
  const height = status?.finalHeight ?? 0;
  const isWhole = history === null;
  useEffect(() => {
    if (height === 0) return;
    let current = true;
    void (async () => {
      try {
        const { followedUpTo } = await import('./followed-chain.ts');
        const followed = await followedUpTo(height);
        if (current)
          setOutcome(
            followed.ok
              ? { ok: true, confirmedBy: followed.chain.voters?.voted.length ?? 0 }
              : { ok: false, reason: followed.reason },
          );
      } catch (fault) {
        // No answer: the seal stays "not checked".
        if (current) setIsHistoryComing(codeOf(fault) === 'history-incomplete');
      }
    })();
    return () => {
      current = false;
    };
  }, [height, isWhole]);
  if (outcome === undefined) return { state: 'unchecked', words: waitWords(history ?? undefined, walk, t) };
  const { ok, confirmedBy = 0 } = outcome;
  const verified = confirmedBy > 1 ? t('check.confirmedBy', { count: confirmedBy }) : t('check.inYourBrowser');
  return ok ? { state: 'verified', words: verified } : { state: 'problem', words: failureWords(outcome.reason, t) };
}

/** What the reader waits for: blocks that this hospital fetches, or a long way along the chain. */
function waitWords(history: LedgerStatus['history'], walk: WalkProgress | undefined, t: TFunction): string {
  if (history !== undefined)
    return t('check.historyComes', { have: formatNumber(history.have), of: formatNumber(history.of) });
  if (walk !== undefined && walk.height < walk.of)
    return t('check.walking', { height: formatNumber(walk.height), of: formatNumber(walk.of) });
  return t('check.checking');
}
