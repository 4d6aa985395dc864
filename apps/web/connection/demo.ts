import type { DemoHospital, DemoPeople } from '@clearchart/api';
import { useQuery } from '@tanstack/react-query';
import { statusOf } from './fault-words.ts';
import { getJson } from './get-json.ts';

export type DemoPerson = DemoPeople['people'][number];

/** How often it is asked whether another hospital is up by now. */
const STARTING_LOOK_MS = 2_000;

/** The demo's invented people; undefined when this hospital is no demo. */
export function useDemoPeople(): readonly DemoPerson[] | undefined {
  return useDemo()?.people;
}

/** The other hospitals of the demo; none where there is no demo. */
export function useDemoHospitals(): readonly DemoHospital[] {
  return useDemo()?.hospitals ?? [];
}

/** Whether this demo lets a visitor change a letter on a disk. */
export function useHasLab(): boolean {
  return useDemo()?.hasLab === true;
}

function useDemo(): DemoPeople | undefined {
  const { data } = useQuery({
    queryKey: ['demo'],
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) =>
      state.data?.hospitals.some((one) => one.state === 'starting') === true ? STARTING_LOOK_MS : false,
    queryFn: async () => {
      try {
        return await getJson('/api/demo/people', (shapes) => shapes.demoPeopleSchema);
      } catch (error) {
        if (statusOf(error) === 404) return null;
        throw error;
      }
    },
  });
  return data ?? undefined;
}
