/**
 * Pages as the node draws them: text at once, with what its own API answers the reader just now. A reader's page is drawn by
 * requests of that reader alone, with the rights, limits and traces of every other request; nothing of it is kept.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** The same for all who are not signed in: drawn anew at most this often, however many ask. */
const KEPT_MS = 1_000;
/** Then the app comes instead, and asks by itself. */
const DRAWN_WITHIN_MS = 2_000;
/** Bytes of all answers that a page is drawn from, three times a chart of the demo; a longer record is fetched by the app. */
const MOST_ANSWERED = 300_000;
/** Visits and measurements, counted first: of a long record nothing is fetched in vain. */
const MOST_ENTRIES = 200;
const COUNTED = ['Encounter', 'Observation'];
/** Pages that wait for their turn. */
const MOST_WAITING = 8;
const LANGUAGES = ['en', 'hi'] as const;
type Language = (typeof LANGUAGES)[number];

const TITLES = { 'first-page': 'landing.title', chart: 'patient.title' } as const;
export type DrawnPageName = keyof typeof TITLES;

type Ask = (path: string, init: RequestInit) => Promise<Response>;

interface Drawing {
  drawPage(page: {
    readonly language: Language;
    readonly path: string;
    readonly timeZone: string;
    readonly title: string;
    readonly ask: Ask;
  }): Promise<{ readonly html: string; readonly title: string; readonly seed: string }>;
}

interface Page {
  readonly plain: Buffer;
  readonly zipped: Buffer;
}

/** False when it cannot be drawn now, as while the ledger does not answer; nothing has been sent then. */
export type SendDrawn = (name: DrawnPageName, request: FastifyRequest, reply: FastifyReply) => Promise<boolean>;

/** Undefined when the web app was built without it. */
export async function openDrawnPages(
  app: FastifyInstance,
  webFolder: string,
  timeZone: string,
): Promise<SendDrawn | undefined> {
  const documents = new Map<string, string>();
  for (const name of Object.keys(TITLES))
    for (const language of LANGUAGES) {
      const file = join(webFolder, `server/${name}.${language}.html`);
      if (!existsSync(file)) return undefined;
      documents.set(`${name}.${language}`, readFileSync(file, 'utf8'));
    }
  const { drawPage } = (await import(pathToFileURL(join(webFolder, 'server/draw.js')).href)) as Drawing;
  const kept = new Map<Language, { readonly at: number; readonly page: Promise<Page | undefined> }>();
  let waiting = 0;

  /** As the browser would ask, with the reader's own cookie or with none. */
  function askFor({ ip, headers, host }: FastifyRequest, isPersonal: boolean) {
    let answered = 0;
    return async (url: string, { headers: given }: RequestInit): Promise<Response> => {
      const asked = Object.fromEntries(new Headers(given));
      const cookie = isPersonal && headers.cookie !== undefined ? { cookie: headers.cookie } : {};
      const answer = await app.inject({
        method: 'GET',
        url,
        remoteAddress: ip,
        headers: { ...asked, ...cookie, host, 'user-agent': headers['user-agent'] ?? '' },
      });
      answered += answer.rawPayload.length;
      if (answered > MOST_ANSWERED) return new Response(null, { status: 413 });
      const type = String(answer.headers['content-type'] ?? '');
      return new Response(new Uint8Array(answer.rawPayload), {
        status: answer.statusCode,
        headers: { 'content-type': type },
      });
    };
  }

  async function draw(name: DrawnPageName, language: Language, request: FastifyRequest): Promise<Page | undefined> {
    if (waiting >= MOST_WAITING) return undefined;
    waiting += 1;
    try {
      const ask = askFor(request, name !== 'first-page');
      const path = request.url.split('?', 1)[0] ?? '/';
      if (name === 'chart' && (await entriesOf(path, ask)) > MOST_ENTRIES) return undefined;
      const { html, title, seed } = await drawPage({ language, path, timeZone, title: TITLES[name], ask });
      // In a script element only `<` could end it.
      const json = seed.replaceAll('<', '\\u003c');
      const places: Readonly<Record<string, string>> = {
        title: escaped(title),
        page: html,
        seed: `<script type="application/json" id="drawn-page-seed">${json}</script>`,
      };
      const whole = (documents.get(`${name}.${language}`) ?? '').replaceAll(
        /\{\{(title|page|seed)\}\}/g,
        (_place, place: string) => places[place] ?? '',
      );
      const plain = Buffer.from(whole);
      return { plain, zipped: await promisify(gzip)(plain) };
    } catch (fault) {
      request.log.debug({ fault: fault instanceof Error ? fault.name : 'unknown' }, 'a page could not be drawn');
      return undefined;
    } finally {
      waiting -= 1;
    }
  }

  function drawnForAll(language: Language, request: FastifyRequest): Promise<Page | undefined> {
    const known = kept.get(language);
    const now = performance.now();
    if (known !== undefined && now - known.at <= KEPT_MS) return known.page;
    const page = draw('first-page', language, request);
    kept.set(language, { at: now, page });
    return page;
  }

  return async (name, request, reply) => {
    // Nobody reads it yet: no opening is to be written down.
    if (request.method === 'HEAD' || /prefetch/.test(String(request.headers['sec-purpose']))) return false;
    const language = languageOf(request.headers['accept-language']);
    const isForAll = name === 'first-page';
    const drawn = isForAll ? drawnForAll(language, request) : draw(name, language, request);
    const page = await Promise.race([drawn, setTimeout(DRAWN_WITHIN_MS, undefined, { ref: false })]);
    if (page === undefined) return false;
    void reply
      .type('text/html; charset=utf-8')
      .header('cache-control', isForAll ? 'no-cache' : 'no-store')
      .header('vary', 'Accept-Encoding, Accept-Language, Cookie');
    if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) await reply.send(page.plain);
    else await reply.header('content-encoding', 'gzip').send(page.zipped);
    return true;
  };
}

/** Of the record at this path, as far as its reader may know: none where there is no right. */
async function entriesOf(path: string, ask: Ask): Promise<number> {
  const id = path.slice(path.lastIndexOf('/') + 1);
  const counts = COUNTED.map(async (type) => {
    const url = `/fhir/R4/${type}?patient=${encodeURIComponent(id)}&_summary=count`;
    const answer = await ask(url, { headers: { accept: 'application/fhir+json' } });
    return answer.ok ? ((await answer.json()) as { total?: number }).total : undefined;
  });
  return (await Promise.all(counts)).reduce<number>((sum, count) => sum + (count ?? 0), 0);
}

/** The first language named that there is; the page's own script corrects what the reader has chosen here before. */
function languageOf(accepted = ''): Language {
  const named = accepted.split(',').map((one) => one.trim().slice(0, 2).toLowerCase());
  return named.find(isLanguage) ?? 'en';
}

function isLanguage(code: string): code is Language {
  return LANGUAGES.some((language) => language === code);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
