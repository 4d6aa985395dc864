// Runs on the node: the first page, drawn with what the node's own API answers just now.
import { QueryClient } from '@tanstack/react-query';
import { createMemoryHistory } from '@tanstack/react-router';
import { renderToString } from 'react-dom/server';
import { type Language, startTexts } from '../language/i18n.ts';
import { App } from '../shell/app.tsx';
import { router } from '../shell/router.ts';
import { type FirstPageSeed, sow } from './seed.ts';

export { TILES } from './seed.ts';

export interface DrawnPage {
  /** What stands in the root element. */
  readonly html: string;
  readonly title: string;
}

let last: Promise<unknown> = Promise.resolve();

/** One page after another: the language of the texts is the program's, not the page's. */
export function drawFirstPage(language: Language, seed: FirstPageSeed): Promise<DrawnPage> {
  const drawn = last.then(
    () => draw(language, seed),
    () => draw(language, seed),
  );
  last = drawn.catch(() => {});
  return drawn;
}

async function draw(language: Language, seed: FirstPageSeed): Promise<DrawnPage> {
  const texts = await startTexts(language);
  router.update({ ...router.options, history: createMemoryHistory({ initialEntries: ['/'] }) });
  await router.load();
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  sow(client, seed);
  // React measures itself by a script of its own, which the policy of the page forbids.
  const html = renderToString(<App client={client} />).replaceAll(/<script>[^<]*<\/script>/g, '');
  client.clear();
  return { html, title: `${texts.t('landing.title')} · Clearchart` };
}
