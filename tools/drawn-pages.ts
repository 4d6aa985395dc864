/** The document of a page that the node draws: styles of what is drawn in it, the script that begins, and the app to be fetched quietly. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** As the build tells of one source: what it became, what it imports, its style sheets. */
interface Built {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}
type Files = Readonly<Record<string, Built>>;

const APP = 'index.html';
const BEGIN = 'drawn-page.js';

interface DrawnPage {
  readonly source: string;
  /** When the app begins although the reader does nothing: never, or after so long. */
  readonly beginsAfterMs?: number;
}

const PAGES = {
  'first-page': { source: 'landing/landing-page.tsx' },
  chart: { source: 'record/patient-page.tsx', beginsAfterMs: 10_000 },
} as const satisfies Record<string, DrawnPage>;

export type DrawnPageName = keyof typeof PAGES;
export const DRAWN_PAGES = Object.keys(PAGES) as DrawnPageName[];

/** Texts of a language that needs a font of its own wait for nothing else. */
const FONTS: Readonly<Record<string, { readonly styles: string; readonly font: RegExp }>> = {
  hi: { styles: 'language/devanagari.css', font: /noto-sans-devanagari-devanagari-wght-normal\.woff2$/ },
};

/** @param dist Where the web app was built. Places for what is drawn are `{{…}}`. */
export async function drawnPageOf(dist: string, name: DrawnPageName, language: string): Promise<string> {
  const files = JSON.parse(await readFile(join(dist, 'files.json'), 'utf8')) as Files;
  const whole = await readFile(join(dist, APP), 'utf8');
  const { source, beginsAfterMs }: DrawnPage = PAGES[name];
  const begins = beginsAfterMs === undefined ? ' data-app' : ` data-app="${beginsAfterMs}"`;
  const needed = withImports(files, [APP, source]);
  const styles = new Set(needed.flatMap(({ css = [] }) => css));
  const head = [
    ...fontsFor(files, language),
    ...[...styles].map((file) => `<link rel="stylesheet" href="/${file}">`),
    `<script src="/${BEGIN}" defer></script>`,
    ...needed.map(({ file }, at) => `<link rel="later" href="/${file}" as="script"${at === 0 ? begins : ''}>`),
  ];
  const empty = whole
    .replaceAll(/\s*<script type="module"[^>]*><\/script>/g, '')
    .replaceAll(/\s*<link rel="(?:stylesheet|modulepreload)"[^>]*>/g, '');
  const page = empty
    .replace('<html lang="en">', `<html lang="${language}">`)
    .replace(/<title>[^<]*<\/title>/, '<title>{{title}}</title>')
    .replace('</head>', `  ${head.join('\n    ')}\n  </head>`)
    .replace('<div id="root"></div>', '<div id="root">{{page}}</div>\n    {{seed}}');
  for (const place of [`lang="${language}"`, '{{title}}', '{{page}}', '{{seed}}'])
    if (!page.includes(place)) throw new Error(`the page has no place for ${place}`);
  return page;
}

function fontsFor(files: Files, language: string): string[] {
  const needed = FONTS[language];
  if (needed === undefined) return [];
  const font = Object.keys(files).find((source) => needed.font.test(source)) ?? '';
  return [
    `<link rel="preload" href="/${builtOf(files, font).file}" as="font" type="font/woff2" crossorigin>`,
    `<link rel="stylesheet" href="/${builtOf(files, needed.styles).file}">`,
  ];
}

function builtOf(files: Files, source: string): Built {
  const built = files[source];
  if (built === undefined) throw new Error(`${source} was not built`);
  return built;
}

function withImports(files: Files, sources: readonly string[], seen = new Set<string>()): Built[] {
  return sources.flatMap((source) => {
    if (seen.has(source)) return [];
    seen.add(source);
    const built = builtOf(files, source);
    return [built, ...withImports(files, built.imports ?? [], seen)];
  });
}
