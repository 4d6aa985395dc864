/** The web app as built: hashed files for ever, its page for the paths it knows, and a 404 that says 404. */
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { answerError } from './error-answers.ts';
import { ApiError } from './errors.ts';
import { type DrawnPageName, openDrawnPages } from './drawn-pages.ts';

/** Every path of apps/web/shell/router.ts. */
const WEB_PATHS = [
  '/',
  '/sign-in',
  '/register',
  '/recover',
  '/new-key',
  '/mailbox',
  '/enrol',
  '/account',
  '/account/link',
  '/me',
  '/me/profile',
  '/me/problems',
  '/book',
  '/book/move/:appointment',
  '/book/for/:id',
  '/schedule',
  '/schedule/on/:day',
  '/schedule/hours',
  '/schedule/hours/:role',
  '/me/prescriptions',
  '/me/accesses',
  '/today',
  '/patients',
  '/patients/:id',
  '/receipts/:type/:id/:version',
  '/registry',
  '/registry/import',
  '/explorer',
  '/explorer/blocks/:height',
  '/hospitals',
  '/node',
  '/lab',
  '/learn/sha-256',
  '/verify',
];

/** What the node draws, and for whom: who has signed in is greeted by the app itself. */
const DRAWN: ReadonlyMap<string, { name: DrawnPageName; for(request: FastifyRequest): boolean }> = new Map([
  ['/', { name: 'first-page', for: ({ session }) => session === undefined }],
  ['/patients/:id', { name: 'chart', for: ({ session }) => session?.caller.role === 'practitioner' }],
]);

const PUBLIC = { config: { access: 'public', rateLimit: false } } as const;
const IMMUTABLE = 'public, max-age=31536000, immutable';
const PAGE = 'index.html';

/** Without a folder or a build in it there is no page, and every path of it is 404. */
export async function serveWeb(
  app: FastifyInstance,
  { webFolder: folder, timeZone = 'UTC' }: { readonly webFolder?: string; readonly timeZone?: string },
  isWrongMethod: (request: FastifyRequest) => boolean,
): Promise<void> {
  const answerNotFound = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    // A file that is missing now may come with the next build.
    void reply.header('cache-control', 'no-store');
    return await answerError(new ApiError(isWrongMethod(request) ? 'method-not-allowed' : 'not-found'), request, reply);
  };
  if (folder === undefined || !existsSync(join(folder, PAGE))) {
    app.setNotFoundHandler(answerNotFound);
    return;
  }
  await app.register(fastifyStatic, {
    root: folder,
    serve: false,
    preCompressed: true,
    cacheControl: false,
    dotfiles: 'deny',
  });
  const sendPage = (_request: FastifyRequest, reply: FastifyReply): FastifyReply =>
    reply.header('cache-control', 'no-cache').sendFile(PAGE);
  const sendDrawn = await openDrawnPages(app, folder, timeZone);
  for (const path of WEB_PATHS) {
    const drawn = DRAWN.get(path);
    app.get(path, { ...PUBLIC, schema: { hide: true } }, async (request, reply) => {
      const isDrawn = drawn?.for(request) === true && (await sendDrawn?.(drawn.name, request, reply));
      return isDrawn === true ? reply : sendPage(request, reply);
    });
  }
  app.get('/assets/*', { ...PUBLIC, schema: { hide: true } }, (request, reply) => {
    const name = (request.params as { '*': string })['*'];
    if (!/^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(name)) return answerNotFound(request, reply);
    return reply.header('cache-control', IMMUTABLE).sendFile(`assets/${name}`);
  });
  for (const name of filesBesideThePage(folder)) {
    app.get(`/${name}`, { ...PUBLIC, schema: { hide: true } }, (_request, reply) =>
      reply.header('cache-control', 'no-cache').sendFile(name),
    );
  }
  app.setNotFoundHandler(async (request, reply) => {
    const wantsPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
    if (!wantsPage || /^\/(api|fhir|assets)\//.test(request.url)) {
      return await answerNotFound(request, reply);
    }
    return await reply.code(404).header('cache-control', 'no-cache').sendFile(PAGE);
  });
}

function filesBesideThePage(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== PAGE && /^[A-Za-z0-9._-]+$/.test(entry.name))
    .map(({ name }) => name)
    .filter((name) => !/\.(br|gz)$/.test(name) && !name.startsWith('.'));
}
