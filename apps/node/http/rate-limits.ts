import type { FastifyContextConfig } from 'fastify';

/** A public route that one address may use so often a minute, signed in or not. */
export function perMinute(max: number): FastifyContextConfig & { readonly access: 'public' } {
  return { access: 'public', rateLimit: { max, timeWindow: 60_000, allowList: () => false } };
}
