/**
 * Builds the web app into apps/web/dist, with .gz and .br beside each file. Does nothing when the sources are
 * those of the last build, by the hash of their content, so that a second start takes no time.
 */
import { createHash } from 'node:crypto';
import { glob, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { DRAWN_PAGES, drawnPageOf } from './drawn-pages.ts';

const ROOT = join(import.meta.dirname, '..');
const WEB = join(ROOT, 'apps/web');
const DIST = join(WEB, 'dist');
const MARK = join(DIST, '.sources');
/** What the build reads; tests are not part of it. */
const SOURCES = [
  'apps/web/**/*.{ts,tsx,css,html,json,js,svg}',
  'core/*/**/*.{ts,json}',
  'package-lock.json',
  'tools/build-web.ts',
  'tools/drawn-pages.ts',
];
const COMPRESSED = /\.(?:js|css|html|svg|json|txt)$/;
/** Those that the node draws pages in (apps/node/http/drawn-pages.ts). */
const DRAWN_LANGUAGES = ['en', 'hi'];
/** Below this size (bytes) compression saves nothing. */
const COMPRESS_FROM = 1024;
const BROTLI_QUALITY = 9;

async function sourceHash(): Promise<string> {
  const files = new Set<string>();
  for (const pattern of SOURCES) {
    for await (const file of glob(pattern, {
      cwd: ROOT,
      exclude: (path) => /(?:^|\/)(?:dist|node_modules)$/.test(path),
    })) {
      if (!/\.test\.tsx?$/.test(file)) files.add(file);
    }
  }
  const hash = createHash('sha256');
  for (const file of [...files].toSorted())
    hash
      .update(`${file}\0`)
      .update(await readFile(join(ROOT, file)))
      .update('\0');
  return hash.digest('hex');
}

async function compress(file: string): Promise<void> {
  const bytes = await readFile(file);
  if (bytes.length < COMPRESS_FROM) return;
  const [zipped, brotli] = await Promise.all([
    promisify(gzip)(bytes, { level: 9 }),
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } }),
  ]);
  await Promise.all([writeFile(`${file}.gz`, zipped), writeFile(`${file}.br`, brotli)]);
}

/** Builds if needed; resolves to whether it built. Throws with the reason when the sources do not build. */
export async function buildWeb(): Promise<boolean> {
  const hash = await sourceHash();
  if ((await readFile(MARK, 'utf8').catch(() => '')) === hash) return false;
  const { build } = await import('vite');
  const configFile = join(WEB, 'vite.config.ts');
  await build({ configFile, logLevel: 'warn' });
  // The node draws some pages: the same sources, for a program without a document.
  const server = join(DIST, 'server');
  await build({
    configFile,
    logLevel: 'warn',
    ssr: { noExternal: true },
    // React as it is for development takes twice as long to draw.
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: server,
      ssr: join(WEB, 'drawn/draw.tsx'),
      manifest: false,
      copyPublicDir: false,
      rolldownOptions: { input: join(WEB, 'drawn/draw.tsx') },
    },
  });
  for (const name of DRAWN_PAGES)
    for (const language of DRAWN_LANGUAGES)
      await writeFile(join(server, `${name}.${language}.html`), await drawnPageOf(DIST, name, language));
  const files: string[] = [];
  for await (const file of glob('**/*', { cwd: DIST }))
    if (COMPRESSED.test(file) && !file.startsWith('server/')) files.push(join(DIST, file));
  await Promise.all(files.map(compress));
  await mkdir(DIST, { recursive: true });
  await writeFile(MARK, hash);
  return true;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const started = performance.now();
  const built = await buildWeb();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(
    built ? `Web app built in ${seconds} s: ${relative(process.cwd(), DIST)}\n` : 'Web app is up to date.\n',
  );
}
