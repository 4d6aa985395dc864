/** The door for other hospitals' nodes: messages that are taken in silence, and questions that are answered. */
import { toHex } from '@clearchart/crypto';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { ApiError } from '../http/errors.ts';
import { requestCheck, type TakenRequest } from './check-request.ts';
import { LARGEST_MESSAGE_BYTES } from './limits.ts';
import type { PeerHandler, PeerIdentity } from './ports.ts';
import { answerMessage, PEER_CONTENT_TYPE, PEER_PATHS, type PeerPath, SIGNATURE_HEADER } from './signed-request.ts';

/** Neither counted by address nor shown in the reference of the API: the check counts by organization. */
const OPTIONS = { config: { access: 'peers', rateLimit: false }, schema: { hide: true } } as const;

export const peerRoutes =
  (identity: PeerIdentity, handler: PeerHandler): FastifyPluginCallbackZod =>
  (app, _options, done) => {
    const check = requestCheck(identity, handler);
    const taken = new WeakMap<FastifyRequest, TakenRequest>();
    app.removeAllContentTypeParsers();
    app.addContentTypeParser(PEER_CONTENT_TYPE, (request: FastifyRequest, payload: Readable) =>
      readBody(payload, takenOf(request)),
    );
    app.addHook('onRequest', (request, reply, next) => {
      const { headers, ip: address } = request;
      const one = check({ path: request.routeOptions.url as PeerPath, headers, address });
      taken.set(request, one);
      reply.raw.once('close', one.release);
      next();
    });
    app.addHook('onSend', (_request, reply, payload, next) => {
      // What is still to come of the body is not waited for.
      if (reply.statusCode >= 400) void reply.header('connection', 'close');
      next(null, payload);
    });

    function takenOf(request: FastifyRequest): TakenRequest {
      const one = taken.get(request);
      if (one === undefined) throw new Error('a route for peers was reached unchecked');
      return one;
    }

    function bodyOf(request: FastifyRequest): Uint8Array {
      if (request.body instanceof Uint8Array) return request.body;
      throw new ApiError('content-type-unsupported');
    }

    app.post(PEER_PATHS.messages, OPTIONS, (request, reply) => {
      handler.receive(takenOf(request).sender, bodyOf(request));
      return reply.code(204).send();
    });
    app.post(PEER_PATHS.questions, OPTIONS, async (request, reply) => {
      const { sender, message, answered } = takenOf(request);
      const answer = await handler.answer(sender, bodyOf(request));
      if (answer.length > LARGEST_MESSAGE_BYTES) throw new Error(`an answer of ${answer.length} bytes is too long`);
      answered(answer.length);
      const signature = toHex(identity.signer().sign(answerMessage(message, answer)));
      return await reply.header(SIGNATURE_HEADER, signature).type(PEER_CONTENT_TYPE).send(Buffer.from(answer));
    });
    done();
  };

/** Only what was signed; never more than was announced, which HTTP itself sees to. */
async function readBody(payload: Readable, { bodyHash, giveBack }: TakenRequest): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const hash = createHash('sha256');
  try {
    for await (const chunk of payload as AsyncIterable<Uint8Array>) {
      hash.update(chunk);
      chunks.push(chunk);
    }
  } catch {
    giveBack();
    throw new ApiError('bad-request', { detail: 'the body did not come whole' });
  }
  if (hash.digest('hex') !== bodyHash) {
    giveBack();
    throw new ApiError('not-signed-by-peer', { detail: 'the body is not what was signed' });
  }
  return new Uint8Array(Buffer.concat(chunks));
}
