// The tamper lab of the demo, as its hospital tells it: what lies on the disks, and what the node wrote down.
import type { Lab, LabBlock, LabChangeRequest, LabTold } from '@clearchart/api';
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { statusOf } from '../connection/fault-words.ts';
import { getJson } from '../connection/get-json.ts';
import { ONLY_IN_BROWSER } from '../connection/only-in-browser.ts';
import { postJson } from '../connection/post-json.ts';
import { isDamaged } from './copies.ts';

/** While something is awaited: a hospital that starts, a change that is found. */
const ASK_AGAIN_MS = 2_000;

/** Two hospitals, of which one can give what the other lost, and a block that both have. */
export function isReady({ hospitals, newest }: Lab): boolean {
  return hospitals.length > 1 && newest > 0;
}

/** Null where there is no lab. */
export function useLab() {
  return useQuery<Lab | null>({
    queryKey: ['lab'],
    meta: ONLY_IN_BROWSER,
    staleTime: 0,
    refetchInterval: ({ state: { data } }) =>
      data !== null && data !== undefined && (!isReady(data) || data.open !== undefined) ? ASK_AGAIN_MS : false,
    queryFn: async ({ signal }) => {
      try {
        return await getJson('/api/demo/lab', (shapes) => shapes.labSchema, signal);
      } catch (error) {
        if (statusOf(error) === 404) return null;
        throw error;
      }
    },
  });
}

export interface LabPlace {
  organization: string;
  height: number;
}

const keyOf = ({ organization, height }: LabPlace) => ['lab', organization, height];

export function useLabBlock(place: LabPlace) {
  const { organization, height } = place;
  return useQuery<LabBlock>({
    queryKey: keyOf(place),
    meta: ONLY_IN_BROWSER,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.story.copies.some(isDamaged) === true ? ASK_AGAIN_MS : false),
    queryFn: ({ signal }) =>
      getJson(`/api/demo/lab/blocks/${height}?organization=${organization}`, (shapes) => shapes.labBlockSchema, signal),
  });
}

/** What was answered is shown at once; the copies are then looked at anew. */
async function told(client: QueryClient, place: LabPlace, { story }: LabTold): Promise<void> {
  await client.cancelQueries({ queryKey: keyOf(place) });
  client.setQueryData<LabBlock>(keyOf(place), (block) => (block === undefined ? undefined : { ...block, story }));
}

export function useLabChange() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (asked: LabChangeRequest): Promise<LabTold> =>
      postJson('/api/demo/lab/change', asked, (shapes) => shapes.labToldSchema),
    onSuccess: (answer, asked) => told(client, asked, answer),
    onSettled: () => client.invalidateQueries({ queryKey: ['lab'] }),
  });
}

export function useLabRead() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ organization, height }: LabPlace): Promise<LabTold> =>
      postJson('/api/demo/lab/read', { organization, height }, (shapes) => shapes.labToldSchema),
    onSuccess: (answer, place) => told(client, place, answer),
    onSettled: () => client.invalidateQueries(),
  });
}
