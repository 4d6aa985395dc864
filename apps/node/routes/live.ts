/** Server-sent events: what happened on the ledger, by height and id, never whose it is. */
import type { LedgerEvent } from '@clearchart/api';
import type { Engine } from '@clearchart/ledger';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { networkOf } from '../accounts/network.ts';
import { ApiError } from '../http/errors.ts';
import { type Listener, LiveListeners } from './live-listeners.ts';

const KEEP_ALIVE_MS = 25_000;
/** When to come again after there was no room. */
const AGAIN_SECONDS = 30;

export const liveRoutes =
  (engine: Pick<Engine, 'onFinal'>): FastifyPluginCallbackZod =>
  (app, _options, done) => {
    const listeners = new LiveListeners();
    const stop = engine.onFinal(({ block, ids }) => {
      const event: LedgerEvent = { kind: 'final', height: block.header.height, transactionIds: [...ids] };
      listeners.say(`event: ledger\ndata: ${JSON.stringify(event)}\n\n`);
    });
    const keepAlive = setInterval(() => listeners.say(': still here\n\n'), KEEP_ALIVE_MS);
    keepAlive.unref();
    app.addHook('preClose', () => {
      stop();
      clearInterval(keepAlive);
      listeners.endAll();
    });

    // An answer to HEAD would never end.
    app.get('/api/events', { config: { access: 'public' }, exposeHeadRoute: false }, (request, reply) => {
      const { raw } = reply;
      if (!listeners.add(raw, listenerOf(request))) {
        throw new ApiError('too-many-requests', { retryAfterSeconds: AGAIN_SECONDS });
      }
      raw.once('close', () => listeners.remove(raw));
      reply.hijack();
      raw.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      });
      raw.write('retry: 3000\n\n');
    });
    done();
  };

/** Whom the desk has not checked anybody can be, as often as they like. */
function listenerOf({ caller, session, ip }: FastifyRequest): Listener {
  const account = session?.state === 'unverified' ? undefined : (caller?.accountId ?? caller?.tokenId);
  return account === undefined ? { name: networkOf(ip), signedIn: false } : { name: account, signedIn: true };
}
