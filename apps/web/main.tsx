import './look/mantine-parts.css';
import './look/look.css';
import './look/cards.css';
import './look/mantine.css';
import { startTransition } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { queryClient } from './connection/query-client.ts';
import { takeSeed, sow } from './drawn/seed.ts';
import { startLanguage } from './language/i18n.ts';
import { showTextSize } from './look/text-size.ts';
import { pinKnownChain } from './proof/pinned-chain.ts';
import { App } from './shell/app.tsx';
import { router } from './shell/router.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root element.');
showTextSize();
pinKnownChain();
const language = await startLanguage();
const seed = takeSeed();
if (seed !== undefined) sow(queryClient, seed);
if (root.firstChild !== null && seed?.language === language) {
  // Then it draws the same frame around the page as on the node.
  router.ssr = { manifest: undefined };
  await router.load();
  // What the node has drawn in its own time zone is drawn anew; nobody has to be told.
  startTransition(() => {
    hydrateRoot(root, <App client={queryClient} />, { onRecoverableError: () => {} });
  });
} else {
  root.replaceChildren();
  createRoot(root).render(<App client={queryClient} />);
}
