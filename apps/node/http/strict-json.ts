/** Bodies are JSON as core/records takes it; nothing else is read, and nothing is coerced. */
import { fromUtf8 } from '@clearchart/crypto';
import { parseJson } from '@clearchart/records';
import type { FastifyInstance } from 'fastify';
import { ApiError } from './errors.ts';

const JSON_TYPES = ['application/json', 'application/fhir+json', 'application/json-patch+json'];

const WORDS = {
  'not-json': 'the text is not JSON',
  'duplicate-key': 'an object names a member twice',
  'too-deep': 'it is nested too deeply',
  'half-surrogate': 'a character is incomplete',
  'forbidden-key': 'a member has a name that is not allowed',
} as const;

export function readStrictJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(JSON_TYPES, { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, parseBody(body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
}

function parseBody(body: Buffer): unknown {
  let text: string;
  try {
    text = fromUtf8(body);
  } catch {
    throw new ApiError('not-json', { detail: 'the text is not UTF-8' });
  }
  const parsed = parseJson(text);
  if (!parsed.ok) throw new ApiError('not-json', { detail: WORDS[parsed.fault] });
  return parsed.value;
}
