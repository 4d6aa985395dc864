import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ONLY_IN_BROWSER } from '../connection/only-in-browser.ts';
import { codeOf } from '../connection/fault-words.ts';
import { useCutOff } from '../connection/cut-off.ts';
import { useLedgerEvents } from '../connection/ledger-events.ts';
import { formatTime } from '../language/format.ts';
import type { SealState } from '../parts/seal.tsx';
import type { Resource } from '../record/fhir.ts';
import { formatCheckLink } from '../verify/check-link.ts';
import type { ReceiptFacts } from './check-record.ts';
import type { CheckStep } from './check-step.ts';
import { failureWords } from './failure-words.ts';
import { takeTurn } from './turns.ts';

export interface RecordCheck {
  state: SealState;
  words: string;
  checkedAt: number | undefined;
  steps: readonly CheckStep[];
  facts: (ReceiptFacts & { checkUrl: string }) | undefined;
  /** Set when the version could not be fetched at all. */
  error: unknown;
}

/**
 * Checks one version of a resource in this browser, once `enabled`. When the resource carries more than its name, the content
 * shown must be the content sealed.
 */
export function useRecordCheck(resource: Resource, enabled: boolean): RecordCheck {
  const { t } = useTranslation();
  const cut = useCutOff();
  const version = resource.meta?.versionId ?? '1';
  const query = useQuery({
    queryKey: ['check', resource.resourceType, resource.id, version],
    meta: ONLY_IN_BROWSER,
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () =>
      takeTurn(async () => {
        const [{ fetchRecordVersion, recordCheckPorts }, { checkRecord }] = await Promise.all([
          import('./sources.ts'),
          import('./check-record.ts'),
        ]);
        const served = await fetchRecordVersion(resource.resourceType, resource.id, version);
        const shown = Object.keys(resource).length > 3 ? resource : undefined;
        const outcome = await checkRecord(served, shown, recordCheckPorts);
        return { ...outcome, finality: served.finality, at: Date.now() };
      }),
  });
  const waiting = query.data !== undefined && query.data.steps.length === 0;
  useLedgerEvents((event) => {
    if (waiting && event.kind !== 'pending') void query.refetch();
  });
  const { data } = query;
  const failed = data?.steps.find((step) => step.state === 'failed');
  const state: SealState =
    data === undefined
      ? 'unchecked'
      : failed !== undefined
        ? 'problem'
        : waiting
          ? data.finality === 'pending'
            ? 'sealed'
            : 'pending'
          : 'verified';
  const confirmed = data?.facts?.voters?.voted.length ?? 0;
  const words: Record<SealState, string> = {
    sealed: t('seal.sealed'),
    pending: t('seal.pendingHere'),
    final: t('seal.unchecked'),
    unchecked: codeOf(query.error) === 'history-incomplete' ? t('seal.historyComes') : t('seal.unchecked'),
    verified: confirmed > 1 ? t('seal.verifiedWith', { count: confirmed }) : t('seal.verified'),
    problem: failed === undefined ? '' : `${t('seal.problem')}: ${failureWords(failed.reason, t)}`,
  };
  const facts = data?.facts;
  // What the hospital holds now cannot be looked at: the check is of then.
  const old = cut !== undefined && state === 'verified' && data !== undefined;
  return {
    state: old ? 'unchecked' : state,
    words: old ? t('seal.uncheckedSince', { when: formatTime(data.at) }) : words[state],
    checkedAt: data?.at,
    steps: data?.steps ?? [],
    facts:
      facts === undefined
        ? undefined
        : {
            ...facts,
            checkUrl: formatCheckLink(location.origin, {
              chainId: facts.chainId,
              record: facts.record,
              version: facts.recordVersion,
              commitment: facts.commitment,
            }),
          },
    error: query.error ?? undefined,
  };
}
