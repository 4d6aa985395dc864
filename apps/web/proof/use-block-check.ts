import type { LedgerBlock, LedgerStatus } from '@clearchart/api';
import { useCallback, useEffect, useState } from 'react';
import type { CheckStep } from './check-step.ts';
import type { Voters } from './final-votes.ts';

interface BlockCheckState {
  check: { steps: readonly CheckStep[] };
  /** Who made the block final, once this browser has checked it. */
  voters: Voters | undefined;
  error: unknown;
  milliseconds: number | undefined;
  again: () => void;
}

/** Checks a block as soon as it is shown, step by step. */
export function useBlockCheck(block: LedgerBlock, status: LedgerStatus): BlockCheckState {
  const [steps, setSteps] = useState<readonly CheckStep[]>([]);
  const [voters, setVoters] = useState<Voters>();
  const [error, setError] = useState<unknown>();
  const [milliseconds, setMilliseconds] = useState<number>();
  const [round, setRound] = useState(0);
  const { chainId } = status;
  useEffect(() => {
    let current = true;
    const started = performance.now();
    setError(undefined);
    setMilliseconds(undefined);
    setVoters(undefined);
    void (async () => {
      try {
        const [{ checkBlock }, { followedAnew, followedUpTo }, { browserVerifier }, { fetchFinality, fetchHeaders }] =
          await Promise.all([
            import('./check-block.ts'),
            import('./followed-chain.ts'),
            import('./browser-verifier.ts'),
            import('./sources.ts'),
          ]);
        const follow = round === 0 ? followedUpTo : () => followedAnew();
        const done = await checkBlock(block, {
          verifier: browserVerifier,
          follow,
          headers: fetchHeaders,
          finality: fetchFinality,
          onStep: (next) => current && setSteps(next),
        });
        if (!current) return;
        setSteps([...done.steps]);
        setVoters(done.voters);
        setMilliseconds(performance.now() - started);
      } catch (fault) {
        if (current) setError(fault);
      }
    })();
    return () => {
      current = false;
    };
  }, [block, chainId, round]);
  const again = useCallback(() => setRound((before) => before + 1), []);
  return { check: { steps }, voters, error, milliseconds, again };
}
