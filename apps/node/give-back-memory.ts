/**
 * Hands what a thread has allocated and dropped back to the system. V8 collects when it allocates, so a thread that has loaded much and then
 * idles would keep its garbage for ever.
 */
import { Session } from 'node:inspector/promises';

export async function giveBackMemory(): Promise<void> {
  const session = new Session();
  session.connect();
  await session.post('HeapProfiler.collectGarbage');
  session.disconnect();
}
