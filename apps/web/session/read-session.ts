// Who is signed in, without anything heavy: every page asks it first.
import type { Session } from '@clearchart/api';
import type { Connection } from './connection.ts';

/** Undefined when nobody is signed in here. */
export async function readSession(connection: Connection): Promise<Session | undefined> {
  // The shapes are fetched with the answer, not before the page.
  const [answer, { currentSessionSchema }] = await Promise.all([
    connection.requestJson('/api/session'),
    import('@clearchart/api'),
  ]);
  const { session } = currentSessionSchema.parse(answer);
  connection.setCsrfToken(session?.csrfToken);
  return session ?? undefined;
}
