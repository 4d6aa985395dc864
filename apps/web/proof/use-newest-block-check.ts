import type { LedgerStatus } from '@clearchart/api';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SealState } from '../parts/seal.tsx';
import { failureWords } from './failure-words.ts';

/** The landing page's own small proof: this browser follows the chain up to its newest block. */
export function useNewestBlockCheck(status: LedgerStatus | undefined): { state: SealState; words: string } {
  const { t } = useTranslation();
  const [outcome, setOutcome] = useState<{ ok: boolean; reason?: string; confirmedBy?: number }>();
  const height = status?.finalHeight ?? 0;
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
      } catch {
        // No answer: the seal stays "not checked".
      }
    })();
    return () => {
      current = false;
    };
  }, [height]);
  if (outcome === undefined) return { state: 'unchecked', words: t('check.checking') };
  const { ok, confirmedBy = 0 } = outcome;
  const verified = confirmedBy > 1 ? t('check.confirmedBy', { count: confirmedBy }) : t('check.inYourBrowser');
  return ok ? { state: 'verified', words: verified } : { state: 'problem', words: failureWords(outcome.reason, t) };
}
