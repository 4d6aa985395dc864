/** What browsers are told not to do with our answers (CSP level 3). */
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

export async function addSecurityHeaders(app: FastifyInstance, overTls: boolean): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // OPAQUE is WebAssembly: without this sign-in never loads.
        scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
        // Mantine writes styles of its components into the page.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        workerSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(overTls ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: overTls ? { maxAge: 31_536_000 } : false,
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    // What was answered to one caller is kept by nobody on the way.
    if (/^\/(api|fhir)\//.test(request.url) && reply.getHeader('cache-control') === undefined) {
      void reply.header('cache-control', 'no-store');
    }
    done(null, payload);
  });
}
