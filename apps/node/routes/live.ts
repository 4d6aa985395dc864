/** Server-sent events: what happened on the ledger, by height and id, never whose it is. */
import type { LedgerEvent } from '@clearchart/api';
import type { Engine } from '@clearchart/ledger';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { ApiError } from '../http/errors.ts';

const MOST_LISTENERS = 1_000;
const KEEP_ALIVE_MS = 25_000;

export const liveRoutes =
  (engine: Engine): FastifyPluginCallbackZod =>
  (app, _options, done) => {
    const listeners = new Set<(text: string) => void>();
    const stop = engine.onFinal(({ block, ids }) => {
      const event: LedgerEvent = { kind: 'final', height: block.header.height, transactionIds: [...ids] };
      const text = `event: ledger\ndata: ${JSON.stringify(event)}\n\n`;
      for (const say of listeners) say(text);
    });
    const keepAlive = setInterval(() => {
      for (const say of listeners) say(': still here\n\n');
    }, KEEP_ALIVE_MS);
    keepAlive.unref();
    app.addHook('preClose', () => {
      stop();
      clearInterval(keepAlive);
      for (const say of listeners) say('');
    });

    app.get('/api/events', { config: { access: 'public' } }, (request, reply) => {
      if (listeners.size >= MOST_LISTENERS) throw new ApiError('busy');
      reply.hijack();
      const { raw } = reply;
      raw.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      });
      raw.write('retry: 3000\n\n');
      const say = (text: string): void => {
        if (text === '') raw.end();
        else raw.write(text);
      };
      listeners.add(say);
      request.raw.once('close', () => listeners.delete(say));
    });
    done();
  };
