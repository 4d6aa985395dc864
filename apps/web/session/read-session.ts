// Who is signed in, without anything heavy: every page asks it first.
import { currentSessionSchema, type Session } from '@clearchart/api';
import type { Connection } from './connection.ts';

/** Undefined when nobody is signed in here. */
export async function readSession(connection: Connection): Promise<Session | undefined> {
  const { session } = currentSessionSchema.parse(await connection.requestJson('/api/session'));
  connection.setCsrfToken(session?.csrfToken);
  return session ?? undefined;
}
