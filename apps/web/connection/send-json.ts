import { request } from './request.ts';

/** Sends a change to this hospital's API; answers with the parsed body, undefined when there is none. */
export async function sendJson(method: 'POST' | 'DELETE', path: string, body?: object): Promise<unknown> {
  const response = await request(path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
}
