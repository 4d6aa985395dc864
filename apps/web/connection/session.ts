// Who is signed in, for every page; and what must be forgotten when that changes.
import type { Session } from '@clearchart/api';
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { forgetAllDrafts } from '../profile/draft.ts';
import { adopt, currentSession, signIn, signOut } from '../session/index.ts';
import { statusOf } from './fault-words.ts';

export type { Session } from '@clearchart/api';

const KEY = ['session'];

/** FHIR id of the patient's own record; undefined until the desk has linked one. */
export function ownPatientId(session: Session | undefined): string | undefined {
  if (session?.state !== 'active' || session.person?.startsWith('Patient/') !== true) return undefined;
  return session.person.slice('Patient/'.length);
}

/** All that was fetched but who is signed in and the demo's people, who are everybody's: the tour goes on through both. */
const isPersonal = ({ queryKey }: { queryKey: readonly unknown[] }): boolean =>
  queryKey[0] !== 'session' && queryKey[0] !== 'demo';

/** Nothing of this person stays in the tab, nor goes on by itself: a write that waits for the network would be another's. */
export function forgetPerson(client: QueryClient): void {
  forgetAllDrafts();
  client.removeQueries({ predicate: isPersonal });
  client.getMutationCache().clear();
  client.setQueryData(KEY, null);
}

const fetchSession = async (): Promise<Session | null> => (await currentSession()) ?? null;

/** When the page came with what it was drawn with. */
export function adoptSession(client: QueryClient): void {
  const session = client.getQueryData<Session | null>(KEY);
  if (session) adopt(session);
}

export function useSession() {
  const client = useQueryClient();
  const { data, isPending } = useQuery({ queryKey: KEY, queryFn: fetchSession, staleTime: Number.POSITIVE_INFINITY });
  return {
    session: data ?? undefined,
    loading: isPending,
    /** Asks the node again, after a registration or a recovery has signed somebody in. */
    refresh: useCallback(() => client.fetchQuery({ queryKey: KEY, queryFn: fetchSession, staleTime: 0 }), [client]),
    signIn: useCallback(
      async (email: string, password: string) => {
        // The same person keeps the page and its forms; when it is another, shell/one-person.tsx has let them go by then.
        const session = await signIn(email, password);
        client.setQueryData(KEY, session);
        return session;
      },
      [client],
    ),
    signOut: useCallback(async () => {
      try {
        await signOut();
      } catch (error) {
        if (statusOf(error) !== 401) throw error;
      } finally {
        // Also when the session had ended by itself.
        forgetPerson(client);
      }
    }, [client]),
  };
}
