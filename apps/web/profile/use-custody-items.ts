// Which entries wait for the patient's word: signatures and custody are read from the ledger by this browser.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ONLY_IN_BROWSER } from '../connection/only-in-browser.ts';
import { useSession } from '../connection/session.ts';
import { takeTurn } from '../proof/turns.ts';
import { useRecordDisputes } from '../record/record-disputes.ts';
import { useProvenances } from '../record/use-record.ts';
import { readSignature } from '../visit/provenance.ts';
import { type CheckedSignature, type CustodyItem, openCustodyItems } from './custody-items.ts';

const ASK_AGAIN_AFTER_MS = 2_000;

export interface CustodyItems {
  readonly items: readonly CustodyItem[];
  /** Why it could not be checked what waits; null when it could. */
  readonly error: Error | null;
  readonly retry: () => void;
}

export function useCustodyItems(patientId: string): CustodyItems {
  const { session } = useSession();
  const pseudonym = session?.pseudonym;
  const provenances = useProvenances(patientId);
  const disputes = useRecordDisputes(`patient=${encodeURIComponent(patientId)}`);
  const person = `Patient/${patientId}`;
  const own = (provenances.data ?? [])
    .flatMap((provenance) => readSignature(provenance) ?? [])
    .filter((signature) => signature.person === person);
  const { data, error, refetch } = useQuery({
    queryKey: ['check', 'custody', pseudonym, own.map(({ provenance }) => provenance.id)],
    meta: ONLY_IN_BROWSER,
    enabled: pseudonym !== undefined && own.length > 0,
    // The list stays while what was just confirmed is checked.
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: (query) =>
      query.state.data?.some(({ verdict }) => verdict === 'waiting') === true ? ASK_AGAIN_AFTER_MS : false,
    queryFn: () =>
      takeTurn(async (): Promise<CheckedSignature[]> => {
        const { checkSignature, wasInCustody } = await import('../visit/check-signature.ts');
        if (pseudonym === undefined || !(await wasInCustody(pseudonym))) return [];
        const checked = [];
        for (const signature of own) checked.push({ signature, verdict: await checkSignature(signature) });
        return checked;
      }),
  });
  return {
    items: data === undefined || disputes.data === undefined ? [] : openCustodyItems(data, disputes.data),
    error: error ?? disputes.error,
    retry: () => void Promise.all([refetch(), disputes.refetch()]),
  };
}
