import type { DeskDispute, Dispute, DisputeAnswer } from '@clearchart/api';
import { useQuery } from '@tanstack/react-query';
import { getJson } from '../connection/get-json.ts';
import { sendJson } from '../connection/send-json.ts';
import type { AccessLineView } from '../proof/check-accesses.ts';

/** What the patient has asked about accesses, and what the hospital has answered. */
export function useDisputes(patient: string | undefined) {
  return useQuery({
    queryKey: ['disputes', patient],
    enabled: patient !== undefined,
    queryFn: async ({ signal }) => {
      const path = `/api/patients/${encodeURIComponent(patient ?? '')}/disputes`;
      return (await getJson(path, (shapes) => shapes.disputeListSchema, signal)).disputes;
    },
  });
}

export function disputeOf({ access }: AccessLineView, disputes: readonly Dispute[]): Dispute | undefined {
  return disputes.find((one) => one.access === access);
}

/** Asked twice, it is still one question: a repeated click does no harm. */
export function askAbout(patient: string, access: string, words: string): Promise<unknown> {
  const path = `/api/patients/${encodeURIComponent(patient)}/accesses/${access}/dispute`;
  return sendJson('POST', path, words.trim() === '' ? {} : { words: words.trim() });
}

/** What waits at the desk. */
export function useDeskDisputes(enabled = true) {
  return useQuery({
    queryKey: ['desk-disputes'],
    enabled,
    queryFn: async ({ signal }): Promise<readonly DeskDispute[]> =>
      (await getJson('/api/disputes', (shapes) => shapes.deskDisputeListSchema, signal)).disputes,
  });
}

export function answerDispute(id: string, answer: DisputeAnswer): Promise<unknown> {
  return sendJson('POST', `/api/disputes/${encodeURIComponent(id)}/answer`, answer);
}
