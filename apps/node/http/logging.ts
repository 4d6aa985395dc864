/** One line a request: method, the route's pattern, status, time. No query, no body, no id of a resource, no address. */
import type { FastifyInstance } from 'fastify';
import { type DestinationStream, pino } from 'pino';

export interface LogPorts {
  readonly level: string;
  /** Standard output unless given. */
  readonly stream?: DestinationStream;
}

export function createLogger({ level, stream }: LogPorts) {
  const options = {
    level,
    base: null,
    redact: { paths: ['req', 'res', 'headers', '*.headers', 'body', '*.body', 'query', 'url'], remove: true },
  };
  return stream === undefined ? pino(options) : pino(options, stream);
}

export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, done) => {
    request.log.info(
      {
        requestId: request.id,
        method: request.method,
        route: request.routeOptions.url ?? 'unknown',
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime),
      },
      'answered',
    );
    done();
  });
}
