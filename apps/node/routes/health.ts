/** For whoever runs the node: is it alive, is it ready, how is it doing. */
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import type { Registry } from 'prom-client';
import { z } from 'zod';

const PUBLIC = { access: 'public' } as const;

export interface HealthPorts {
  readonly metrics: Registry;
  /** Undefined when ready, else why not. */
  readonly notReady: () => string | undefined;
}

export const healthRoutes =
  ({ metrics, notReady }: HealthPorts): FastifyPluginCallbackZod =>
  (app, _options, done) => {
    const answer = z.object({ status: z.string(), reason: z.string().optional() });
    app.get('/healthz', { config: PUBLIC, schema: { response: { 200: answer } } }, async () => ({ status: 'alive' }));
    app.get(
      '/readyz',
      { config: PUBLIC, schema: { response: { 200: answer, 503: answer } } },
      async (_request, reply) => {
        const reason = notReady();
        return reason === undefined ? { status: 'ready' } : await reply.code(503).send({ status: 'not ready', reason });
      },
    );
    app.get('/metrics', { config: PUBLIC }, async (_request, reply) =>
      reply.type(metrics.contentType).send(await metrics.metrics()),
    );
    done();
  };
