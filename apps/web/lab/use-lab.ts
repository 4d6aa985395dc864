// The tamper lab of the demo, as its hospital tells it: what lies on the disks, and what the node wrote down.
import type { Lab, LabBlock, LabChanged, LabChangeRequest, LabRead } from '@clearchart/api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { statusOf } from '../connection/fault-words.ts';
import { getJson } from '../connection/get-json.ts';
import { ONLY_IN_BROWSER } from '../connection/only-in-browser.ts';
import { postJson } from '../connection/post-json.ts';

/** Null where there is no lab. */
export function useLab() {
  return useQuery({
    queryKey: ['lab'],
    meta: ONLY_IN_BROWSER,
    queryFn: async ({ signal }): Promise<Lab | null> => {
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

export function useLabBlock({ organization, height }: LabPlace) {
  return useQuery({
    queryKey: ['lab', organization, height],
    meta: ONLY_IN_BROWSER,
    enabled: height >= 1,
    staleTime: 0,
    queryFn: ({ signal }): Promise<LabBlock> =>
      getJson(`/api/demo/lab/blocks/${height}?organization=${organization}`, (shapes) => shapes.labBlockSchema, signal),
  });
}

export function useLabChange() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (asked: LabChangeRequest): Promise<LabChanged> =>
      postJson('/api/demo/lab/change', asked, (shapes) => shapes.labChangedSchema),
    onSettled: () => client.invalidateQueries({ queryKey: ['lab'] }),
  });
}

export function useLabRead() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ organization, height }: LabPlace): Promise<LabRead> =>
      postJson('/api/demo/lab/read', { organization, height }, (shapes) => shapes.labReadSchema),
    onSettled: () => client.invalidateQueries(),
  });
}
