/** What browsers are told not to do with our answers (CSP level 3). */
import helmet from '@fastify/helmet';
import { type FastifyInstance, fastify } from 'fastify';

/** What helmet writes: the same for every answer, so it is asked once, of a server that writes nothing else. */
async function writtenByHelmet(overTls: boolean): Promise<readonly (readonly [name: string, value: string])[]> {
  const sample = fastify();
  await sample.register(helmet, {
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
  let written: readonly (readonly [string, string])[] = [];
  sample.get('/', (_request, reply) => {
    written = Object.entries(reply.raw.getHeaders()).map(([name, value]) => [name, String(value)]);
    return reply.send();
  });
  await sample.inject('/');
  await sample.close();
  return written;
}

export async function addSecurityHeaders(app: FastifyInstance, overTls: boolean): Promise<void> {
  const written = await writtenByHelmet(overTls);
  app.addHook('onRequest', (_request, reply, done) => {
    for (const [name, value] of written) reply.raw.setHeader(name, value);
    done();
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    // What was answered to one caller is kept by nobody on the way.
    if (/^\/(api|fhir)\//.test(request.url) && reply.getHeader('cache-control') === undefined) {
      void reply.header('cache-control', 'no-store');
    }
    done(null, payload);
  });
}
