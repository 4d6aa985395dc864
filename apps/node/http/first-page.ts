/** The first page as the node draws it: text at once, with what its own API answers just now. Without the build for it there is none. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** A page is drawn anew at most this often, however many ask. */
const KEPT_MS = 1_000;
const LANGUAGES = ['en', 'hi'] as const;
type Language = (typeof LANGUAGES)[number];

interface Drawing {
  /** Blocks that the page shows. */
  readonly TILES: number;
  drawFirstPage(language: Language, seed: object): Promise<{ readonly html: string; readonly title: string }>;
}

interface Kept {
  readonly at: number;
  readonly page: Promise<{ readonly plain: Buffer; readonly zipped: Buffer }>;
}

/** False when it cannot be drawn now, as while the ledger does not answer; nothing has been sent then. */
export type SendFirstPage = (request: FastifyRequest, reply: FastifyReply) => Promise<boolean>;

/** Undefined when the web app was built without it. */
export async function openFirstPage(app: FastifyInstance, webFolder: string): Promise<SendFirstPage | undefined> {
  const documentOf = (language: Language) => join(webFolder, `server/first-page.${language}.html`);
  if (!LANGUAGES.every((language) => existsSync(documentOf(language)))) return undefined;
  const empty = new Map(LANGUAGES.map((language) => [language, readFileSync(documentOf(language), 'utf8')]));
  const { drawFirstPage, TILES } = (await import(pathToFileURL(join(webFolder, 'server/draw.js')).href)) as Drawing;
  const kept = new Map<Language, Kept>();

  async function answer(path: string): Promise<unknown> {
    const { statusCode, payload } = await app.inject({ method: 'GET', url: path });
    return statusCode === 200 ? (JSON.parse(payload) as unknown) : null;
  }

  async function draw(language: Language) {
    const [demo, status] = await Promise.all([answer('/api/demo/people'), answer('/api/ledger/status')]);
    const { height } = status as { height: number };
    const from = Math.max(1, height - TILES + 1);
    const headers = await answer(`/api/ledger/headers?from=${from}&limit=${TILES}`);
    const seed = { language, demo, status, from, limit: TILES, headers };
    const { html, title } = await drawFirstPage(language, seed);
    // In a script element only `<` could end it.
    const json = JSON.stringify(seed).replaceAll('<', '\\u003c');
    const places: Readonly<Record<string, string>> = {
      title: escaped(title),
      page: html,
      seed: `<script type="application/json" id="first-page-seed">${json}</script>`,
    };
    const whole = (empty.get(language) ?? '').replaceAll(
      /\{\{(title|page|seed)\}\}/g,
      (_place, name: string) => places[name] ?? '',
    );
    const plain = Buffer.from(whole);
    return { plain, zipped: await promisify(gzip)(plain) };
  }

  return async (request, reply) => {
    const language = languageOf(request.headers['accept-language']);
    let known = kept.get(language);
    const now = performance.now();
    if (known === undefined || now - known.at > KEPT_MS) {
      known = { at: now, page: draw(language) };
      kept.set(language, known);
    }
    const page = await known.page.catch((fault: unknown) => {
      request.log.warn({ fault: fault instanceof Error ? fault.name : 'unknown' }, 'the first page could not be drawn');
      return undefined;
    });
    if (page === undefined) return false;
    void reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .header('vary', 'Accept-Encoding, Accept-Language, Cookie');
    if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) await reply.send(page.plain);
    else await reply.header('content-encoding', 'gzip').send(page.zipped);
    return true;
  };
}

/** The first language named that there is; the page's own script corrects what the reader has chosen here before. */
function languageOf(accepted: string | undefined): Language {
  const named = (accepted ?? '').split(',').map((one) => one.trim().slice(0, 2).toLowerCase());
  return (
    LANGUAGES.find((language) => language === named.find((one) => LANGUAGES.some((known) => known === one))) ?? 'en'
  );
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
