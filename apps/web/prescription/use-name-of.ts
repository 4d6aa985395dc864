import { useQuery } from '@tanstack/react-query';
import { readFhir } from '../connection/fhir.ts';
import { type HumanName, personName } from '../record/fhir.ts';

export interface Reference {
  reference?: string;
  display?: string;
}

/** The name of a practitioner whom a resource names: as it stands there, else as the directory has it. */
export function useNameOf(who: Reference | undefined): string | undefined {
  const path = /^Practitioner\/[A-Za-z0-9.-]{1,64}$/.exec(who?.reference ?? '')?.[0];
  const { data } = useQuery({
    queryKey: ['name-of', path],
    enabled: path !== undefined && who?.display === undefined,
    queryFn: async ({ signal }) => personName((await readFhir<{ name?: HumanName[] }>(path ?? '', signal)).name),
  });
  return who?.display ?? data;
}
