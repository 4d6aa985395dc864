import type { DuplicatePair, JoinedPairLine } from '@clearchart/api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getJson } from '../connection/get-json.ts';
import { sendJson } from '../connection/send-json.ts';

const KEYS = ['duplicates', 'told-apart', 'joined-records', 'registry'];

/** Records that may be of one person, the likeliest first; a page of them. */
export function useDuplicates(page: number) {
  return useQuery({
    queryKey: ['duplicates', page],
    queryFn: ({ signal }) => getJson(`/api/duplicates?page=${page}`, (shapes) => shapes.duplicatesSchema, signal),
  });
}

export function useToldApart() {
  return useQuery({
    queryKey: ['told-apart'],
    queryFn: async ({ signal }) =>
      (await getJson('/api/duplicates/apart', (shapes) => shapes.apartListSchema, signal)).pairs,
  });
}

export function useJoinedRecords() {
  return useQuery({
    queryKey: ['joined-records'],
    queryFn: async ({ signal }): Promise<readonly JoinedPairLine[]> =>
      (await getJson('/api/joined-records', (shapes) => shapes.joinedListSchema, signal)).joined,
  });
}

/** A change at the desk, after which all lists about people are read anew. */
export function useDeskAct<Input>(act: (input: Input) => Promise<unknown>, onDone?: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: () => onDone?.(),
    onSettled: () => client.invalidateQueries({ predicate: ({ queryKey }) => KEYS.includes(String(queryKey[0])) }),
  });
}

const ids = (people: DuplicatePair['people']) => ({ patients: people.map(({ id }) => id) });

export const tellApart = (people: DuplicatePair['people']) => sendJson('POST', '/api/duplicates/apart', ids(people));
export const takeBackApart = (people: DuplicatePair['people']) =>
  sendJson('POST', '/api/duplicates/apart/take-back', ids(people));
export const joinRecords = (wish: { survivor: string; replaced: string; reason: string }) =>
  sendJson('POST', '/api/joined-records', wish);
export const separateRecords = ({ replaced, reason }: { replaced: string; reason: string }) =>
  sendJson('POST', `/api/joined-records/${encodeURIComponent(replaced)}/separate`, { reason });
