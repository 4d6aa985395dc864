import '@mantine/core/styles.layer.css';
import './look/look.css';
import './look/cards.css';
import './look/mantine.css';
import { createRoot } from 'react-dom/client';
import { startLanguage } from './language/i18n.ts';
import { showTextSize } from './look/text-size.ts';
import { pinKnownChain } from './proof/pinned-chain.ts';
import { App } from './shell/app.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root element.');
showTextSize();
pinKnownChain();
await startLanguage();
createRoot(root).render(<App />);
