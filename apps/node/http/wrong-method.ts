/** A method that a path does not offer is 405 and names those that it does (RFC 9110 §15.5.6); a path without any is 404. */
import type { FastifyInstance, FastifyRequest } from 'fastify';

interface KnownPath {
  readonly pattern: RegExp;
  readonly methods: Set<string>;
}

/**
 * Watches the routes that are registered after it. Returns whether the request's path is one of them, under
 * another method; the answer with 405 gets its Allow here, whoever gives it.
 */
export function watchMethods(app: FastifyInstance): (request: FastifyRequest) => boolean {
  const known = new Map<string, KnownPath>();
  app.addHook('onRoute', ({ method, url }) => {
    // Of a prefix, the framework also serves the path with a slash at its end, and tells of that in part.
    const path = known.get(url) ?? { pattern: patternOf(url), methods: new Set<string>() };
    known.set(url, path);
    for (const one of [method].flat()) path.methods.add(one);
  });
  const offered = ({ url }: FastifyRequest): Set<string> => {
    const path = url.split('?')[0] ?? '';
    const found = [...known.values()].filter(({ pattern }) => pattern.test(path));
    return new Set(found.flatMap(({ methods }) => [...methods]));
  };
  app.addHook('onSend', (request, reply, payload, done) => {
    if (reply.statusCode === 405) {
      const others = [...offered(request)].filter((method) => method !== request.method);
      void reply.header('allow', others.sort().join(', '));
    }
    done(null, payload);
  });
  return (request) => {
    const methods = offered(request);
    return methods.size > 0 && !methods.has(request.method);
  };
}

/** A parameter is one part of the path, a star all that is left. */
function patternOf(url: string): RegExp {
  const parts = url.split('/').map((part) => {
    if (part.startsWith(':')) return '[^/]+';
    return part === '*' ? '.*' : part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('/').replace(/\/$/, '')}/?$`);
}
