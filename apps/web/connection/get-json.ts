// Reading from the hospital's own API: the answer is parsed once, here, and trusted after.
import type { z } from 'zod';
import { requestJson } from '../session/index.ts';

/** GETs a path of this origin; a refusal is thrown with its status and code. */
export async function getJson<Schema extends z.ZodType>(path: string, schema: Schema, signal?: AbortSignal): Promise<z.infer<Schema>> {
  return schema.parse(await requestJson(path, signal === undefined ? {} : { signal }));
}
