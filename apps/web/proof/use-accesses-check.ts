import type { AccessList } from '@clearchart/api';
import { useQuery } from '@tanstack/react-query';
import { ONLY_IN_BROWSER } from '../connection/only-in-browser.ts';
import type { AccessesOutcome, AccessLineView } from './check-accesses.ts';

export interface AccessesCheck {
  list: AccessList;
  lines: AccessLineView[];
  outcome: AccessesOutcome;
  checkedAt: number;
}

/** The patient's list of accesses, fetched whole and checked in this browser. */
export function useAccessesCheck(patient: string | undefined) {
  return useQuery({
    queryKey: ['accesses', patient],
    meta: ONLY_IN_BROWSER,
    enabled: patient !== undefined,
    queryFn: async (): Promise<AccessesCheck> => {
      const [{ fetchAccesses }, { checkAccesses, accessLines }, { followedUpTo }] = await Promise.all([
        import('./sources.ts'),
        import('./check-accesses.ts'),
        import('./followed-chain.ts'),
      ]);
      const list = await fetchAccesses(patient ?? '');
      const outcome = await checkAccesses(list, followedUpTo);
      return { list, lines: accessLines(list), outcome, checkedAt: Date.now() };
    },
  });
}
