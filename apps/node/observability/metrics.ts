/** Prometheus figures of one node, in a registry of its own: counts and sizes, never a name, an id or a query. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { FastifyInstance } from 'fastify';
import type { Hospital } from '../hospital.ts';

export function createMetrics({ engine, reader, clinical }: Hospital): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauges: readonly [string, string, () => number][] = [
    ['clearchart_ledger_height', 'Height of the newest block', () => reader.height],
    ['clearchart_ledger_final_height', 'Height of the newest final block', () => engine.status().finalHeight],
    ['clearchart_ledger_pending', 'Transactions waiting for a block', () => engine.status().pending],
    [
      'clearchart_outbox_waiting',
      'Transactions of this hospital that are not final (counted up to 1,000)',
      () => clinical.outbox.waiting(1_000).length,
    ],
    [
      'clearchart_writes_waiting',
      'Clinical writes waiting for their database transaction',
      () => clinical.waitingWrites,
    ],
  ];
  for (const [name, help, read] of gauges) {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  }
  return registry;
}

/** Counts answers by route pattern and status: the pattern holds no value that was sent. */
export function measureRequests(app: FastifyInstance, registry: Registry): void {
  const answers = new Counter({
    name: 'clearchart_http_answers_total',
    help: 'Answers by method, route and status',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'clearchart_http_answer_seconds',
    help: 'Time from request to answer',
    labelNames: ['method', 'route'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    answers.inc({ method: request.method, route, status: String(reply.statusCode) });
    seconds.observe({ method: request.method, route }, reply.elapsedTime / 1000);
    done();
  });
}
