import { request } from './request.ts';
import { writeOnce } from './write-once.ts';

/**
 * Sends a change to this hospital's API; answers with the parsed body, undefined when there is none. Sent again because no
 * answer came, it is the same change, and is done once.
 */
export async function sendJson(method: 'POST' | 'DELETE', path: string, body?: object): Promise<unknown> {
  const sent = body === undefined ? undefined : JSON.stringify(body);
  const text = await writeOnce(JSON.stringify([method, path, sent ?? null]), async (key) => {
    const headers = {
      'idempotency-key': key,
      ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const response = await request(path, { method, headers, ...(sent === undefined ? {} : { body: sent }) });
    // An answer that breaks off is none.
    return await response.text();
  });
  return text === '' ? undefined : JSON.parse(text);
}
