import type { DemoPeople } from '@clearchart/api';
import { useQuery } from '@tanstack/react-query';
import { statusOf } from './fault-words.ts';
import { getJson } from './get-json.ts';

export type DemoPerson = DemoPeople['people'][number];

/** The demo's invented people; undefined when this hospital is no demo. */
export function useDemoPeople(): readonly DemoPerson[] | undefined {
  const { data } = useQuery({
    queryKey: ['demo'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      try {
        return (await getJson('/api/demo/people', (shapes) => shapes.demoPeopleSchema)).people;
      } catch (error) {
        if (statusOf(error) === 404) return null;
        throw error;
      }
    },
  });
  return data ?? undefined;
}
