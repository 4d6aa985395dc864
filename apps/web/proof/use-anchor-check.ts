import { useQuery } from '@tanstack/react-query';
import { ONLY_IN_BROWSER } from '../connection/only-in-browser.ts';
import type { CheckLink } from '../verify/check-link.ts';
import type { CheckStep } from './check-step.ts';

/** Checks that a fingerprint stands in the newest state of the chain this browser follows; no account needed. */
export function useAnchorCheck(link: CheckLink): { check: { steps: readonly CheckStep[] }; error: unknown } {
  const { data, error } = useQuery({
    queryKey: ['anchor', link.chainId, link.record, link.version, link.commitment],
    meta: ONLY_IN_BROWSER,
    queryFn: async (): Promise<CheckStep[]> => {
      const [{ recordCheckPorts }, { anchoredNow }, { followedUpTo }] = await Promise.all([
        import('./sources.ts'),
        import('./check-record.ts'),
        import('./followed-chain.ts'),
      ]);
      const followed = await followedUpTo(0);
      const failure = !followed.ok
        ? followed.reason
        : followed.chain.chainId === link.chainId
          ? undefined
          : 'other-chain';
      if (failure !== undefined || !followed.ok)
        return [{ name: 'walk', state: 'failed', reason: failure ?? '', values: { count: 0 } }];
      const walk: CheckStep = { name: 'walk', state: 'done', values: { count: followed.chain.head.height } };
      const anchored = await anchoredNow(link.record, link.version, link.commitment, recordCheckPorts);
      return [
        walk,
        {
          name: 'state',
          state: anchored.ok ? 'done' : 'failed',
          reason: anchored.reason ?? '',
          values: { height: anchored.height },
        },
      ];
    },
  });
  return { check: { steps: data ?? [] }, error: error ?? undefined };
}
