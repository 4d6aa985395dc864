// Writing to the hospital's own API where the answer is looked at: it is parsed once, here, as in get-json.ts.
import type * as Shapes from '@clearchart/api';
import { sendJson } from './send-json.ts';

/** POSTs to a path of this origin; a refusal is thrown with its status and code, an answer of another shape as a fault. */
export async function postJson<Answer>(
  path: string,
  body: object | undefined,
  shape: (shapes: typeof Shapes) => { parse(value: unknown): Answer },
): Promise<Answer> {
  const [answer, shapes] = await Promise.all([sendJson('POST', path, body), import('@clearchart/api')]);
  return shape(shapes).parse(answer);
}
