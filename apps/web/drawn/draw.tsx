// Runs on the node: draws a page with what the reader's own requests to the node's API are answered just now.
import { dehydrate, QueryClient, type Query } from '@tanstack/react-query';
import { createMemoryHistory } from '@tanstack/react-router';
import { renderToString } from 'react-dom/server';
import { isForBrowser } from '../connection/only-in-browser.ts';
import { tellTimesIn } from '../language/format.ts';
import { type Language, startTexts } from '../language/i18n.ts';
import { reachThrough } from '../session/index.ts';
import { App } from '../shell/app.tsx';
import { router } from '../shell/router.ts';
import { textOfSeed } from './seed.ts';

/** Answers as the node would answer this reader. */
type Ask = (path: string, init: RequestInit) => Promise<Response>;

export interface PageToDraw {
  readonly language: Language;
  readonly path: string;
  /** Of the hospital, an IANA name. */
  readonly timeZone: string;
  /** Key of the words in the browser's tab. */
  readonly title: string;
  readonly ask: Ask;
}

export interface DrawnPage {
  /** What stands in the root element. */
  readonly html: string;
  readonly title: string;
  /** Text for the element of the seed. */
  readonly seed: string;
}

/** What one answer leads to asking next: the session, then the page, then what hangs on its parts. */
const ROUNDS_AT_MOST = 8;
const HAS_HEADING = /<h1[ >]/;

let last: Promise<unknown> = Promise.resolve();

/** One page after another: the language of the texts, and whom the page asks, are the program's. @throws when an answer is a refusal */
export function drawPage(page: PageToDraw): Promise<DrawnPage> {
  const drawn = last.then(
    () => draw(page),
    () => draw(page),
  );
  last = drawn.catch(() => {});
  return drawn;
}

async function draw({ language, path, timeZone, title, ask }: PageToDraw): Promise<DrawnPage> {
  const texts = await startTexts(language);
  tellTimesIn(timeZone);
  router.update({ ...router.options, history: createMemoryHistory({ initialEntries: [path] }) });
  await router.load();
  const client = new QueryClient({
    defaultOptions: {
      queries: { staleTime: Number.POSITIVE_INFINITY, retry: false, gcTime: Number.POSITIVE_INFINITY },
    },
  });
  reachThrough(ask);
  try {
    for (let round = 0; round < ROUNDS_AT_MOST; round += 1) {
      const html = renderToString(<App client={client} />);
      const asked = client.getQueryCache().findAll({ predicate: isAsked });
      if (asked.length === 0) {
        if (!HAS_HEADING.test(html)) throw new Error('nothing but a way to another page is drawn');
        // React measures itself by a script of its own, which the policy of the page forbids.
        const text = html.replaceAll(/<script>[^<]*<\/script>/g, '');
        const seed = textOfSeed({ language, queries: dehydrate(client) });
        return { html: text, title: `${texts.t(title)} · Clearchart`, seed };
      }
      const answers = await Promise.allSettled(asked.map((query) => query.fetch()));
      for (const answer of answers) if (answer.status === 'rejected') throw answer.reason;
    }
    throw new Error('the page asks without end');
  } finally {
    reachThrough(undefined);
    client.clear();
  }
}

/** Nobody fetches on the node by being drawn: what the page would fetch in a browser is fetched between two drawings. */
function isAsked(query: Query): boolean {
  const { enabled } = query.options as { enabled?: unknown };
  return enabled !== false && query.state.data === undefined && !isForBrowser(query);
}
