// Reading from the hospital's own API: the answer is parsed once, here, and trusted after. The shapes are fetched with the
// first answer, so that the first page does not wait for them.
import type * as Shapes from '@clearchart/api';
import { requestJson } from '../session/index.ts';

/** GETs a path of this origin; a refusal is thrown with its status and code, an answer of another shape as a fault. */
export async function getJson<Answer>(
  path: string,
  shape: (shapes: typeof Shapes) => { parse(value: unknown): Answer },
  signal?: AbortSignal,
): Promise<Answer> {
  const [answer, shapes] = await Promise.all([
    requestJson(path, signal === undefined ? {} : { signal }),
    import('@clearchart/api'),
  ]);
  return shape(shapes).parse(answer);
}
